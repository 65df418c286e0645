"""A decision, its marks and its letters are one act; marks that are there keep their place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.leave.deciding import Outcome
from allpresent.leave import queries
from allpresent.leave.actions import withdraw_leave
from allpresent.leave.models import Decision
from allpresent.messages.models import Message
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.registers.queries import planned_ahead, sheet_row
from allpresent.registers.queries.sheets import held_mark
from allpresent.shared.problems import Refused
from tests import world
from tests.leave.asking import HEAD, NOW, OFFICE, a_request, answer, decide, key, on_roll, read, span, weighed

pytestmark = pytest.mark.django_db
DAYS = span("2026-10-12", "2026-10-14")


@pytest.fixture
def child():
    return world.a_pupil(in_group=world.a_group(school=world.a_school()), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def mother(child):
    link = world.a_contact(of=child, name="Grace Adeyemi")
    link.contact.email = "grace@example.org"
    link.contact.save()
    return link


@pytest.fixture
def line(child, mother):
    return weighed(child, a_request(child, DAYS, by=mother))


def codes(pupil) -> dict[str, str]:
    rows = CurrentMark.objects.filter(pupil=pupil).order_by("day", "half")
    return {f"{row.day} {row.half}": row.code for row in rows}


@pytest.mark.clause("M-5.1b", "O-B-6.1")
def test_granted_leave_stands_in_the_register_and_in_a_letter(child, line):
    result = decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert [len(result.planned), result.kept, result.unwritten] == [6, (), ()]
    assert set(codes(child).values()) == {"C"}
    letter = Message.objects.get()
    assert letter.to_name == "Grace Adeyemi"
    assert "Mon 12 Oct to Wed 14 Oct" in letter.body
    assert "Thursday 15 October 2026" in letter.body
    kept = Decision.objects.get()
    assert (kept.by_name, kept.by_position, kept.reasons) == ("Ruth Hale", "Principal", "A close relative died.")
    entry = RegisterEntry.objects.first()
    assert "leave given Mon 12 Oct to Wed 14 Oct by Principal" in entry.detail


@pytest.mark.clause("M-5.1b", "O-B-6.4.2")
def test_the_school_sets_the_length(child, line):
    decide(child, line, answer(Outcome.SHORTER, span("2026-10-12")))
    assert codes(child) == {"2026-10-12 AM": "C", "2026-10-12 PM": "C"}
    assert "and not for the other days" in Message.objects.get().body


def test_refused_leave_is_a_record_that_marks_nothing(child, line):
    decide(child, line, answer(Outcome.REFUSED, reasons="A holiday can be in half-term."))
    assert codes(child) == {}
    assert "A holiday can be in half-term." in Message.objects.get().body
    (told,) = queries.leave_on([child.id], date(2026, 10, 13), date(2026, 10, 13))[child.id]
    assert (told.outcome, told.asked, told.given) == (Outcome.REFUSED, DAYS, None)


def test_a_session_that_holds_a_mark_keeps_it_and_is_told(child, line):
    world.marks(child, {"2026-10-13": "M-"})
    result = decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert result.kept == (Session(date(2026, 10, 13), Half.AM),)
    assert codes(child)["2026-10-13 AM"] == "M"


@pytest.mark.clause("O-B-6.4.2", "O-B-6.4.4")
def test_nobody_is_answered_while_something_is_owed(child, mother):
    line = a_request(child, DAYS, by=mother)
    for outcome in Outcome:
        result = decide(child, line, answer(outcome, DAYS if outcome is Outcome.GRANTED else span("2026-10-12")))
        assert isinstance(result, Refused)
    assert not Decision.objects.exists()
    assert not Message.objects.exists()


def test_leave_is_never_given_after_the_event(child, line):
    begun = datetime(2026, 10, 12, 8, 30, tzinfo=UTC)
    assert isinstance(decide(child, line, answer(Outcome.GRANTED, DAYS), now=begun), Refused)
    rest = decide(child, line, answer(Outcome.SHORTER, span("2026-10-13", "2026-10-14")), now=begun)
    assert len(rest.planned) == 4


def test_the_question_of_the_ground_is_answered_before_leave_is_given(child, mother):
    line = weighed(child, a_request(child, DAYS, by=mother, ground="regulated-performance"))
    result = decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert [problem.field for problem in result.problems] == ["licence"]
    refused = decide(child, line, answer(Outcome.REFUSED))
    assert refused.decision.outcome == Outcome.REFUSED


def test_of_two_deciders_the_second_is_told_and_a_repeat_changes_nothing(child, line):
    sent = key()
    first = decide(child, line, answer(Outcome.GRANTED, DAYS), sent=sent)
    again = decide(child, line, answer(Outcome.GRANTED, DAYS), sent=sent)
    assert again.decision == first.decision
    second = decide(child, line, answer(Outcome.REFUSED))
    assert "A colleague has decided this request already" in second.problems[0].message
    assert [Decision.objects.count(), Message.objects.count(), RegisterEntry.objects.count()] == [1, 1, 6]


def test_nobody_restricted_is_ever_written_to(child, line):
    barred = world.a_contact(of=child, name="Dan Adeyemi", restriction="No contact, by court order", calling_order=2)
    barred.contact.email = "dan@example.org"
    barred.contact.save()
    decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert [message.to_name for message in Message.objects.all()] == ["Grace Adeyemi"]


def test_a_parent_without_an_address_is_named_and_the_decision_stands(child, mother, line):
    mother.contact.email = ""
    mother.contact.save()
    result = decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert result.unwritten == ("Grace Adeyemi",)
    assert Decision.objects.count() == 1


def test_leave_taken_back_gives_back_the_sessions_still_to_come(child, line):
    decide(child, line, answer(Outcome.GRANTED, DAYS))
    now = datetime(2026, 10, 12, 11, 30, tzinfo=UTC)
    withdraw_leave(
        school=child.school, pupil=on_roll(child), line=read(child, line.id), told_by="Grace Adeyemi",
        why="It was put off", key=key(), by=OFFICE, now=now,
    )  # fmt: skip
    assert [code for code in codes(child).values() if code] == ["C"]
    assert [session for session, _, _ in planned_ahead(child.id, date(2026, 10, 1))] == [
        Session(date(2026, 10, 12), Half.AM)
    ]
    later = Session(date(2026, 10, 13), Half.AM)
    row = sheet_row(on_roll(child), later, held_mark(child.id, later))
    assert (row.code, row.version, row.locked, row.wants_a_mark) == (None, 2, False, True)
    assert queries.leave_on([child.id], date(2026, 10, 12), date(2026, 10, 14)) == {}


def test_taken_back_while_somebody_was_deciding_no_mark_stays(child, line):
    decide(child, line, answer(Outcome.GRANTED, DAYS))
    told = {"told_by": "Grace Adeyemi", "why": "", "by": OFFICE, "now": NOW}
    withdraw_leave(school=child.school, pupil=on_roll(child), line=line, key=key(), **told)
    assert set(codes(child).values()) == {""}


def test_decided_while_somebody_took_it_back_nothing_is_entered(child, line):
    told = {"told_by": "Grace Adeyemi", "why": "", "by": OFFICE, "now": NOW}
    withdraw_leave(school=child.school, pupil=on_roll(child), line=line, key=key(), **told)
    late = decide(child, line, answer(Outcome.GRANTED, DAYS))
    assert "taken back" in late.problems[0].message
    assert [codes(child), Decision.objects.count(), Message.objects.count()] == [{}, 0, 0]


def test_given_back_and_given_again(child, mother, line):
    decide(child, line, answer(Outcome.GRANTED, DAYS))
    told = {"told_by": "Grace Adeyemi", "why": "", "by": OFFICE, "now": NOW}
    withdraw_leave(school=child.school, pupil=on_roll(child), line=read(child, line.id), key=key(), **told)
    again = weighed(child, a_request(child, DAYS, by=mother))
    assert len(decide(child, again, answer(Outcome.GRANTED, DAYS), by=HEAD).planned) == 6
    assert set(codes(child).values()) == {"C"}
