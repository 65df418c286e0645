"""Which way attendance moved: in whole numbers, by the policy's points or our own."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.figures import Figure
from allpresent.core.thresholds.movement import OWN, Movement, Steps, movement, steps_of
from tests.core.thresholds.marked import threshold


def figure(attended: int, possible: int) -> Figure:
    return Figure(present=attended, attendance=attended, authorised=possible - attended, absence=possible - attended,
                  possible=possible)  # fmt: skip


def test_exactly_the_step_is_a_movement_and_a_little_less_is_not():
    assert movement(figure(90, 100), figure(95, 100), OWN) is Movement.UP
    assert movement(figure(95, 100), figure(90, 100), OWN) is Movement.DOWN
    assert movement(figure(901, 1000), figure(950, 1000), OWN) is Movement.STEADY


def test_two_weeks_are_needed_on_either_side():
    assert movement(figure(19, 19), figure(30, 60), OWN) is None
    assert movement(figure(60, 60), Figure(), OWN) is None


FIGURES = st.builds(figure, st.integers(0, 20), st.integers(20, 80))


@given(FIGURES, FIGURES)
def test_there_and_back_is_the_other_way(before, now):
    other = {Movement.UP: Movement.DOWN, Movement.DOWN: Movement.UP, Movement.STEADY: Movement.STEADY}
    assert movement(now, before, OWN) is other[movement(before, now, OWN)]


def test_the_points_that_a_policy_gives_take_the_place_of_our_own():
    rising = threshold(of="pattern", pattern="rising", over="term", at_least="2.5%")
    falling = threshold(of="pattern", pattern="falling", over="term", at_least="4 sessions")
    assert steps_of([rising, falling]) == Steps(Fraction(5, 2), OWN.down, OWN.least)
    assert movement(figure(90, 100), figure(93, 100), steps_of([rising])) is Movement.UP
