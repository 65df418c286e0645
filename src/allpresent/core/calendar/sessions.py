"""A session: half a school day, as a school register counts it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Half(StrEnum):
    """Morning or afternoon. Sorts AM before PM."""

    AM = "AM"
    PM = "PM"

    @property
    def word(self) -> str:
        """'morning' or 'afternoon'."""
        return "morning" if self is Half.AM else "afternoon"


class Session(NamedTuple):
    """One session of one day. Sorts in the order in which sessions happen."""

    day: date
    half: Half
