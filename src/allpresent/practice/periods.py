"""Which days are looked at: a week, a half-term, the year so far, or two days that somebody typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.http import QueryDict

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of


class Choice(NamedTuple):
    """A period that one press chooses."""

    name: str
    first: date
    last: date


class Chosen(NamedTuple):
    """The period of the page, and what is wrong with the days that were typed."""

    first: date
    last: date
    wrong: str = ""

    @property
    def query(self) -> str:
        return f"first={self.first}&last={self.last}"


def choices(calendar: SchoolCalendar, today: date) -> tuple[Choice, ...]:
    """This week, the half-term or term that holds the day (else the one before), and the school year so far."""
    return tuple(_choices(calendar, today))


def _choices(calendar: SchoolCalendar, today: date) -> Iterator[Choice]:
    yield Choice("This week", monday_of(today), today)
    begun = [term for term in calendar.terms if term.starts <= today]
    if begun:
        term = max(begun, key=lambda term: term.starts)
        yield Choice(term.name, term.starts, min(term.ends, today))
    yield Choice("This school year", academic_year_of(today).starts, today)


def chosen(asked: QueryDict, offered: tuple[Choice, ...], today: date) -> Chosen:
    """The days in the address; without any, the half-term."""
    usual = offered[1] if len(offered) > 2 else offered[-1]
    if not asked.get("first") and not asked.get("last"):
        return Chosen(usual.first, usual.last)
    try:
        first, last = date.fromisoformat(asked.get("first", "")), date.fromisoformat(asked.get("last", ""))
    except ValueError:
        return Chosen(usual.first, usual.last, "Give two days, such as 1 September 2026 and 23 October 2026.")
    if not today - timedelta(days=7 * 366) <= first <= last:
        return Chosen(
            usual.first, usual.last, "The first day comes before the last, and not more than seven years ago."
        )
    return Chosen(first, min(last, today) if first <= today else first)
