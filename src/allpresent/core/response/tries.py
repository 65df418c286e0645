"""What was tried to find out where a pupil is, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half


class Result(StrEnum):
    """What came of a try (M-4.5b, M-4.7c: each try with its time, number and result)."""

    EXPLAINED = "reason given"
    REACHED = "reached, no reason"
    NO_ANSWER = "no answer"
    LEFT_MESSAGE = "left a message"
    WRONG_NUMBER = "wrong number"
    SENT = "sent"
    TOLD = "told"
    DECIDED = "decided"
    SKIPPED = "skipped"


class TryMade(NamedTuple):
    """One try at one step. `ref` names the person as `Person.ref` does, or is ''; `at` is aware, UTC.

    `says` holds a few words, and for a step that was left out or decided, the reason.
    """

    day: date
    half: Half
    step: str
    result: Result
    at: datetime
    ref: str = ""
    name: str = ""
    says: str = ""
    by_name: str = ""
