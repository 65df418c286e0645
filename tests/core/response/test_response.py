"""What is owed for a missing child: the cases, and what holds for every policy, child and morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.response import (
    Kind,
    Missing,
    Result,
    State,
    TryMade,
    days_of_absence,
    next_step,
    one_order,
    steps_of,
    urgency,
)
from allpresent.core.response.order import is_home
from allpresent.core.response.rungs import callings_for, rungs_of_calling, rungs_of_duties
from tests.core.calendars import calendar_2026_27
from tests.core.case_data import cases
from tests.core.response.situations import PEOPLE, SCHOOLS, missing_of, moment, policy_of

TUESDAY = date(2026, 9, 15)


def steps_in(case: dict):
    missing = missing_of(case)
    return steps_of(policy_of(case["policy"], missing.day), missing, now=moment(missing.day, case["at"]))


@pytest.mark.clause(
    "M-3.3d", "M-4.5a", "M-4.5b", "M-4.5d", "M-4.5e", "M-4.7b", "M-4.7c", "M-4.7e", "M-6c",
    "O-A-3", "O-B-14.1", "O-B-14.2", "O-B-14.3", "O-B-14.5", "O-B-19",
)  # fmt: skip
@pytest.mark.parametrize("case", cases("response.toml", "steps"))
def test_what_is_owed(case):
    steps = steps_in(case)
    assert [f"{step.key} {step.state}" for step in steps] == case["steps"]
    owed = next_step(steps)
    if "next" in case:
        assert owed.key == case["next"]
    if "due" in case:
        assert owed.due_at == moment(missing_of(case).day, case["due"])
    if "person" in case:
        assert owed.next_person.name == case["person"]
    for key, clauses in case.get("clauses", {}).items():
        (step,) = (step for step in steps if step.key == key)
        assert set(clauses) <= set(step.clauses)


@pytest.mark.clause("M-4.5d")
@pytest.mark.parametrize("case", cases("response.toml", "days"))
def test_the_days_of_an_absence(case):
    marks = {date.fromisoformat(day): tuple(codes) for day, codes in case["marks"].items()}
    school_days = calendar_2026_27().previous_school_days(case["day"], 20)[::-1]
    assert list(days_of_absence(marks, school_days)) == case["before"]


@pytest.mark.parametrize("case", cases("response.toml", "urgency"))
def test_who_comes_first(case):
    now = moment(TUESDAY, time(9, 40))
    policy = policy_of("ogbourne", TUESDAY)
    keys = []
    for facts in case["order"]:
        missing = missing_of(facts)
        keys.append(urgency(missing, steps_of(policy, missing, now=now)))
    assert sorted(keys) == keys
    assert [key.in_words(restricted=True) for key in keys] == case["words"]
    assert [key.in_words(restricted=False) for key in keys] == case["guarded"]


CHILDREN = st.builds(
    Missing,
    day=st.just(TUESDAY),
    halves=st.sampled_from([(Half.AM,), (Half.PM,), (Half.AM, Half.PM)]),
    day_number=st.integers(1, 8),
    year_group=st.sampled_from(["", "7", "9", "12"]),
    circumstances=st.frozensets(st.sampled_from(list(Circumstance)), max_size=4),
    people=st.lists(st.sampled_from(list(PEOPLE.values())), unique=True).map(tuple),
    not_back=st.booleans(),
)
POLICIES = st.sampled_from(SCHOOLS).map(lambda name: policy_of(name, TUESDAY))
CLOCK = st.integers(0, 9 * 60).map(lambda minutes: moment(TUESDAY, time(8)) + timedelta(minutes=minutes))


@st.composite
def mornings(draw):
    """A policy, a child, some tries at steps that the policy has, and a moment after them."""
    policy, child = draw(POLICIES), draw(CHILDREN)
    keys = [laid.key for laid in one_order(policy, child)]
    made = st.builds(
        TryMade, st.just(TUESDAY), st.sampled_from(child.halves), st.sampled_from(keys),
        st.sampled_from(list(Result)), CLOCK, st.sampled_from(["", *(person.ref for person in child.people)]),
    )  # fmt: skip
    tries = draw(st.lists(made, max_size=6))
    return policy, replace(child, tries=tuple(tries)), draw(made), draw(CLOCK)


@given(mornings())
def test_no_clause_is_lost_and_every_step_names_one(morning):
    policy, child, _, now = morning
    said = [rung for calling in callings_for(policy, child) for rung in rungs_of_calling(calling, child)]
    said += rungs_of_duties(policy, child)
    steps = steps_of(policy, child, now=now)
    for rung in said:
        holding = [step for step in steps if set(rung.clauses) <= set(step.clauses)]
        assert any(set(rung.channels) <= set(step.channels) for step in holding), rung
    assert all(step.clauses and step.why and step.label for step in steps)
    assert len({step.key for step in steps}) == len(steps)


@given(mornings())
def test_nobody_with_a_restriction_is_among_those_to_contact(morning):
    policy, child, _, now = morning
    for step in steps_of(policy, child, now=now):
        assert not any(person.restriction for person in step.people)
        assert all(person.restriction for person in step.withheld)


@given(mornings())
def test_a_try_more_undoes_nothing_and_moves_nothing(morning):
    policy, child, more, now = morning
    before = steps_of(policy, child, now=now)
    after = steps_of(policy, replace(child, tries=(*child.tries, more)), now=now)
    assert [step.key for step in before] == [step.key for step in after]
    for one, other in zip(before, after, strict=True):
        if one.state is State.DONE:
            assert other.state is State.DONE
        if one.key != more.step and other.state in {State.DONE, State.TRIED, State.SKIPPED}:
            assert one.state is other.state


@given(mornings())
def test_nothing_is_done_that_nobody_did(morning):
    policy, child, _, now = morning
    tried = {made.step for made in child.tries}
    for step in steps_of(policy, child, now=now):
        if step.state in {State.DONE, State.TRIED, State.SKIPPED}:
            assert step.key in tried
        if step.state is State.SKIPPED:
            assert any(made.result is Result.SKIPPED for made in step.tries)


@given(mornings())
def test_while_a_child_is_missing_something_is_owed_or_everything_was_done(morning):
    policy, child, _, now = morning
    steps = steps_of(policy, child, now=now)
    assert any(is_home(laid.rung) for laid in one_order(policy, child))
    for step in steps:
        if step.state is State.WAITING:
            assert any(other.state in {State.DUE, State.OVERDUE, State.LATER} for other in steps)


@pytest.mark.clause("M-4.7c", "O-B-14.2")
@given(mornings())
def test_a_missing_child_rests_only_after_somebody_acted(morning):
    """Nobody to call is nothing done: the row stays owed until somebody tries, decides, or says why not."""
    policy, child, _, now = morning
    steps = steps_of(policy, child, now=now)
    if not any(step.is_open or step.state in {State.LATER, State.ENDED} for step in steps):
        assert any(step.tries for step in steps if step.kind is not Kind.TELL)


@given(mornings())
def test_the_school_s_own_words_are_used(morning):
    policy, child, _, now = morning
    assert not any("{" in f"{step.label}{step.why}" for step in steps_of(policy, child, now=now))
