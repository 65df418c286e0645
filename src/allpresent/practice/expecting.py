"""At which sessions a pupil was expected, read for a whole period at once."""

from __future__ import annotations

from datetime import date

from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.expected import WeekdayHalf, parse_halves
from allpresent.people.models import ExpectedSessions
from allpresent.practice.reading import Period
from allpresent.schools.models import School

Patterns = dict[int, list[tuple[date, date, frozenset[WeekdayHalf]]]]
"""By pupil: from when to when, and on which halves of the week."""


def patterns_in(school: School, period: Period) -> Patterns:
    """The patterns of pupils who are not expected at every session: one query."""
    rows = ExpectedSessions.objects.filter(pupil__school=school, begins__lte=period.last)
    found: Patterns = {}
    for pupil, begins, ends, pattern in rows.values_list("pupil", "begins", "ends", "pattern"):
        found.setdefault(pupil, []).append((begins, ends or date.max, parse_halves(pattern)))
    return found


def is_expected(pupil: int, patterns: Patterns, session: Session) -> bool:
    """Whether a pupil's pattern, if one is in force, has the session."""
    halves = (session.day.weekday(), session.half)
    return all(halves in own for first, last, own in patterns.get(pupil, ()) if first <= session.day <= last)
