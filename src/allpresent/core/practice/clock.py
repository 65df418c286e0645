"""A clock that a policy sets, and the occasions on which it ran."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Clock(NamedTuple):
    """One thing that is to be done by a time. `asks` is a sentence; `clauses` are those that ask for it."""

    key: str
    title: str
    asks: str
    clauses: tuple[str, ...]


class Verdict(StrEnum):
    """What can be said of one occasion."""

    ON_TIME = "on time"
    LATE = "late"
    NOT_DONE = "not done"
    NOT_NEEDED = "not needed"
    OPEN = "still open"


class Subject(NamedTuple):
    """Whom or what a case is about: a kind ('pupil', 'group'), its number, and the day and half it belongs to."""

    kind: str
    id: int
    day: date
    half: str = ""


class Case(NamedTuple):
    """One occasion on which a clock ran: instants are UTC.

    `done` is when the step was taken; `spared` is when it stopped being needed, such as the moment at which the
    absence was explained.
    """

    subject: Subject
    due: datetime
    done: datetime | None = None
    spared: datetime | None = None

    def verdict(self, now: datetime) -> Verdict:
        """What is to be said at `now`. A step taken or spared later than `now` has not happened yet.

        Being spared counts only before the step was due: an absence explained afterwards was still left too long.
        """
        done = self.done if self.done and self.done <= now else None
        if done:
            return Verdict.ON_TIME if done <= self.due else Verdict.LATE
        if self.spared and self.spared <= min(self.due, now):
            return Verdict.NOT_NEEDED
        return Verdict.OPEN if now <= self.due else Verdict.NOT_DONE

    def late_by(self, now: datetime) -> timedelta:
        """How long after it was due the step was taken; for one still not taken, how long it is overdue at `now`."""
        done = self.done if self.done and self.done <= now else now
        return max(done - self.due, timedelta())
