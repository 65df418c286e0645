"""The sessions that an arrangement with a provider takes up, and which of them are to be entered ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.expected import WeekdayHalf

DAYS_AHEAD = 10
"""School days that are kept entered ahead, today among them: the program's own choice, no clause's."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed: the first and last day, both included (None: no end), and the halves of the week.

    No halves mean every session.
    """

    begins: date
    ends: date | None
    halves: frozenset[WeekdayHalf]

    def covers(self, session: Session) -> bool:
        """Whether a session is one of those agreed."""
        begun = self.begins <= session.day and (self.ends is None or session.day <= self.ends)
        return begun and (not self.halves or (session.day.weekday(), session.half) in self.halves)


def sessions_ahead(agreed: Agreed, calendar: SchoolCalendar, today: date) -> tuple[Session, ...]:
    """The sessions of the next `DAYS_AHEAD` school days that are agreed: never one past the end. (O-B-5.1)"""
    last = last_day_ahead(calendar, today)
    return tuple(session for session in calendar.sessions_between(today, last) if agreed.covers(session))


def last_day_ahead(calendar: SchoolCalendar, today: date) -> date:
    """The last of the school days that are kept entered ahead; `today` where no school day is to come."""
    days = calendar.school_days_between(today, date.max)[:DAYS_AHEAD]
    return days[-1] if days else today
