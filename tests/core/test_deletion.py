"""Taking a name off the admission register (2024 Regulations reg 9)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.closures import Closure, ClosureKind
from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.roll.deletion import DeletionAllowed, DeletionRefused, check_deletion
from allpresent.core.roll.deletion_case import Deletion, JointEnquiry, Worker
from allpresent.core.roll.grounds import NeedKind, grounds_for
from tests.core.calendars import calendar_2026_27
from tests.core.case_data import cases

CALENDAR = calendar_2026_27()
LEAVER, LEAVING_DATE = date(2011, 3, 3), date(2027, 6, 25)
READY = {
    NeedKind.YES: True,
    NeedKind.NO: False,
    NeedKind.DATE: date(2027, 5, 28),
    NeedKind.TEXT: "Known from the parent's letter.",
    NeedKind.JOINT: JointEnquiry(date(2027, 6, 14), date(2027, 6, 16)),
}
LISTED = grounds_for(LEAVER, LEAVING_DATE).grounds
ANSWERED = [(ground, need) for ground in LISTED for need in ground.needs if need.kind is not NeedKind.COMPUTED]


def marks(on, code, **exceptions):
    """Every session before `on` with one code, save the exceptions by half and day."""
    return [
        (session, exceptions.get(session.half.value, {}).get(session.day.isoformat(), code))
        for session in CALENDAR.sessions_between(date.min, on - timedelta(days=1))
    ]


def deletion(case):
    answers = dict(case.get("answers", {}))
    if "enquiry" in answers:
        answers["enquiry"] = JointEnquiry(*map(answers["enquiry"].get, ("school_on", "authority_on")))
    return Deletion(
        ground=case["ground"],
        born=case["born"],
        on=case["on"],
        entered_on=case.get("entered_on", case["on"]),
        calendar=CALENDAR,
        answers=answers,
        workers=[Worker(worker["role"], worker.get("told_on")) for worker in case.get("workers", [])],
        last_entry=case.get("last_entry"),
        marks=marks(case["on"], **case["run"]) if "run" in case else (),
    )


def outcome_of(case):
    """The regulation recorded, or the keys of everything in the way."""
    outcome = check_deletion(deletion(case))
    if isinstance(outcome, DeletionAllowed):
        return outcome.regulation
    return [problem.key for problem in outcome.problems]


def ready(ground, **changed):
    """A leaver's deletion on the leaving date, on which every ground but the answers changed is met."""
    answers = {need.key: READY[need.kind] for need in ground.needs if need.kind in READY} | changed
    return Deletion(
        ground=ground.letter,
        born=LEAVER,
        on=LEAVING_DATE,
        entered_on=LEAVING_DATE,
        calendar=CALENDAR,
        answers={key: answer for key, answer in answers.items() if answer is not None},
        marks=marks(LEAVING_DATE, "N"),
    )


@pytest.mark.clause("O-B-1.2")
@pytest.mark.parametrize("case", cases("deletion.toml", "deletions"))
def test_what_stands_in_the_way(case):
    assert outcome_of(case) == case.get("allowed", case.get("refused"))


@pytest.mark.clause("M-4.7f")
@pytest.mark.parametrize("case", cases("deletion.toml", "workers"))
def test_a_social_or_youth_justice_worker_is_told_first(case):
    assert outcome_of(case) == case.get("allowed", case.get("refused"))


@pytest.mark.clause("O-B-1.2")
@pytest.mark.parametrize("ground", LISTED, ids=lambda ground: ground.letter)
def test_every_ground_is_allowed_once_all_is_in_hand(ground):
    assert check_deletion(ready(ground)) == DeletionAllowed(f"9(1)({ground.letter})", ground)


@pytest.mark.clause("O-B-1.2")
@pytest.mark.parametrize(("ground", "need"), ANSWERED, ids=[f"{g.letter}-{n.key}" for g, n in ANSWERED])
def test_no_ground_is_allowed_with_one_need_unanswered_or_of_the_wrong_kind(ground, need):
    wrong_answers = (None, *(answer for kind, answer in READY.items() if kind is not need.kind))
    for wrong in wrong_answers:
        outcome = check_deletion(ready(ground, **{need.key: wrong}))
        assert isinstance(outcome, DeletionRefused), wrong
        assert need.question in next(p.message for p in outcome.problems if p.key == need.key)


def test_the_list_is_a_to_o_and_says_what_is_unconfirmed():
    assert "".join(ground.letter for ground in LISTED) == "abcdefghijklmno"
    assert {ground.letter for ground in LISTED if ground.unconfirmed} == set("ghijlo")
    other = grounds_for(date(2022, 5, 5), date(2026, 11, 16))
    assert other.regulation == "9(3)"
    assert all(ground.unconfirmed for ground in other.grounds)
    assert all("SI 2024/208" in ground.source for ground in LISTED)


@given(st.dates(date(2005, 1, 1), date(2023, 12, 31)), st.dates(date(2024, 8, 19), date(2040, 1, 1)))
def test_the_list_follows_age_on_the_deletion_day(born, on):
    assert grounds_for(born, on).for_compulsory_age == is_compulsory_age(born, on)


def test_before_19_august_2024_other_regulations_held():
    with pytest.raises(ValueError, match="known from 19 August 2024"):
        grounds_for(date(2016, 5, 5), date(2024, 8, 18))


def test_messages_say_what_is_wrong_and_how_to_mend_it():
    late = {"leave_ended_on": date(2027, 6, 18), "returned": False}
    ground = next(ground for ground in LISTED if ground.letter == "h")
    assert check_deletion(ready(ground, **late)).problems[0].message == (
        "The pupil may still return until the end of 2 July 2027, the tenth school day."
    )
    unmarked = Deletion("i", LEAVER, LEAVING_DATE, LEAVING_DATE, CALENDAR, marks=marks(date(2027, 6, 24), "O"))
    assert check_deletion(unmarked).problems[0].message == (
        "The afternoon of 24 June 2027 is without a mark. Every session of the 20 school days from "
        "21 May 2027 must be G, N or O."
    )


def test_a_day_unexpectedly_closed_neither_counts_nor_breaks_the_run_of_ground_i():
    snow = date(2026, 11, 10)
    calendar = calendar_2026_27(Closure(snow, snow, ClosureKind.UNEXPECTED, "Snow"))
    facts = {"unavoidable": False, "enquiry": JointEnquiry(date(2026, 11, 9), date(2026, 11, 9))}
    on = date(2026, 11, 16)
    mine = [(session, "Y4" if session.day == snow else "O") for session, _ in marks(on, "O")]
    start = Session(date(2026, 10, 9), Half.AM)
    assert calendar.previous_school_days(on, 20)[0] == start.day
    proposed = Deletion("i", date(2016, 5, 5), on, on, calendar, facts, marks=mine)
    assert isinstance(check_deletion(proposed), DeletionAllowed)
    ill = [(session, "I" if session == start else code) for session, code in mine]
    refused = check_deletion(Deletion("i", date(2016, 5, 5), on, on, calendar, facts, marks=ill))
    assert [problem.key for problem in refused.problems] == ["twenty_school_days"]


@given(st.sampled_from(LISTED), st.integers(1, 400))
def test_no_deletion_is_ever_retrospective(ground, days):
    late = replace(ready(ground), entered_on=LEAVING_DATE + timedelta(days=days))
    assert [problem.key for problem in check_deletion(late).problems] == ["on"]
