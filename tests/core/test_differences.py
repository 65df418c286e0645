"""Why two percentages differ: the steps add up, and so do the pupils within a step, exactly."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allpresent.core.figures.differences import Change, Share, Step, explained, hundredths
from tests.core.case_data import cases

shares = st.integers(0, 400).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))
# three pupils at each of some levels
levels = st.lists(st.tuples(shares, shares, shares), min_size=2, max_size=6)


def whole(pupils):
    return Share(*map(sum, zip(*pupils, strict=True)))


@pytest.mark.parametrize("case", cases("differences.toml", "step"))
def test_a_step(case):
    step = Step("", whole(map(tuple, case["before"])), whole(map(tuple, case["after"])))
    changes = [Change(Share(*one), Share(*other)) for one, other in zip(case["before"], case["after"], strict=True)]
    assert step.points == Fraction(case["points"])
    assert [step.points_of(change) for change in changes] == [Fraction(points) for points in case["of_pupils"]]


@settings(deadline=None)
@given(levels)
def test_the_steps_add_up_to_the_whole_difference(levels):
    totals = [whole(pupils) for pupils in levels]
    steps = tuple(Step("", *pair) for pair in pairwise(totals))
    if all(total.of for total in totals):
        assert sum(step.points for step in steps) == totals[-1].percent - totals[0].percent == explained(steps)


@settings(deadline=None)
@given(levels)
def test_the_pupils_of_a_step_add_up_to_it(levels):
    for before, after in pairwise(levels):
        step = Step("", whole(before), whole(after))
        parts = [step.points_of(Change(*pair)) for pair in zip(before, after, strict=True)]
        assert parts == [None] * 3 if step.points is None else sum(parts) == step.points


@settings(deadline=None)
@given(levels)
def test_shown_hundredths_add_up_too(levels):
    percents = [found.percent for found in map(whole, levels) if found.of]
    shown = [hundredths(percent) for percent in percents]
    assert sum(after - before for before, after in pairwise(shown)) == (shown[-1] - shown[0] if shown else 0)
    assert all(
        abs(Fraction(number, 100) - percent) <= Fraction(1, 200)
        for number, percent in zip(shown, percents, strict=True)
    )


def test_nothing_counted_gives_no_points():
    nothing, some = Share(0, 0), Share(1, 2)
    assert nothing.percent is None
    assert Step("", nothing, some).points is None
    assert Step("", some, nothing).points_of(Change(some, nothing)) is None
    assert explained((Step("", some, nothing),)) is None
    assert explained(()) == 0


def test_halves_are_shown_upwards():
    assert [hundredths(Fraction(text)) for text in ("93.115", "93.114", "-0.005", "-0.006")] == [9312, 9311, 0, -1]
