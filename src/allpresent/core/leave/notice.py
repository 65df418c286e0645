"""The last day on which a notice was still kept: two weeks before, ten school days before."""

from __future__ import annotations

from datetime import date, timedelta

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.policy.values import Span, Unit

_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}


def latest_day_before(first: date, span: Span, calendar: SchoolCalendar) -> date | None:
    """The last day that is at least `span` before `first`.

    School days and working days are counted on the calendar; None where it does not reach back so far, or where the
    span cannot be counted back from a day (sessions, terms). (M-5.1d, O-B-6.4.4)
    """
    if span.unit in _DAYS:
        return first - timedelta(days=span.number * _DAYS[span.unit])
    if span.unit in (Unit.SCHOOL_DAYS, Unit.WORKING_DAYS):
        before = calendar.previous_school_days(first, span.number)
        return before[0] if len(before) == span.number else None
    if span.unit is Unit.MONTHS:
        return _months_before(first, span.number)
    return None


def end_of(begins: date, span: Span, calendar: SchoolCalendar) -> date | None:
    """The last day that is still within `span` of `begins`, itself the first day; None as `latest_day_before`.

    (O-A-6.5, O-B-6.3)
    """
    if span.unit in _DAYS:
        return begins + timedelta(days=span.number * _DAYS[span.unit] - 1)
    if span.unit is Unit.SCHOOL_DAYS:
        return calendar.school_days_after(begins - timedelta(days=1), span.number)
    if span.unit is Unit.SCHOOL_WEEKS:
        weeks = [monday for monday in calendar.school_weeks if monday + timedelta(days=6) >= begins][: span.number]
        return weeks[-1] + timedelta(days=6) if len(weeks) == span.number else None
    if span.unit is Unit.MONTHS:
        return _months_before(begins, -span.number) - timedelta(days=1)
    return None


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month; of a shorter month, its last day."""
    place = day.year * 12 + day.month - 1 - months
    first = date(place // 12, place % 12 + 1, 1)
    after = date((place + 1) // 12, (place + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - timedelta(days=1))
