"""Suspensions: the days that are E, and the day from which other education is owed (O-B-10.1).

From the sixth consecutive school day a suspended or excluded pupil is to have other education; the day of the first
session counts as the first day. Two that follow one another without a school day between are one run of days.
Read at second hand (notes to DfE's Pupil attendance in schools; reg 10 Table 3): the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Session

DAYS_OF_E = 5
"""School days of a run that are E; on the next one education is provided."""


@dataclass(frozen=True)
class Suspended:
    """One suspension: its first session, its number of school days (None: permanent), its last day if cut short.

    `last` before the first day means that it was rescinded before it began.
    """

    first: Session
    days: int | None
    last: date | None = None


@dataclass(frozen=True)
class Run:
    """Consecutive school days of suspension: one, or several that touch. `days` are in order, all of them.

    `open_ended`: a permanent exclusion is among them, and `days` end with the calendar.
    """

    first: Session
    days: tuple[date, ...]
    open_ended: bool

    @property
    def sessions_until(self) -> date:
        """The last day that is E."""
        return self.days[:DAYS_OF_E][-1]

    @property
    def provision_from(self) -> date | None:
        """The sixth day, from which education is owed; None where the run is shorter."""
        return self.days[DAYS_OF_E] if len(self.days) > DAYS_OF_E else None

    def is_e(self, session: Session) -> bool:
        """Whether a session of the run is E: from its first session to the end of its fifth day."""
        return session >= self.first and session.day in self.days[:DAYS_OF_E]


def runs(suspensions: Iterable[Suspended], calendar: SchoolCalendar) -> tuple[Run, ...]:
    """The runs of consecutive school days of one pupil's suspensions, in order."""
    spans = sorted((one.first, days, one.days is None) for one in suspensions if (days := days_of(one, calendar)))
    found: list[Run] = []
    for first, days, permanent in spans:
        if found and _touches(found[-1].days, days, calendar):
            before = found.pop()
            joined = tuple(sorted({*before.days, *days}))
            found.append(Run(before.first, joined, before.open_ended or permanent))
        else:
            found.append(Run(first, days, permanent))
    return tuple(found)


def days_of(one: Suspended, calendar: SchoolCalendar) -> tuple[date, ...]:
    """The school days of one suspension; none where it was rescinded before it began."""
    days = calendar.school_days_between(one.first.day, one.last or date.max)
    return days if one.days is None else days[: one.days]


def _touches(earlier: Sequence[date], later: Sequence[date], calendar: SchoolCalendar) -> bool:
    return later[0] <= (calendar.next_school_day(earlier[-1]) or date.min)


def sessions_of_e(run: Run, calendar: SchoolCalendar) -> tuple[Session, ...]:
    """The sessions of a run that are E. (Reg 10 Table 3; O-B-10.1)"""
    between = calendar.sessions_between(run.first.day, run.sessions_until)
    return tuple(session for session in between if run.is_e(session))
