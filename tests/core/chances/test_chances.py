"""The chance of ending the year persistently absent: what it says, and what must always hold of it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from allpresent.core.chances import Known, Standing, in_words, model, next_weeks, standing, tenths, words_of
from allpresent.core.figures import is_persistent
from tests.core.case_data import cases

patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a machine that does other things too."""
TINY = 1e-9
"""How much two sums of the same numbers may differ by their order."""


@st.composite
def pupils(draw):
    """A pupil on a day of any year, however little or much was missed."""
    possible = draw(st.integers(1, 380))
    recent_possible = draw(st.integers(0, min(40, possible)))
    recent_missed = draw(st.integers(0, recent_possible))
    before = draw(st.integers(0, possible - recent_possible))
    last_year = draw(st.none() | st.integers(0, 380).map(lambda n: Fraction(n, 380)))
    return Known(recent_missed + before, possible, recent_missed, recent_possible, draw(st.integers(0, 380)), last_year)


def chance(known):
    return model().chance(known)


@pytest.mark.parametrize("case", cases("chances.toml", "standing"))
def test_what_is_certain_is_said_so(case):
    known = Known(*case["known"])
    assert standing(known) is Standing[case["standing"]]
    if "chance" in case:
        assert chance(known) == case["chance"]


@pytest.mark.parametrize("case", cases("chances.toml", "words"))
def test_plain_situations(case):
    said = chance(Known(*case["known"]))
    assert in_words(said) == case.get("words", in_words(said))
    assert case.get("at_least", 0) <= said <= case.get("at_most", 1)


@pytest.mark.parametrize("case", cases("chances.toml", "spoken"))
def test_a_chance_is_rounded_as_people_say_it(case):
    assert in_words(case["chance"]) == case["words"]


@patiently
@given(pupils())
def test_a_chance_lies_between_nothing_and_certainty(known):
    assert 0 <= chance(known) <= 1


@patiently
@given(pupils())
def test_one_more_session_missed_never_lowers_it(known):
    assume(known.missed < known.possible)
    lately = known.recent_missed < known.recent_possible
    long_ago = known.missed - known.recent_missed < known.possible - known.recent_possible
    worse = [replace(known, missed=known.missed + 1)] if long_ago else []
    if lately:
        worse.append(replace(known, missed=known.missed + 1, recent_missed=known.recent_missed + 1))
    assert worse
    assert all(chance(other) >= chance(known) - TINY for other in worse)


@patiently
@given(pupils(), st.booleans())
def test_a_session_attended_never_raises_it_and_one_missed_never_lowers_it(known, fell_out):
    """The next session passes. `fell_out`: whether one that had been missed is no longer among the recent ones."""
    assume(known.left > 0 and known.recent_possible > 0)
    assume(not fell_out or known.recent_missed > 0)
    passed = replace(known, possible=known.possible + 1, left=known.left - 1)
    recent = known.recent_missed - fell_out
    assert chance(replace(passed, recent_missed=recent)) <= chance(known) + TINY
    missed = replace(passed, missed=known.missed + 1, recent_missed=known.recent_missed)
    assert chance(missed) >= chance(known) - TINY


@patiently
@given(pupils(), st.integers(0, 380))
def test_a_worse_last_year_never_lowers_it(known, missed):
    assume(known.last_year is not None)
    worse = max(known.last_year, Fraction(missed, 380))
    assert chance(replace(known, last_year=worse)) >= chance(known) - TINY


@patiently
@given(pupils())
def test_at_the_end_of_the_year_it_is_what_came(known):
    over = replace(known, left=0)
    assert chance(over) == float(is_persistent(over.missed, over.possible))


@patiently
@given(pupils())
def test_four_weeks_attended_never_look_worse_than_four_as_lately(known):
    assume(known.left > 0)
    coming = next_weeks(model(), known)
    assert coming.sessions == min(40, known.left)
    assert coming.all_attended <= coming.as_lately + TINY
    assert coming.all_attended <= chance(known) + TINY


def test_nothing_changes_a_year_that_is_over():
    with pytest.raises(ValueError, match="the year is over"):
        next_weeks(model(), Known(3, 380, 0, 40, 0))


@pytest.mark.parametrize(
    "counts",
    [(-1, 10, 0, 5, 9), (6, 5, 0, 0, 9), (1, 10, 2, 5, 9), (0, 10, 0, 11, 9), (0, 10, 0, 5, -1), (9, 10, 3, 5, 1)],
)
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match="cannot be"):
        Known(*counts)


def test_no_coefficient_is_below_nothing():
    found = model()
    for fitted in (found.with_last_year, found.without):
        assert min(fitted.curve.coefficients) >= 0
    assert found.without.curve.last_year == 0


def test_the_curve_did_better_than_simpler_ways_with_pupils_it_had_not_seen():
    found = model()
    for fitted in (found.with_last_year, found.without):
        assert fitted.brier < min(found.guess, found.below_today)
        assert sorted((day.brier for day in fitted.by_day), reverse=True) == [day.brier for day in fitted.by_day]
    assert found.with_last_year.brier < found.without.brier


def test_of_each_tenth_about_as_many_came_as_were_said():
    """Within six in a hundred, in every tenth: what the page shows beside the curve."""
    for fitted in (model().with_last_year, model().without):
        assert all(tenth.said == pytest.approx(tenth.came, abs=0.06) for tenth in fitted.tenths)
        assert fitted.tenth(1.0) == fitted.tenths[-1]


@patiently
@given(st.floats(0, 1), st.floats(0, 1))
def test_words_never_go_down_while_the_chance_goes_up(one, other):
    low, high = sorted((one, other))
    assert 0 <= tenths(low) <= tenths(high) <= 10
    assert in_words(low) == words_of(tenths(low))
