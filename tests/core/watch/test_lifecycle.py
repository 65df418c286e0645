"""Raised once, told once a step, over once: whatever happens, however often it is gone through."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.watch import ESCALATE_AFTER, Held, Plan, Seen, Step, is_soon, tried_by, what_to_do

NINE = datetime(2026, 9, 15, 8, tzinfo=UTC)
CHILD = Seen("untried:1", tells=True, safety=True)
REGISTER = Seen("due:1", tells=True, safety=False)
MARK = Seen("settle:1", tells=False, safety=False)


def told(one: Seen, *, ago: timedelta, ended: bool = False) -> Held:
    return Held(one.key, ended, {Step.FIRST: NINE - ago})


def test_what_is_new_is_raised_and_told_if_it_tells():
    assert what_to_do([CHILD, MARK], [], now=NINE) == Plan(
        ("settle:1", "untried:1"), (("untried:1", Step.FIRST),), ()
    )  # fmt: skip


@pytest.mark.clause("M-4.7b")
@pytest.mark.parametrize(("minutes", "passed_on"), [(0, False), (29, False), (30, True), (300, True)])
def test_a_safety_matter_that_stays_so_goes_to_the_next_person(minutes, passed_on):
    plan = what_to_do([CHILD], [told(CHILD, ago=timedelta(minutes=minutes))], now=NINE)
    assert plan.told == ((("untried:1", Step.NEXT),) if passed_on else ())


def test_what_touches_no_safety_goes_to_nobody_else():
    assert what_to_do([REGISTER], [told(REGISTER, ago=ESCALATE_AFTER * 9)], now=NINE).is_empty


def test_what_is_so_no_more_is_over_and_raised_anew_when_it_is_so_again():
    assert what_to_do([], [told(CHILD, ago=timedelta())], now=NINE) == Plan(ended=("untried:1",))
    over = told(CHILD, ago=timedelta(hours=2), ended=True)
    assert what_to_do([], [over], now=NINE).is_empty
    assert what_to_do([CHILD], [over], now=NINE) == Plan(("untried:1",), (("untried:1", Step.FIRST),))


KINDS = st.sampled_from([CHILD, REGISTER, MARK, replace(CHILD, key="untried:2")])
ROUNDS = st.lists(st.tuples(st.integers(0, 45), st.sets(KINDS)), max_size=20)


@given(ROUNDS)
def test_each_step_is_told_once_for_as_long_as_it_lasts(rounds):
    held: dict[str, Held] = {}
    number: Counter[str] = Counter()
    said: Counter[tuple] = Counter()
    now = NINE
    for minutes, seen in rounds:
        now += timedelta(minutes=minutes)
        plan = what_to_do(seen, held.values(), now=now)
        for key in plan.raised:
            number[key] += 1
            held[key] = Held(key, False, {})
        for key, step in plan.told:
            said[key, number[key], step] += 1
            held[key] = replace(held[key], told={**held[key].told, step: now})
        for key in plan.ended:
            held[key] = replace(held[key], ended=True)
        assert {key for key, one in held.items() if not one.ended} == {one.key for one in seen}
        assert what_to_do(seen, held.values(), now=now).is_empty
    assert set(said.values()) <= {1}
    assert all(key == "untried:1" or key == "untried:2" for key, _, step in said if step is Step.NEXT)


@pytest.mark.clause("M-4.7b", "O-B-14.1")
def test_a_first_step_is_late_by_the_policys_own_time_else_after_a_while():
    ten = NINE + timedelta(hours=1)
    assert tried_by(NINE, ten) == ten
    assert tried_by(NINE, None) == NINE + timedelta(minutes=30)
    assert tried_by(None, None) is None


@pytest.mark.parametrize(("day", "soon"), [(-400, True), (0, True), (7, True), (8, False)])
def test_what_is_soon(day, soon):
    today = date(2026, 9, 15)
    assert is_soon(today + timedelta(days=day), today, timedelta(days=7)) is soon
