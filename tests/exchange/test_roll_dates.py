"""Dates of a file: day first and ISO; what can be read two ways is refused (data standards fact sheet section 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.exchange.roll.dates import MonthFirst, read_date
from allpresent.exchange.roll.words import BadValue

DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("04/03/2015", date(2015, 3, 4)),
        ("4-3-2015", date(2015, 3, 4)),
        ("4.3.2015", date(2015, 3, 4)),
        ("4 March 2015", date(2015, 3, 4)),
        ("04-Mar-2015", date(2015, 3, 4)),
        ("2015-03-04", date(2015, 3, 4)),
        ("2015-03-04 00:00:00", date(2015, 3, 4)),
        ("42067", date(2015, 3, 4)),
    ],
)
def test_read(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("04/03/15", "two digits"),
        ("4 Mar 15", "two digits"),
        ("29/02/2015", "not a day of the calendar"),
        ("2015-13-01", "not a day of the calendar"),
        ("soon", "not a date"),
        ("4 Smarch 2015", "not a date"),
        ("2015-03-04 09:30", "not a date"),
        ("٤/٣/٢٠١٥", "not a date"),
    ],
)
def test_refused(text, words):
    with pytest.raises(BadValue, match=words):
        read_date(text)


@given(DAYS.filter(lambda day: day.day > 12))
def test_month_first_is_never_taken_for_another_day(day):
    with pytest.raises(MonthFirst):
        read_date(f"{day:%m/%d/%Y}")


@given(DAYS)
def test_every_way_of_writing_a_day_means_that_day(day):
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    for text in (f"{day:%d/%m/%Y}", f"{day:%d-%b-%Y}", f"{day.day} {day:%B} {day.year}", day.isoformat(), serial):
        assert read_date(text) == day
