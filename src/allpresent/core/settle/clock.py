"""How long a reason may stay unknown, counted in school days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.policy.policy import Policy


class Countdown(NamedTuple):
    """The clock of one unexplained mark, as read on a day.

    `last_day` is the last day on which a reason may still be entered; None where the calendar ends before it.
    `days_left` are the school days from the day of reading to the last, both included: 1 on the last day, 0 after it.
    """

    last_day: date | None
    days_left: int | None

    @property
    def over(self) -> bool:
        """Whether the last day has ended."""
        return self.days_left == 0

    @property
    def last(self) -> bool:
        """Whether no school day comes before the time is over."""
        return self.days_left == 1


def last_day(calendar: SchoolCalendar, session_day: date, policy: Policy) -> date | None:
    """The last day to settle a mark of `session_day`: the policy's number of school days after it.

    Weekends, half-terms, staff days and unexpected closures do not count. None where the calendar ends before.
    (Reg 10(7)-(9), Working Together 407-408, both at second hand; M-4.5c, O-B-14.1; worked example 7.)
    """
    return calendar.school_days_after(session_day, policy.settle_days)


def countdown(calendar: SchoolCalendar, session_day: date, policy: Policy, today: date) -> Countdown:
    """The clock of a mark of `session_day`, read on `today`: a day in London, whatever the hour.

    The time is over with the first moment after the last day: at midnight, whether the clocks have changed or not.
    """
    until = last_day(calendar, session_day, policy)
    if until is None:
        return Countdown(None, None)
    return Countdown(until, len(calendar.school_days_between(today, until)) if today <= until else 0)
