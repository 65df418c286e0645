"""The school day and the register's windows, by session, weekday and year group."""

from __future__ import annotations

from datetime import time
from typing import Self

from pydantic import model_validator

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.base import Block
from allpresent.core.policy.model.words import Weekday
from allpresent.core.policy.values import ClockTime, YesNo
from allpresent.core.policy.year_groups import YearGroups

EARLIEST = time(6)
"""No register opens before this time of day: an earlier one was written without its pm."""


class Selected(Block):
    """A statement that may hold for some weekdays or year groups only. None named means all."""

    weekdays: tuple[Weekday, ...] = ()
    year_groups: YearGroups = ()


class DayTimes(Selected):
    """When the gates open, when pupils must have arrived, and when the day starts and ends."""

    gates: ClockTime | None = None
    starts: ClockTime
    ends: ClockTime | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.gates and self.gates > self.starts:
            raise ValueError(f"the gates open at {self.gates:%H:%M}, after the day starts at {self.starts:%H:%M}")
        if self.ends and self.ends <= self.starts:
            raise ValueError(f"the day ends at {self.ends:%H:%M}, not after it starts at {self.starts:%H:%M}")
        return self


class Window(Selected):
    """When the register of a session opens and closes.

    `on-time-until` is when an arrival becomes late (else: when the register opens); `late-until` is when a
    late mark stops being earned (else: when the register closes); `starts` and `ends` are the session's own.
    """

    half: Half
    opens: ClockTime
    closes: ClockTime
    on_time_until: ClockTime | None = None
    late_until: ClockTime | None = None
    starts: ClockTime | None = None
    ends: ClockTime | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"the register closes at {self.closes:%H:%M}, not after it opens at {self.opens:%H:%M}")
        on_time = self.on_time_until or self.opens
        if self.late_until and self.late_until <= on_time:
            raise ValueError(f"late-until {self.late_until:%H:%M} is not after {on_time:%H:%M}, when late begins")
        if on_time >= self.closes:
            raise ValueError(
                f"an arrival is on time until {on_time:%H:%M}, but the register closes at {self.closes:%H:%M}; "
                "on-time-until comes before closes"
            )
        if self.opens < EARLIEST:
            raise ValueError(f"the register opens at {self.opens:%H:%M}, in the night; write 13:10 or 1:10pm")
        if self.ends and self.ends < self.closes:
            raise ValueError(f"the session ends at {self.ends:%H:%M}, before its register closes")
        return self

    @property
    def minutes(self) -> int:
        """How long the register stays open, in minutes."""
        return minutes_between(self.opens, self.closes)


def minutes_between(start: ClockTime, end: ClockTime) -> int:
    """Whole minutes from one wall-clock time to another of the same day."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


class RegisterLimit(Block):
    """How long a register may stay open, in minutes, and whether every session's must be equal."""

    longest: int
    equal: YesNo
