"""The board: who is on it, in what order, and what it costs."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.accounts.staff import staff_on
from allpresent.calls import queries
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.response import Result, State
from allpresent.people.models import Characteristic, Placement, Professional
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from allpresent.shared import clock
from tests import world
from tests.absences.saying import says
from tests.calls.morning import TUESDAY, kept, missing, send, the_board

pytestmark = pytest.mark.django_db
MOST_BESIDE_THE_DAY = 4
"""Queries of a board beyond the registers, messages and returns that Today has loaded already."""


@pytest.fixture
def school(at):
    at("2026-09-15 09:30")
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def group(school):
    group = world.a_group(school=school, name="4B")
    send(group)
    return group


def names(rows) -> list[str]:
    return [row.pupil.surname for row in rows]


@pytest.mark.clause("O-A-3")
def test_the_most_at_risk_come_first_then_the_longest_unexplained(school, group):
    plain = missing(group, surname="Adeyemi")
    long = missing(group, surname="Bright")
    world.marks(long, {"2026-09-11": "NN", "2026-09-14": "NN"})
    plan, care, guarded = (missing(group, surname=name) for name in ("Cole", "Dunn", "Eze"))
    for pupil, kind in ((plan, "ehc_plan"), (care, "looked_after"), (guarded, "child_protection")):
        Characteristic.objects.create(pupil=pupil, kind=kind, begins=date(2026, 9, 1))
    back = missing(group, surname="Ford")
    says(back, "chickenpox", day=date(2026, 9, 8), back=date(2026, 9, 14))
    board = the_board(school)
    assert names(board.rows) == ["Eze", "Dunn", "Cole", "Ford", "Bright", "Adeyemi"]
    assert board.of(long.id).missing.day_number == 3
    assert board.of(plain.id).missing.day_number == 1


def test_before_the_register_closes_the_call_is_not_due_and_says_from_when(at, school, group):
    missing(group, surname="Adeyemi")
    at("2026-09-15 09:05")
    board = the_board(school)
    assert (names(board.rows), names(board.later)) == ([], ["Adeyemi"])
    assert clock.LONDON.fromutc(board.next_at.replace(tzinfo=clock.LONDON)).strftime("%H:%M") == "09:20"


def test_a_blank_is_missing_once_the_register_is_in(school):
    waiting, done = world.a_group(school=school, name="5A"), world.a_group(school=school, name="5B")
    world.a_pupil(in_group=waiting, surname="Blank")
    world.a_pupil(in_group=done, surname="Missed")
    send(done)
    assert names(the_board(school).all) == ["Missed"]


@pytest.mark.clause("M-4.7b")
def test_a_message_that_gives_a_reason_ends_the_calls_and_one_that_gives_none_does_not(school, group):
    told, unsaid, late = (missing(group, surname=name) for name in ("Told", "Unsaid", "Late"))
    says(told, "a fever", day=TUESDAY)
    says(unsaid, "he is not coming", day=TUESDAY, reason="no reason given")
    says(late, "missed the bus", day=TUESDAY, about="lateness", reason="")
    board = the_board(school)
    assert names(board.ended) == ["Told"]
    assert sorted(names(board.rows)) == ["Late", "Unsaid"]
    assert board.of(late.id).notices


@pytest.mark.clause("M-3.5a")
def test_the_word_of_an_adult_with_a_restriction_ends_no_call(school, group):
    pupil = missing(group, surname="Bright")
    link = world.a_contact(of=pupil, name="Paul Bright", restriction="no contact, court order")
    says(pupil, "a fever", day=TUESDAY, contact_id=link.id)
    (row,) = the_board(school).rows
    assert row.notices[0].restriction == "no contact, court order"


def test_a_pupil_who_came_in_the_afternoon_is_here(at, school, group):
    missing(group, "N/", surname="Adeyemi")
    at("2026-09-15 13:50")
    send(group, half=Half.PM)
    (row,) = the_board(school).ended
    assert row.missing.here


def test_an_amended_mark_takes_the_pupil_off(school, group):
    pupil = missing(group, surname="Adeyemi")
    world.marks(pupil, {"2026-09-15": "I-"})
    assert the_board(school).all == ()


@pytest.mark.clause("O-A-3")
def test_an_o_entered_with_the_register_is_asked_after_and_one_decided_with_its_reason_is_not(school, group):
    missing(group, "O-", surname="Adeyemi")
    decided = missing(group, surname="Bright")
    world.marks(decided, {"2026-09-15": "O-"})
    assert names(the_board(school).all) == ["Adeyemi"]


@pytest.mark.clause("M-4.7c")
def test_a_try_of_the_morning_moves_the_row_on(school, group):
    pupil = missing(group, surname="Adeyemi")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    assert the_board(school).of(pupil.id).next.key == "parent"
    kept(pupil)
    row = the_board(school).of(pupil.id)
    assert row.steps[0].state is State.TRIED
    assert [line.result for line in row.tries] == ["no answer"]
    assert row.next.key == "decide-police"


def test_a_try_about_leaving_the_site_is_no_step_of_an_absence(school, group):
    pupil = missing(group, surname="Adeyemi")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    kept(pupil, about="left site")
    assert the_board(school).of(pupil.id).next.key == "parent"
    (line,) = queries.tries_of([pupil.id], TUESDAY, TUESDAY)[pupil.id]
    assert line.about == "left site"


def test_another_school_s_absences_are_not_on_the_board(school, group):
    missing(group, surname="Adeyemi")
    other = world.a_school()
    theirs = world.a_group(school=other)
    missing(theirs, surname="Zeta")
    send(theirs)
    assert names(the_board(school).all) == ["Adeyemi"]


@pytest.mark.parametrize("size", [1, 40])
def test_the_board_asks_as_often_for_one_missing_as_for_forty(school, group, size):
    for number in range(size):
        pupil = missing(group, surname=f"Ashby{number}")
        world.a_contact(of=pupil)
        Professional.objects.create(pupil=pupil, kind="social_worker", name="Ines Faro", begins=date(2026, 9, 1))
        Placement.objects.create(pupil=pupil, kind="school", commissioner="Hill School", begins=date(2026, 9, 1))
    user = world.staff(role=Role.OFFICE, school=school)
    facts = queries.day_facts(school, staff_on(user.id, user.name, TUESDAY), now=clock.now())
    with CaptureQueriesContext(connection) as asked:
        board = queries.board_of(facts, now=clock.now())
    assert len(board.rows) == size
    assert len(asked) <= MOST_BESIDE_THE_DAY
    assert {person.party for person in board.rows[0].missing.people} == {"parent", "social-worker", "commissioner"}


@pytest.mark.clause("O-A-3")
def test_an_afternoon_entered_ahead_says_nothing_of_a_child_missing_in_the_morning(school, group):
    pupil = world.a_pupil(in_group=group, surname="Adeyemi")
    world.marks(pupil, {"2026-09-15": "N-"})
    ahead = NewEntry(pupil.id, Session(TUESDAY, Half.PM), 1, "B", Source.PLANNED, detail="Hill Farm")
    with transaction.atomic():
        enter(school.id, [ahead], by=world.OFFICE, at=clock.now())
    assert names(the_board(school).rows) == ["Adeyemi"]


@pytest.mark.clause("O-B-12.2")
def test_a_reason_kept_about_the_wrong_child_and_corrected_brings_the_calls_back(school, group):
    pupil, other = missing(group, surname="Adeyemi"), missing(group, surname="Bright")
    kept(pupil, result=Result.EXPLAINED, says="a fever")
    wrong = says(pupil, "a fever", day=TUESDAY, reason="illness")
    assert names(the_board(school).ended) == ["Adeyemi"]
    says(other, "a fever", day=TUESDAY, reason="illness", replaces=wrong)
    board = the_board(school)
    assert (names(board.rows), names(board.ended)) == (["Adeyemi"], ["Bright"])


@pytest.mark.parametrize(
    ("appointment", "codes", "halves"),
    [
        (time(9, 30), "NN", [Half.PM]),
        (time(9, 30), "-N", [Half.PM]),
        (time(14), "NN", []),
        (time(14), "N-", []),
    ],
)
def test_an_appointment_of_the_morning_does_not_explain_the_afternoon(at, school, group, appointment, codes, halves):
    pupil = missing(group, codes, surname="Adeyemi")
    says(pupil, "dentist", day=TUESDAY, about="appointment", reason="appointment", appointment_at=appointment)
    at("2026-09-15 14:30")
    assert [half for row in the_board(school).rows for half in row.halves] == halves
    assert the_board(school).of(pupil.id)
