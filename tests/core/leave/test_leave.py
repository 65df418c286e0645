"""Grounds, needs, notice and days past the leave."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.leave.asking import AskedFacts, Asker, needs
from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Answer, Outcome, Span, decision_faults
from allpresent.core.leave.grounds import ground_rule, ground_rules, offers
from allpresent.core.leave.notice import end_of, latest_day_before
from allpresent.core.leave.overrun import NOT_EXPLAINED, overrun
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.values import parse_span
from tests.core.calendars import calendar_2026_27
from tests.core.case_data import cases
from tests.core.policy.policy_files import CLEAN, policy_from, policy_of

CALENDAR = calendar_2026_27()
CODES = code_set_on(date(2026, 10, 1))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def facts_of(case, policy) -> AskedFacts:
    first = case["first"]
    return AskedFacts(
        asked_at=noon(case["asked_on"]),
        asked_on=case["asked_on"],
        begins_at=datetime.combine(first, time(8), UTC),
        latest_ask=latest_day_before(first, policy.content.leave.ahead, CALENDAR),
        asker=Asker[case.get("asker", "LIVED_WITH")],
        compulsory_throughout=True,
        over_age=case.get("over_age", False),
        circumstances=frozenset(map(Circumstance, case.get("circumstances", ()))),
        heard=frozenset(case.get("heard", ())),
        finding=Finding[case["finding"]] if "finding" in case else None,
    )


@pytest.mark.clause("M-5.1d", "O-B-6.4.2", "O-B-6.4.4", "O-B-6.4.5")
@pytest.mark.parametrize("case", cases("leave.toml", "needs"))
def test_what_a_request_needs(case):
    policy = policy_of(case["policy"])
    rule = ground_rule(case.get("ground", "exceptional-circumstances"))
    found = {need.key: need for need in needs(policy, rule, facts_of(case, policy), now=noon(case["asked_on"]))}
    assert {key: found[key].state.value for key in case["expect"]} == case["expect"]
    assert not set(case.get("absent", ())) & set(found)
    assert all(need.clauses for need in found.values())


@pytest.mark.clause("O-B-12.3.8")
@pytest.mark.parametrize("case", cases("leave.toml", "overrun"))
def test_days_past_the_leave(case):
    due = CALENDAR.sessions_between(date(2026, 10, 5), date(2026, 10, 9))
    marks = {session: code for session, code in zip(due, case["marks"].split(), strict=False) if code != "-"}
    found = overrun(policy_of(case["policy"]), case["ground"], due[: len(case["marks"].split())], marks, CODES)
    assert (len(found.sessions) if found else 0) == case["sessions"]
    if found:
        assert found.proposal.code == case["code"]
        assert found.proposal.clauses


@given(st.lists(st.sampled_from(["N", "G", "O", "/", "I", "", "C"]), max_size=8))
def test_only_days_without_another_reason_are_raised_and_none_after_the_return(codes):
    due = CALENDAR.sessions_between(date(2026, 10, 5), date(2026, 10, 9))[: len(codes)]
    marks = {session: code for session, code in zip(due, codes, strict=True) if code}
    found = overrun(policy_of("ogbourne"), "holiday", due, marks, CODES)
    raised = found.sessions if found else ()
    assert all(marks[session] in NOT_EXPLAINED for session in raised)
    ends = next((session for session in due if marks.get(session) in ("/", "I", "C")), None)
    assert all(ends is None or session < ends for session in raised)


@pytest.mark.clause("M-5.1a", "O-B-6.1")
@pytest.mark.parametrize(
    ("body", "has", "lacks"),
    [("ogbourne", {"M", "C1", "J1", "S", "C2", "C"}, set()), ("magnum-opus", {"C1", "J1", "S", "C2", "C"}, {"M"})],
)
def test_the_grounds_are_the_policys_and_x_is_never_one(body, has, lacks):
    offered = {offer.rule.code for offer in offers(policy_of(body))}
    assert offered == has
    assert not offered & (lacks | {"X"})
    assert "X" not in {rule.code for rule in ground_rules().values()}


@pytest.mark.clause("M-5.1c", "O-B-6.4.2")
@pytest.mark.parametrize("body", ["ogbourne", "magnum-opus"])
def test_a_holiday_is_weighed_as_exceptional_circumstances_in_the_policys_words(body):
    policy = policy_of(body)
    holiday = next(offer for offer in offers(policy) if offer.rule.id == "holiday")
    assert (holiday.rule.weighed_as, holiday.rule.code) == ("exceptional-circumstances", "C")
    assert holiday.note == policy.content.leave.holiday
    assert holiday.clauses == {"ogbourne": ("O-B-6.4.2",), "magnum-opus": ("M-5.1c",)}[body]


@pytest.mark.clause("O-B-6.5.3.1")
def test_further_days_of_observance_come_by_leave_where_the_policy_says_so():
    further = next(offer for offer in offers(policy_of("ogbourne")) if offer.rule.id == "religious-observance")
    assert (further.rule.code, further.clauses) == ("C", ("O-B-6.5.3.1",))


def test_a_policy_of_another_school_needs_no_more_than_the_law():
    policy = policy_from(CLEAN)
    assert offers(policy)
    facts = AskedFacts(
        noon(date(2026, 9, 1)), date(2026, 9, 1), noon(date(2026, 9, 28)), None, Asker.LIVED_WITH, True, False
    )
    assert all(need.clauses for need in needs(policy, ground_rule("interview"), facts, now=noon(date(2026, 9, 1))))


@pytest.mark.parametrize(
    ("span", "latest"),
    [
        ("2 weeks", date(2026, 10, 19)),
        ("10 days", date(2026, 10, 23)),
        ("1 month", date(2026, 10, 2)),
        ("5 school days", date(2026, 10, 19)),
        ("500 school days", None),
        ("1 term", None),
    ],
)
def test_the_last_day_on_which_notice_was_kept(span, latest):
    assert latest_day_before(date(2026, 11, 2), parse_span(span), CALENDAR) == latest


@given(
    st.dates(date(2026, 9, 1), date(2027, 7, 1)), st.integers(1, 30), st.sampled_from(["days", "weeks", "school days"])
)
def test_notice_and_length_count_alike(day, number, unit):
    span = parse_span(f"{number} {unit}")
    last = end_of(day, span, CALENDAR)
    assert last is None or last >= day or unit == "school days"
    before = latest_day_before(day, span, CALENDAR)
    assert before is None or before < day
    if unit != "school days":
        assert last - day == day - before - timedelta(days=1)


ASKED = Span(Session(date(2026, 10, 12), Half.AM), Session(date(2026, 10, 14), Half.PM))
HALVES = st.sampled_from(list(Half))
DAYS = st.dates(date(2026, 10, 10), date(2026, 10, 16))


@given(
    st.builds(Session, DAYS, HALVES),
    st.builds(Session, DAYS, HALVES),
    st.one_of(st.none(), st.builds(Session, DAYS, HALVES)),
)
def test_leave_for_fewer_days_lies_within_those_asked_for_and_is_still_to_come(first, last, begun):
    answer = Answer(Outcome.SHORTER, Span(first, last), "Reasons", {"exceptional": "yes"})
    faults = tuple(decision_faults(ASKED, answer, ground_rule("exceptional-circumstances"), (), begun))
    if not faults:
        assert ASKED.first <= first <= last <= ASKED.last
        assert (first, last) != ASKED
        assert begun is None or begun < first


def test_reasons_are_always_given():
    answer = Answer(Outcome.REFUSED, None, " ", {})
    faults = tuple(decision_faults(ASKED, answer, ground_rule("holiday"), (), None))
    assert [fault.field for fault in faults] == ["reasons"]
