"""Every clock of a school's policy, read over a period. A fixed number of queries, however long it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from allpresent.core.practice import Practice, judge
from allpresent.practice.absences import days_away, unexplained
from allpresent.practice.contacted import contacts
from allpresent.practice.expecting import places_in
from allpresent.practice.heard import commissioners_told, providers_heard
from allpresent.practice.leave_asked import leave_asked
from allpresent.practice.reading import Period, Reading
from allpresent.practice.settled import settled
from allpresent.practice.taken import registers_taken
from allpresent.practice.told import parents_told
from allpresent.schools.models import School


def practice(school: School, period: Period, *, now: datetime) -> tuple[Practice, ...]:
    """How every step came, by the policy's own clocks. A period without a session has nothing to say."""
    if not period.calendar.sessions_between(period.first, period.last):
        return ()
    return tuple(judge(reading.clock, reading.cases, now=now) for reading in _readings(school, period))


def _readings(school: School, period: Period) -> Iterator[Reading]:
    sessions = unexplained(school, period.first, period.last)
    days = days_away(school, period.calendar, sessions)
    yield registers_taken(school, period, places_in(school, period))
    yield parents_told(school, period, days)
    yield from contacts(school, period, days)
    yield settled(period, sessions)
    yield providers_heard(school, period)
    yield commissioners_told(school, period)
    yield from leave_asked(school, period)
