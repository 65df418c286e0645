"""The quick first look leaves nobody out whom core would find, and of counts takes nobody in either."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allpresent.core.codes.letters import BYTE
from allpresent.core.policy.model.response import Pattern
from allpresent.core.thresholds import Look, Lookback, Slots, assess, late_weekday, shape_of
from allpresent.figures.candidates import Stretch, may_be_late, may_be_within, may_make, surely_make, surely_within
from allpresent.figures.marks import Marks
from tests.core.thresholds.marked import CALENDAR, threshold

DAY = date(2026, 11, 20)
SLOTS = Slots(CALENDAR.sessions_between(date(2026, 9, 1), DAY))
BACK = Lookback(CALENDAR, DAY)
LETTERS = ["/", "/", "/", "/", "/", "I", "O", "U", "L", "D", "", "C2"]
THRESHOLDS = [
    threshold(of="absence", at_least="10%", over="school year"),
    threshold(of="attendance", more_than="60%", at_most="80%", over="year to date"),
    threshold(of="unauthorised-absence", at_least="3 days", over="20 school days"),
    threshold(of="absence", at_least="4 times", over="term"),
    threshold(of="lateness", at_least="3 times", over="half-term"),
    threshold(of="lateness", at_least="2 days", over="month"),
    threshold(of="lateness", at_most="0 times", over="term"),
    threshold(of="codes", codes=["O", "U"], at_least="10 sessions", over="10 school weeks"),
    threshold(of="episodes", at_least="5 times", over="term"),
    threshold(of="points", points={"L": 1, "O": 2}, at_least="6 points", over="half-term"),
    *(threshold(of="pattern", pattern=pattern, over="term") for pattern in Pattern),
    *(threshold(of="pattern", pattern=pattern, over="term", at_least="3 sessions") for pattern in Pattern),
    threshold(of="pattern", pattern="same-weekday", weekdays=["monday", "friday"], over="term", at_least="2 days"),
]


@st.composite
def pupils(draw) -> Marks:
    """Three pupils, of whom one may have come later: each with stretches of one letter, as pupils have."""
    rows = [draw(_row()) for _ in range(3)]
    since = [date(2026, 9, 1), date(2026, 9, 1), date(2026, 10, 5)]
    rows[2][: SLOTS.between(since[2], since[2])[0]] = [0] * SLOTS.between(since[2], since[2])[0]
    return Marks(SLOTS, [1, 2, 3], np.array(rows, np.uint8), since)


@st.composite
def _row(draw) -> list[int]:
    stretches = draw(st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(1, 9)), min_size=5, max_size=40))
    row = [BYTE[letter] for letter, length in stretches for _ in range(length)]
    return (row * (len(SLOTS.sessions) // len(row) + 1))[: len(SLOTS.sessions)]


@pytest.mark.parametrize("asked", THRESHOLDS, ids=lambda asked: f"{asked.pattern or asked.of} {asked.edges}")
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(marks=pupils())
def test_the_first_look_leaves_nobody_out(asked, marks):
    window = BACK.window(asked.over)
    at = Stretch(marks, *SLOTS.between(window.first, window.last), BACK)
    may, certain = may_be_within(asked, at)
    sure = surely_within(asked, at)
    found = [assess(asked, marks.history(row), BACK) is not None for row in range(3)]
    assert all(may[row] for row in range(3) if found[row])
    assert not certain or found == may.tolist()
    assert all(found[row] for row in range(3) if may[row] and sure[row])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(marks=pupils())
def test_nor_for_a_shape_by_our_own_rule(marks):
    at = Stretch(marks, 0, len(SLOTS.sessions), BACK)
    for row in range(3):
        look = Look(marks.history(row), 0, len(SLOTS.sessions), BACK)
        late = late_weekday(look)
        assert not (late and late.enough and late.stands_out) or may_be_late(at)[row]
        assert all(may_make(pattern, at)[row] for pattern in Pattern if shape_of(pattern, look))
        sure = [pattern for pattern in Pattern if may_make(pattern, at)[row] and surely_make(pattern, at)[row]]
        assert all(shape_of(pattern, look) for pattern in sure)
