"""When messages may go by themselves, and how many."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from allpresent.core.policy.model.base import Block
from allpresent.core.policy.values import ClockTime


class Messages(Block):
    """Quiet hours, London wall time (none where both are the same), and the most messages that go in one day."""

    quiet_from: ClockTime | None = None
    quiet_until: ClockTime | None = None
    most_a_day: int | None = None

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.most_a_day is not None and self.most_a_day < 1:
            raise ValueError(f"most-a-day is {self.most_a_day}; give a number of 1 or more")
        return self
