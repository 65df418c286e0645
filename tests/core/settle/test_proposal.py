"""The code an explanation earns, what it needs, whom it is told to first: a table, and what must always hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy, Statistical, code_set_on
from allpresent.core.settle.evidence import Run, Why, evidence_due, may_ask
from allpresent.core.settle.explanation import Explanation, Facts
from allpresent.core.settle.needs import LEAVE_CODES, NeedKind, needs_of, still_missing
from allpresent.core.settle.proposal import propose
from allpresent.core.settle.reasons import Reason
from allpresent.core.settle.telling import tell_first
from tests.core.case_data import cases
from tests.core.policy.policy_files import changed, policy_from, policy_of

TUESDAY = date(2026, 9, 15)
MORNING = Session(TUESDAY, Half.AM)
CODES = code_set_on(TUESDAY)
POLICIES = {name: policy_of(name) for name in ("ogbourne", "magnum-opus")}


def proposed(case: dict):
    facts = Facts(**{"first_day": TUESDAY, **case.get("facts", {})})
    said = Explanation(Reason(case["reason"]), case.get("told_on", TUESDAY)) if "reason" in case else None
    return propose(POLICIES[case["school"]], CODES, MORNING, said, facts)


@pytest.mark.clause(
    "M-4.2b", "M-4.2d", "M-4.3a", "M-4.5c", "M-5.1e", "M-5.1f", "O-B-6.2.1", "O-B-6.2.3", "O-B-6.5.2.1", "O-B-6.5.2.2",
    "O-B-6.5.3.1", "O-B-7.1", "O-B-7.4", "O-B-7.6", "O-B-12.1-12.3", "O-B-12.3.8", "O-B-14.1", "appointment proof",
    "R days",
)  # fmt: skip
@pytest.mark.parametrize("case", cases("settle_proposals.toml", "proposal"))
def test_what_is_proposed(case):
    found = proposed(case)

    assert found.codes == tuple(case["codes"])
    assert set(case["clauses"]) <= set(found.clauses)
    assert found.tell_first == tuple(case.get("tell_first", ()))
    if "needs" in case:
        assert [need.says for need in found.needs] == case["needs"]


@pytest.mark.clause("M-4.2c", "O-B-7.2", "O-B-7.5", "medical evidence trigger")
@pytest.mark.parametrize("case", cases("settle_proposals.toml", "evidence"))
def test_when_evidence_is_asked_for(case):
    run = Run(TUESDAY, case["days"], 2 * case["days"], case.get("asked", False), case.get("seen", False))
    policy = POLICIES[case["school"]]

    due = evidence_due(policy, run, doubted=case.get("doubted", False), flagged=case.get("flagged", False))

    assert (due.why.value if due else None) == case.get("why")


@pytest.mark.clause("M-4.2c", "O-B-7.5")
def test_the_parent_hears_before_evidence_is_needed():
    for policy in POLICIES.values():
        assert {ask.tell_first for ask in may_ask(policy)} == {may_ask(policy)[0].clauses}


@pytest.mark.clause("M-4.2c")
def test_evidence_is_not_asked_for_without_a_ground():
    grounds = {name: {ask.why for ask in may_ask(policy)} for name, policy in POLICIES.items()}

    assert grounds["magnum-opus"] == {Why.LONG, Why.DOUBT, Why.FLAG}
    assert grounds["ogbourne"] == {Why.DOUBT, Why.FREQUENT, Why.FLAG}


@pytest.mark.clause("M-4.2d")
def test_who_is_told_first_is_the_policy_s_to_say():
    magnum, ogbourne = POLICIES["magnum-opus"], POLICIES["ogbourne"]

    assert tell_first(magnum, Reason.ILLNESS) == ("M-4.2d",)
    assert tell_first(magnum, Reason.NOT_SAID) == ()
    assert tell_first(ogbourne, Reason.ILLNESS) == ()


@pytest.mark.parametrize("letter", sorted(LEAVE_CODES))
def test_leave_is_never_given_by_settling(letter):
    needs = needs_of(POLICIES["ogbourne"], letter, Facts(first_day=TUESDAY))

    assert [need.kind for need in still_missing(needs)] == [NeedKind.GRANTED]
    assert still_missing(needs, granted=True) == ()


FACTS = st.builds(
    Facts, first_day=st.just(TUESDAY), in_advance=st.booleans(), doubted=st.booleans(), evidence_seen=st.booleans(),
    waiting=st.booleans(), whole_day=st.booleans(), observance_days=st.integers(0, 4), after_leave=st.booleans(),
    compulsory_age=st.booleans(), time_over=st.booleans(),
)  # fmt: skip
SAID = st.none() | st.builds(Explanation, st.none() | st.sampled_from(Reason), st.dates(TUESDAY, date(2026, 9, 30)))


@given(st.sampled_from(sorted(POLICIES)), SAID, FACTS, st.sampled_from(Half))
def test_whatever_was_said_a_proposal_can_be_entered_and_says_why(name, said, facts, half):
    found = propose(POLICIES[name], CODES, Session(TUESDAY, half), said, facts)

    assert found.because
    for letter in found.codes:
        assert CODES[letter].statistical not in (Statistical.PRESENT, Statistical.AEA, Statistical.ADMIN)
        assert letter not in ("N", "U", *LEAVE_CODES)
        assert {EnteredBy.OFFICE, EnteredBy.HEAD} & CODES[letter].entered_by
    if found.tell_first:
        assert CODES[found.code].statistical is Statistical.UNAUTH


@given(SAID, FACTS)
def test_an_explanation_never_becomes_no_reason_by_itself(said, facts):
    """Whatever is proposed where something was said, it is not proposed because the time is over."""
    found = propose(POLICIES["ogbourne"], CODES, MORNING, said, facts)

    if said and said.gives_a_reason:
        assert "O-B-14.1" not in found.clauses


MARKED = '  - {when: arrives-before-close, mark: L, clause: "3.6"}'
OWN = (
    MARKED
    + """
  - {when: illness-doubted, mark: unauthorised, clause: "9.1"}
  - {when: reason-not-accepted, mark: unauthorised, tell-first: yes, clause: "9.3"}

observance: {days: 2, days-a-year: 3, clause: "9.4"}
"""
)


def test_a_policy_not_seen_before():
    """A school that gives two days of observance, three a year, and tells parents before it refuses any reason."""
    own = policy_from(changed(MARKED, OWN)[0])
    said = Explanation(Reason.OBSERVANCE, TUESDAY)
    after = [Facts(first_day=TUESDAY, observance_days=days) for days in range(3)]
    spent = Facts(first_day=TUESDAY, observance_days_this_year=3)

    assert [propose(own, CODES, MORNING, said, facts).code for facts in after] == ["R", "R", "O"]
    assert propose(own, CODES, MORNING, said, spent).code == "O"
    assert tell_first(own, Reason.HOLIDAY) == ("9.3",)
    assert not own.settles_by_itself
