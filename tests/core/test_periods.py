"""Academic years, census absence periods and usual year groups."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.ages import age_on, birthday
from allpresent.core.calendar.bank_holidays import england
from allpresent.core.calendar.periods import (
    Period,
    census_periods,
    dashboard_periods,
    easter_sunday,
    year_to_date,
)
from allpresent.core.calendar.year_group import usual_year_group
from tests.core.case_data import cases

DAY = timedelta(days=1)
any_year = st.integers(1990, 2100).map(AcademicYear)


@pytest.mark.parametrize("case", cases("periods.toml", "census"))
def test_the_four_census_periods(case):
    periods = census_periods(AcademicYear(case["first"]))
    assert [(p.name.replace(" ", "_"), [p.starts, p.ends]) for p in periods] == [
        (name, case[name]) for name in ("autumn", "spring", "summer_first_half", "summer_second_half")
    ]


@given(any_year)
def test_census_periods_cover_the_year_once(year):
    periods = census_periods(year)
    assert (periods[0].starts, periods[-1].ends) == (year.starts, year.ends)
    assert all(later.starts == earlier.ends + DAY for earlier, later in pairwise(periods))


def test_the_second_half_of_summer_opens_in_the_week_of_the_spring_bank_holiday():
    springs = [holiday.day for holiday in england() if holiday.name == "Spring"]
    for spring in springs:
        first_half = census_periods(academic_year_of(spring))[2]
        assert first_half.ends == spring - timedelta(days=spring.isoweekday())
    assert date(2022, 6, 2) in springs, "the moved holiday of 2022 is among them"


@pytest.mark.parametrize("case", cases("periods.toml", "easter"))
def test_easter(case):
    assert easter_sunday(case["sunday"].year) == case["sunday"]


def test_easter_agrees_with_the_bank_holidays():
    mondays = {holiday.day for holiday in england() if holiday.name == "Easter Monday"}
    assert mondays == {easter_sunday(monday.year) + DAY for monday in mondays}


def test_year_to_date_begins_on_1_august_or_on_admission():
    assert year_to_date(date(2027, 2, 1)) == Period("year to date", date(2026, 8, 1), date(2027, 2, 1))
    assert year_to_date(date(2027, 2, 1), date(2027, 1, 4)).starts == date(2027, 1, 4)
    assert year_to_date(date(2027, 2, 1), date(2019, 9, 3)).starts == date(2026, 8, 1)
    with pytest.raises(ValueError, match="no year to date"):
        year_to_date(date(2027, 2, 1), date(2027, 2, 2))


def test_the_dashboard_leaves_out_the_first_days_of_2025_26():
    assert dashboard_periods(AcademicYear(2025))[0] == Period("autumn", date(2025, 9, 8), date(2025, 12, 21))
    assert dashboard_periods(AcademicYear(2026)) == ()


def test_an_academic_year_turns_on_1_august():
    assert academic_year_of(date(2026, 7, 31)).label == "2025/26"
    assert academic_year_of(date(2026, 8, 1)).label == "2026/27"
    assert AcademicYear(2099).label == "2099/00"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_its_own_year_alone(day):
    year = academic_year_of(day)
    assert year.holds(day)
    assert not AcademicYear(year.first - 1).holds(day)
    assert not AcademicYear(year.first + 1).holds(day)


@pytest.mark.parametrize("case", cases("periods.toml", "year_groups"))
def test_usual_year_group(case):
    assert usual_year_group(case["born"], AcademicYear(case["first"])) == case["group"]


def test_no_usual_year_group_outside_school_ages():
    assert usual_year_group(date(2025, 9, 1), AcademicYear(2026)) is None
    assert usual_year_group(date(2027, 1, 1), AcademicYear(2026)) is None
    assert usual_year_group(date(2007, 8, 31), AcademicYear(2026)) is None


def test_a_leap_day_birthday_is_1_march_in_common_years():
    born = date(2020, 2, 29)
    assert birthday(born, 5) == date(2025, 3, 1)
    assert birthday(born, 8) == date(2028, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 4
    assert age_on(born, date(2025, 3, 1)) == 5


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_age_changes_on_the_birthday(born, age):
    assert age_on(born, birthday(born, age)) == age
    assert age == 0 or age_on(born, birthday(born, age) - DAY) == age - 1


def test_no_age_before_birth():
    with pytest.raises(ValueError, match="before the date of birth"):
        age_on(date(2020, 1, 2), date(2020, 1, 1))
