"""Calendars as real schools published them, and England's bank holidays, against the shared data."""

import csv
from datetime import date

import pytest

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.bank_holidays import BankHolidaysNotKnown, england, england_days
from allpresent.core.calendar.closures import Closure, ClosureKind, Term
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.year_checks import year_warnings
from tests.shared_data import shared

BEFORE_OUR_LIST = frozenset({date(2016, 3, 25), date(2016, 3, 28), date(2016, 5, 2), date(2016, 5, 30)})
"""The bank holidays of the one calendar older than the list: Good Friday to the last Monday in May 2016."""


def rows(file):
    with shared("data", file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published(calendar_id):
    mine = [row for row in rows("school_calendars.csv") if row["calendar_id"] == calendar_id]
    dated = [
        (row["kind"], row["label"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
        for row in mine
        if not row["kind"].startswith("derived")
    ]
    terms = tuple(Term(label, starts, ends) for kind, label, starts, ends in dated if kind == "term_block")
    closures = tuple(
        Closure(starts, ends, ClosureKind.STAFF_DAY, label)
        for kind, label, starts, ends in dated
        if kind == "staff_day_no_pupils"
    )
    old = terms[0].starts.year < 2017
    holidays = BEFORE_OUR_LIST if old else england_days(terms[0].starts, terms[-1].ends)
    derived = {row["kind"]: int(row["start"]) for row in mine if row["kind"].startswith("derived")}
    return SchoolCalendar(terms, closures, holidays), derived


@pytest.mark.parametrize("calendar_id", dict.fromkeys(row["calendar_id"] for row in rows("school_calendars.csv")))
def test_pupil_days_and_school_weeks(calendar_id):
    calendar, derived = published(calendar_id)
    assert len(calendar.pupil_days) == derived["derived_pupil_days"]
    assert len(calendar.school_weeks) == derived["derived_school_weeks"]


def test_a_published_year_with_six_staff_days_draws_a_warning():
    calendar, _ = published("st-stephens-2025-26")
    assert "6 staff days" in year_warnings(calendar, academic_year_of(date(2025, 9, 1)))[0]


def test_the_list_holds_every_shared_bank_holiday_and_no_other_in_its_years():
    data = {(date.fromisoformat(row["date"]), row["name"]) for row in rows("bank_holidays_england.csv")}
    years = {day.year for day, _ in data}
    assert data == {(held.day, held.name) for held in england() if held.day.year in years}


def test_what_was_not_checked_says_so():
    doubtful = {held.day for held in england() if held.unconfirmed}
    assert doubtful >= england_days(date(2026, 8, 1), date(2027, 7, 31))
    assert not doubtful & england_days(date(2017, 1, 1), date(2023, 12, 31))


def test_every_year_of_the_list_is_whole():
    held = [holiday.day.year for holiday in england()]
    assert set(held) == set(range(held[0], held[-1] + 1))
    assert all(held.count(year) >= 8 for year in set(held))
    assert all(holiday.day.weekday() < 5 for holiday in england())


def test_a_year_the_list_does_not_reach_is_not_a_year_without_holidays():
    with pytest.raises(BankHolidaysNotKnown, match="are known for 2017 to 2028"):
        england_days(date(2028, 9, 1), date(2029, 7, 31))
    with pytest.raises(BankHolidaysNotKnown):
        england_days(date(2016, 9, 1), date(2017, 7, 31))
