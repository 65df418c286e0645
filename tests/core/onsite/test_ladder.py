"""Whom to tell when a pupil has left without permission: what each policy asks, and how the steps stand."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.onsite import HOME, StepState, Tried, progress, steps_after_leaving
from allpresent.core.policy import packaged_versions, policy_on, read_policy, with_followed
from allpresent.core.response import Result
from tests.core.policy.policy_files import changed, policy_from, policy_of

OTHERS = Path(__file__).parents[1] / "policy" / "other_schools"
SALTMARSH = ("saltmarsh-academy.yaml", "northmoor-trust.yaml")
LEFT = london_instant(date(2026, 9, 15), time(10, 10))
MAGNUM = steps_after_leaving(policy_of("magnum-opus"))
HOME_STEP = MAGNUM[0].key
BOTH = ("contact:1", "contact:2")


def states(*tried: Tried, at_home=BOTH) -> dict[str, str]:
    return {one.step.key: one.state.name for one in progress(MAGNUM, tried, at_home=at_home, left_at=LEFT)}


@pytest.mark.clause("M-4.7d")
def test_home_and_commissioner_first_then_police_commissioner_and_authority():
    told = [(step.party, step.if_unanswered, step.clauses) for step in MAGNUM]
    assert told == [
        ("parent", False, ("M-4.7d",)),
        ("commissioner", False, ("M-4.7d",)),
        ("police", True, ("M-4.7d",)),
        ("commissioner", True, ("M-4.7d",)),
        ("authority", True, ("M-4.7d",)),
    ]
    assert [step.party for step in MAGNUM if step.is_decision] == ["police"]


@pytest.mark.clause("M-4.7d")
def test_nobody_calls_the_police_while_a_parent_is_still_to_be_tried():
    one = Tried(HOME_STEP, "contact:1", Result.NO_ANSWER)
    two = Tried(HOME_STEP, "contact:2", Result.LEFT_MESSAGE)
    assert list(states().values()) == ["DUE", "DUE", "WAITS", "WAITS", "WAITS"]
    assert list(states(one).values()) == ["DUE", "DUE", "WAITS", "WAITS", "WAITS"]
    assert list(states(one, two).values()) == ["DUE", "DUE", "DUE", "DUE", "DUE"]


@pytest.mark.clause("M-4.7d")
def test_home_once_reached_spares_the_police():
    told = Tried(HOME_STEP, "contact:2", Result.TOLD)
    assert list(states(told).values()) == ["DONE", "DUE", "NOT_NEEDED", "NOT_NEEDED", "NOT_NEEDED"]


def test_where_there_is_nobody_to_ring_the_next_steps_are_due_at_once():
    assert set(states(at_home=()).values()) == {"DUE"}


def test_a_step_left_out_with_a_reason_and_one_decided_are_owed_no_more():
    police, commissioner = MAGNUM[2].key, MAGNUM[1].key
    found = states(Tried(police, "Jo Marsh", Result.DECIDED), Tried(commissioner, "", Result.SKIPPED), at_home=())
    assert (found[police], found[commissioner]) == ("DONE", "LEFT_OUT")


def test_a_policy_that_names_nobody_rings_home_on_no_clause():
    (step,) = steps_after_leaving(policy_of("ogbourne"))
    assert (step.party, step.clauses) == ("parent", ())


def test_another_schools_deadline_and_year_groups_are_read():
    says = "  - {duty: pass-on-left-site, who: office, to: [parent, safeguarding-lead], when: left-without-permission, "
    says += "within: 15 minutes, from: left-without-permission, year-groups: [7, 8], clause: '9.4'}\n"
    policy = policy_from(changed("duties:\n", f"duties:\n{says}")[0])
    parent, lead = steps_after_leaving(policy, "7")
    assert (parent.within, lead.party, lead.clauses) == (timedelta(minutes=15), "safeguarding-lead", ("9.4",))
    assert progress((lead,), (), at_home=(), left_at=LEFT)[0].due_at == LEFT + timedelta(minutes=15)
    assert [step.clauses for step in steps_after_leaving(policy, "11")] == [()]


def test_a_calling_order_that_starts_from_leaving_is_read_too():
    school, trust = (read_policy((OTHERS / name).read_text("utf-8"), name) for name in SALTMARSH)
    layers = with_followed(school, lambda body: (trust,) if body == trust.file.id else packaged_versions(body))
    steps = steps_after_leaving(policy_on(school.file.in_force.from_, layers))
    assert [(step.party, step.if_unanswered) for step in steps] == [
        ("safeguarding-lead", False), ("parent", False), ("police", True),
    ]  # fmt: skip
    assert {step.clauses for step in steps} == {("4.7",)}


results = st.sampled_from(Result)
tries = st.lists(
    st.builds(Tried, st.sampled_from([step.key for step in MAGNUM]), st.sampled_from([*BOTH, "Mrs Penn"]), results)
)


@given(tried=tries, more=tries)
def test_another_try_never_makes_a_step_owed_again(tried, more):
    owed = {StepState.DUE, StepState.WAITS}
    before = progress(MAGNUM, tried, at_home=BOTH, left_at=LEFT)
    after = progress(MAGNUM, [*tried, *more], at_home=BOTH, left_at=LEFT)
    assert all(now.state not in owed for then, now in zip(before, after, strict=True) if then.state not in owed)


@given(tried=tries)
def test_the_police_are_due_only_where_nobody_at_home_was_reached(tried):
    for one in progress(MAGNUM, tried, at_home=BOTH, left_at=LEFT):
        if one.step.is_decision and one.state is StepState.DUE:
            home = [each for each in tried if each.step == HOME_STEP]
            assert {each.person for each in home} >= set(BOTH)
            assert not {Result.TOLD, Result.REACHED, Result.EXPLAINED} & {each.result for each in home}
    assert {step.party for step in MAGNUM if step.key == HOME_STEP} <= HOME
