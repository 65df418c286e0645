"""Calendars that several tests use."""

from datetime import date

from allpresent.core.calendar.bank_holidays import england_days
from allpresent.core.calendar.closures import Closure, Term
from allpresent.core.calendar.school_calendar import SchoolCalendar

TERMS_2026_27 = (
    Term("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    Term("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
)


def calendar_2026_27(*closures: Closure) -> SchoolCalendar:
    """An invented school's 2026/27, Monday to Friday, half-term 26 to 30 October."""
    holidays = england_days(date(2026, 9, 1), date(2027, 7, 31))
    return SchoolCalendar(TERMS_2026_27, closures, holidays)
