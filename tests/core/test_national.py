"""Whose sessions are in DfE's national figures: cases, and what holds for any pupil."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.figures.national import Enrolled, OnRoll, Rule, rule_on, runs_of
from tests.core.case_data import cases

YEAR = AcademicYear(2026)
days = st.dates(YEAR.starts, YEAR.ends)
stretches = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), YEAR.ends), st.none() | st.integers(0, 400)).map(
        lambda pair: OnRoll(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
    ),
    max_size=3,
)
pupils = st.builds(Enrolled, st.dates(date(2007, 1, 1), YEAR.ends), stretches.map(tuple), st.booleans())


@pytest.mark.parametrize("case", cases("national.toml", "pupil"))
def test_the_days_that_count_and_the_rule_of_those_that_do_not(case):
    on_roll = tuple(OnRoll(first, *(last or [None])) for first, *last in case["on_roll"])
    pupil = Enrolled(case["born"], on_roll, case.get("boarder", False))
    runs = runs_of(pupil, AcademicYear(case["first"]))
    assert [[run.rule, run.starts, run.ends] for run in runs] == case["runs"]


@settings(deadline=None)
@given(pupils)
def test_the_runs_cover_the_year_once_and_the_rule_changes_between_them(pupil):
    runs = runs_of(pupil, YEAR)
    assert (runs[0].starts, runs[-1].ends) == (YEAR.starts, YEAR.ends)
    for one, after in pairwise(runs):
        assert after.starts == one.ends + timedelta(days=1)
        assert after.rule is not one.rule


@settings(deadline=None)
@given(pupils, days)
def test_the_run_of_a_day_is_the_rule_of_that_day(pupil, day):
    (run,) = [run for run in runs_of(pupil, YEAR) if run.starts <= day <= run.ends]
    assert run.rule is rule_on(pupil, day)


@settings(deadline=None)
@given(pupils, days)
def test_nobody_counts_on_a_day_off_the_register(pupil, day):
    on_roll = any(stretch.holds(day) for stretch in pupil.stretches)
    assert (rule_on(pupil, day) is Rule.NOT_ON_ROLL) == (not on_roll)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_its_words_and_its_source(rule):
    assert all(rule.words)
    assert not rule.words.because.endswith(".")


def test_years_before_the_rules_are_refused():
    with pytest.raises(ValueError, match="from 2012/13 on"):
        rule_on(Enrolled(date(2005, 1, 1), (OnRoll(date(2009, 9, 1), None),)), date(2012, 7, 2))
