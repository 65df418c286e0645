"""Whole terms, made of the half-terms that a calendar lists, and the days beside its holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.closures import ClosureKind, Term, days_from
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session

_LAST_MONTH_OF_SPRING = 3
_WEEK = timedelta(days=7)


def whole_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The three terms of each year: autumn, spring and summer, each from its first half's start to its last's end.

    A half-term that starts from August to December is of the autumn, from January to March of the spring, and later
    of the summer: no school's half-terms start otherwise. Source: absence methodology (three terms, six half-terms).
    """
    ordered = sorted(terms, key=lambda term: term.starts)
    return tuple(_joined(season, list(halves)) for (_, season), halves in groupby(ordered, key=_season))


def _season(half_term: Term) -> tuple[AcademicYear, str]:
    year, starts = academic_year_of(half_term.starts), half_term.starts
    if starts.year == year.first:
        return year, "autumn term"
    return year, "spring term" if starts.month <= _LAST_MONTH_OF_SPRING else "summer term"


def _joined(season: str, halves: list[Term]) -> Term:
    return Term(season, halves[0].starts, halves[-1].ends)


def days_beside_holidays(calendar: SchoolCalendar) -> frozenset[date]:
    """The last school day before, and the first after, each stretch in which a day of school is missing that was known
    beforehand: holidays, half-terms, bank holidays, planned closures and staff days; not a closure nobody expected.
    """
    days = calendar.pupil_days
    beside = {day for pair in pairwise(days) if _planned_between(calendar, *pair) for day in pair}
    return frozenset(beside | set(days[:1]) | set(days[-1:]))


def _planned_between(calendar: SchoolCalendar, first: date, next_one: date) -> bool:
    between = days_from(first + timedelta(days=1), next_one - timedelta(days=1))
    return any(_planned(calendar, day) for day in between if day.weekday() in calendar.weekdays)


def _planned(calendar: SchoolCalendar, day: date) -> bool:
    closures = [calendar.closure_on(Session(day, half)) for half in Half]
    return any(closure is None or closure.kind is not ClosureKind.UNEXPECTED for closure in closures)


def first_weeks(calendar: SchoolCalendar) -> tuple[date, ...]:
    """The Mondays of the first school week after each stretch of at least a whole week without school."""
    return tuple(_first_weeks(calendar.school_weeks))


def _first_weeks(mondays: tuple[date, ...]) -> Iterator[date]:
    yield from mondays[:1]
    yield from (later for earlier, later in pairwise(mondays) if later - earlier > _WEEK)
