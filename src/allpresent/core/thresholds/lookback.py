"""The stretch of days that a threshold looks at, seen from one day of a school's calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.ages import birthday
from allpresent.core.calendar.closures import Term
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.calendar.terms import days_beside_holidays, first_weeks, whole_terms
from allpresent.core.policy.values import Period, Span, Unit

_DAY = timedelta(days=1)
_WORKING_WEEK = 5
_MONTHS = 12


class Window(NamedTuple):
    """The days looked at, both included, and what they are called: 'this term', 'the last 10 school weeks'."""

    first: date
    last: date
    words: str


class Lookback:
    """A day in a school's calendar. One serves every pupil; a year group with closures of its own has its own.

    Windows are worked out once and kept.
    """

    def __init__(self, calendar: SchoolCalendar, day: date) -> None:
        self.calendar, self.day = calendar, day
        self._windows: dict[Period, Window | None] = {}
        self._coming: dict[date, tuple[Session, ...]] = {}

    def window(self, period: Period) -> Window | None:
        """The days of a period that ends with this day; in the holidays after a term, that whole term.

        A school year is looked at as far as it has gone, from 1 August (DfE's own tool measures the year to date).
        A rolling period takes in the day, or the school week, that it is seen from. None where none has begun yet.
        Raises ValueError for a period counted in minutes.
        """
        if period not in self._windows:
            self._windows[period] = self._named(period.named) if period.named else self._rolling(period.last)
        return self._windows[period]

    def coming(self, until: date) -> tuple[Session, ...]:
        """The sessions that the school is due to meet after this day, up to and with another."""
        if until not in self._coming:
            self._coming[until] = self.calendar.sessions_between(self.day + _DAY, until)
        return self._coming[until]

    def ends(self, period: Period) -> date | None:
        """The last day of the period that this day is in: what comes after it is not looked at; None if it rolls."""
        if period.named in ("term", "half-term"):
            terms = self.terms if period.named == "term" else self.calendar.terms
            return next((term.ends for term in terms if term.starts <= self.day <= term.ends), None)
        if period.named == "week":
            return monday_of(self.day) + timedelta(days=6)
        if period.named == "month":
            return (self.day.replace(day=1) + timedelta(days=31)).replace(day=1) - _DAY
        return academic_year_of(self.day).ends if period.named else None

    @cached_property
    def beside_holidays(self) -> frozenset[date]:
        """The school days beside holidays and closures that were known beforehand."""
        return days_beside_holidays(self.calendar)

    @cached_property
    def first_weeks(self) -> frozenset[date]:
        """The Mondays of the first weeks after holidays."""
        return frozenset(first_weeks(self.calendar))

    @cached_property
    def year_starts(self) -> date:
        """1 August of the academic year."""
        return academic_year_of(self.day).starts

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The whole terms of the calendar."""
        return whole_terms(self.calendar.terms)

    def _named(self, name: str) -> Window | None:
        if name in ("year to date", "school year"):
            return Window(self.year_starts, self.day, "this school year")
        if name in ("term", "half-term"):
            return self._since_term(self.terms if name == "term" else self.calendar.terms, 1, f"this {name}")
        first = monday_of(self.day) if name == "week" else self.day.replace(day=1)
        return Window(first, self.day, f"this {name}")

    def _since_term(self, terms: Iterable[Term], number: int, words: str) -> Window | None:
        """The last so many terms that have begun; the last of them as far as it has gone."""
        begun = sorted((term for term in terms if term.starts <= self.day), key=lambda term: term.starts)[-number:]
        return Window(begun[0].starts, min(begun[-1].ends, self.day), words) if begun and number else None

    def _rolling(self, span: Span | None) -> Window | None:
        if span is None or span.number < 1:
            return None
        words = f"the last {span}" if span.number > 1 else f"the last {span.unit.value[:-1]}"
        if span.unit in (Unit.TERMS, Unit.HALF_TERMS):
            return self._since_term(self.terms if span.unit is Unit.TERMS else self.calendar.terms, span.number, words)
        first = _BACK[span.unit](self, span.number) if span.unit in _BACK else None
        if span.unit not in _BACK:
            raise ValueError(f"A threshold cannot look back over {span}: it looks over sessions, days or longer.")
        return Window(first, self.day, words) if first else None

    def _school_days(self, number: int) -> date | None:
        return _back_in(self.calendar.pupil_days, self.day, number)

    def _school_weeks(self, number: int) -> date | None:
        return next(iter(self.calendar.school_week_window(self.day, number)), None)

    def _sessions(self, number: int) -> date | None:
        """The day of the first of so many sessions; a window of days takes in the whole of it."""
        found = self.calendar.previous_sessions(self.day + _DAY, number)
        return found[0].day if found else None

    def _working_days(self, number: int) -> date:
        day, left = self.day + _DAY, number
        while left:
            day -= _DAY
            left -= day.weekday() < _WORKING_WEEK and day not in self.calendar.bank_holidays
        return day

    def _years(self, number: int) -> date:
        return birthday(self.day, -number) + _DAY

    def _months(self, number: int) -> date:
        """The day after the same day so many months ago; where that month has no such day, after its last."""
        months = self.day.year * _MONTHS + self.day.month - 1 - number
        year, month = divmod(months, _MONTHS)
        longest = (date(year + month // 11, (month + 1) % _MONTHS + 1, 1) - _DAY).day
        return date(year, month + 1, min(self.day.day, longest)) + _DAY


def _back_in(days: tuple[date, ...], day: date, number: int) -> date | None:
    """The first of the last so many of some days, up to a day, itself included; None where there are none."""
    end = bisect_right(days, day)
    return days[max(0, end - number)] if end else None


_BACK: dict[Unit, Callable[[Lookback, int], date | None]] = {
    Unit.DAYS: lambda back, number: back.day - _DAY * (number - 1),
    Unit.WEEKS: lambda back, number: back.day - _DAY * (number * 7 - 1),
    Unit.SCHOOL_DAYS: Lookback._school_days,
    Unit.SCHOOL_WEEKS: Lookback._school_weeks,
    Unit.SESSIONS: Lookback._sessions,
    Unit.WORKING_DAYS: Lookback._working_days,
    Unit.MONTHS: Lookback._months,
    Unit.YEARS: Lookback._years,
}
