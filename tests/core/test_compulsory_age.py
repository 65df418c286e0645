"""Compulsory school age (Education Act 1996 s8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.ages import birthday
from allpresent.core.calendar.compulsory_age import compulsory_from, compulsory_until, is_compulsory_age
from tests.core.case_data import cases

births = st.dates(date(1995, 1, 1), date(2060, 12, 31))
leap_births = st.sampled_from([date(year, 2, 29) for year in range(1996, 2061, 4)])
DAY = timedelta(days=1)


@pytest.mark.clause("O-A-2.3 / fn 2")
@pytest.mark.parametrize("case", cases("compulsory_age.toml", "starts"))
def test_begins_on_the_prescribed_day(case):
    assert compulsory_from(case["born"]) == case["from"]
    assert is_compulsory_age(case["born"], case["from"])
    assert not is_compulsory_age(case["born"], case["from"] - DAY)


@pytest.mark.clause("O-A-2.3 / fn 2")
@pytest.mark.parametrize("case", cases("compulsory_age.toml", "ends"))
def test_ends_at_the_end_of_the_school_leaving_date(case):
    assert compulsory_until(case["born"]) == case["until"]
    assert is_compulsory_age(case["born"], case["until"])
    assert not is_compulsory_age(case["born"], case["until"] + DAY)


@given(births | leap_births)
def test_begins_on_a_prescribed_day_within_four_months_and_a_half_of_the_fifth_birthday(born):
    starts = compulsory_from(born)
    assert (starts.month, starts.day) in {(3, 31), (8, 31), (12, 31)}
    assert timedelta(0) <= starts - birthday(born, 5) <= timedelta(days=152)


@given(births | leap_births)
def test_ends_on_the_last_friday_of_june_at_fifteen_or_sixteen(born):
    until = compulsory_until(born)
    assert (until.month, until.weekday()) == (6, 4)
    assert (until + timedelta(days=7)).month == 7
    assert birthday(born, 15) < until < birthday(born, 17)


@given(births, births)
def test_an_older_child_never_begins_or_ends_later(one, other):
    older, younger = sorted((one, other))
    assert compulsory_from(older) <= compulsory_from(younger)
    assert compulsory_until(older) <= compulsory_until(younger)
