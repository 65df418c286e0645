"""What a percentage means in days, weeks and lessons, and what lateness adds up to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.figures.meaning import (
    DAYS_IN_YEAR,
    SHOWN_MINUTES,
    SHOWN_PERCENTS,
    days_of_teaching,
    lost_by_lateness,
    missed_in_a_year,
)
from tests.core.case_data import cases


@pytest.mark.clause("O-A-2.10")
@pytest.mark.parametrize("case", cases("meaning.toml", "missed"))
def test_the_table_of_attendance_is_the_policys(case):
    assert missed_in_a_year(case["percent"], 100) == (case["days"], case["weeks"], case["lessons"])
    assert case["percent"] in SHOWN_PERCENTS


@pytest.mark.clause("O-B-4.2")
@pytest.mark.parametrize("case", cases("meaning.toml", "late"))
def test_the_table_of_lateness_is_the_policys(case):
    assert lost_by_lateness(case["minutes"]) == (case["days"], case["lessons"])
    assert case["minutes"] in SHOWN_MINUTES


@given(possible=st.integers(1, 400), data=st.data())
def test_what_is_missed_and_what_is_attended_make_the_year(possible, data):
    attended = data.draw(st.integers(0, possible))
    missed, kept = missed_in_a_year(attended, possible), missed_in_a_year(possible - attended, possible)
    assert missed.days + kept.days == DAYS_IN_YEAR
    assert 0 <= missed.days <= DAYS_IN_YEAR


@given(first=st.integers(0, 5000), second=st.integers(0, 5000))
def test_minutes_add_up(first, second):
    assert days_of_teaching(first + second).days == days_of_teaching(first).days + days_of_teaching(second).days


def test_in_a_shorter_year_less_is_missed():
    assert missed_in_a_year(9, 10, days_in_year=95).days == Fraction(19, 2)


@pytest.mark.parametrize(("attended", "possible"), [(0, 0), (5, 4), (-1, 4)])
def test_what_is_no_attendance_is_refused(attended, possible):
    with pytest.raises(ValueError, match="no attendance"):
        missed_in_a_year(attended, possible)


def test_nobody_is_late_by_less_than_nothing():
    with pytest.raises(ValueError, match="less than nothing"):
        days_of_teaching(-1)
