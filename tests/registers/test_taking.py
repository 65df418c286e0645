"""Taking a register over HTTP: what is kept, what is refused, and that refusing keeps nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.schools.actions import add_closure
from allpresent.schools.models import Closure
from tests import world
from tests.registers.pages import drawn, get, register_path, send, text

pytestmark = pytest.mark.django_db
DAY = "2026-09-15"


@pytest.fixture
def hillside(at):
    at(f"{DAY} 08:55")
    return world.a_school()


@pytest.fixture
def oak(hillside):
    return world.a_class(school=hillside, name="Oak", size=3)


@pytest.fixture
def teacher(client, hillside, oak):
    return world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside, groups=[oak[0]], name="Jo Bell"))


@pytest.fixture
def office(hillside):
    return world.sign_in(Client(), world.staff(role=Role.OFFICE, school=hillside, name="Sam Hart"))


def held(pupil, half: str = "AM", day: str = DAY) -> str:
    """The code in force, or '' for a blank."""
    return CurrentMark.objects.filter(pupil=pupil, day=day, half=half).values_list("code", flat=True).first() or ""


@pytest.mark.clause("M-3.3a", "O-B-27", "O-B-2.1", "M-4.1a")
def test_a_teacher_takes_both_registers_of_the_day(teacher, hillside, oak, at):
    group, (ann, bob, cat) = oak
    assert send(teacher, hillside, group, {ann: "/", bob: "N", cat: "/"}, day=DAY).status_code == 302
    at(f"{DAY} 13:15")
    assert send(teacher, hillside, group, {ann: "\\", bob: "\\", cat: "N"}, day=DAY, half="pm").status_code == 302
    assert [held(pupil) + held(pupil, "PM") for pupil in (ann, bob, cat)] == ["/\\", "N\\", "/N"]
    assert [*Submission.objects.order_by("half").values_list("half", "by_name")] == [
        ("AM", "Jo Bell"),
        ("PM", "Jo Bell"),
    ]
    assert "by Jo Bell" in text(get(teacher, hillside, register_path(group, DAY)))


def test_a_register_saved_in_part_keeps_its_blanks_blank(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    send(teacher, hillside, group, {ann: "/"}, day=DAY)
    assert [held(pupil) for pupil in (ann, bob, cat)] == ["/", "", ""]


def test_filling_marks_blanks_alone_and_never_what_was_planned(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    world.marks(ann, {DAY: "M-"})
    send(teacher, hillside, group, {bob: "N"}, day=DAY, fill="1")
    assert [held(pupil) for pupil in (ann, bob, cat)] == ["M", "N", "/"]


def test_filling_never_marks_a_pupil_who_joined_after_the_page_was_drawn(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    dan = world.a_pupil(in_group=group)
    assert send(teacher, hillside, group, {bob: "N"}, day=DAY, form=form, fill="1").status_code == 302
    assert [held(pupil) for pupil in (ann, bob, cat, dan)] == ["/", "N", "/", ""]


def test_a_closed_register_refuses_a_form_sent_by_hand(teacher, hillside, oak, at):
    group, (ann, bob, cat) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    send(teacher, hillside, group, {ann: "/", bob: "/", cat: "/"}, day=DAY, form=form)
    at(f"{DAY} 10:30")
    late = drawn(get(teacher, hillside, register_path(group, DAY)))
    answer = send(teacher, hillside, group, {ann: "N"}, day=DAY, form=late)
    assert answer.status_code == 409
    assert "the register has closed" in text(answer.content.decode())
    assert held(ann) == "/"
    assert RegisterEntry.objects.count() == 3
    assert Submission.objects.count() == 1


def test_a_request_from_another_site_is_refused(hillside, oak):
    group, (ann, *_) = oak
    strict = Client(enforce_csrf_checks=True)
    world.sign_in(strict, world.staff(role=Role.TEACHER, school=hillside, groups=[group]))
    form = drawn(get(strict, hillside, register_path(group, DAY)))
    answer = send(strict, hillside, group, {ann: "/"}, day=DAY, form=form)
    assert answer.status_code == 403
    assert "open too long to send" in text(answer.content.decode())
    assert held(ann) == ""


@pytest.mark.parametrize("code", ["/", "N", "L"])
def test_tomorrows_register_cannot_be_taken(teacher, office, hillside, oak, code):
    group, (ann, *_) = oak
    for client in (teacher, office):
        answer = send(client, hillside, group, {ann: code}, day="2026-09-16")
        assert answer.status_code == 409
    assert not RegisterEntry.objects.exists()
    assert not Submission.objects.exists()


def test_a_closed_day_refuses_a_form_sent_by_hand(teacher, hillside, oak):
    group, (ann, *_) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    add_closure(
        school=hillside, starts=date(2026, 9, 15), ends=date(2026, 9, 15), half=Half.AM, kind=Closure.Kind.STAFF_DAY,
        reason="Moderation", by=world.OFFICE, now=world.BEGINNING,
    )  # fmt: skip
    answer = send(teacher, hillside, group, {ann: "/"}, day=DAY, form=form)
    assert answer.status_code == 409
    assert "Moderation" in text(answer.content.decode())
    assert held(ann) == ""
    assert not Submission.objects.exists()


def test_the_second_of_two_is_told_with_both_marks_and_may_then_choose(teacher, office, hillside, oak):
    group, (ann, bob, _) = oak
    mine = drawn(get(teacher, hillside, register_path(group, DAY)))
    send(office, hillside, group, {ann: "N"}, day=DAY)
    answer = send(teacher, hillside, group, {ann: "/", bob: "/"}, day=DAY, form=mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "N is in the register, and you chose /" in text(page)
    assert (held(ann), held(bob)) == ("N", "")
    again = send(teacher, hillside, group, {ann: "/", bob: "/"}, day=DAY, form=drawn(page))
    assert again.status_code == 302
    assert (held(ann), held(bob)) == ("/", "/")
    assert [*RegisterEntry.objects.filter(pupil=ann).order_by("version").values_list("code", flat=True)] == ["N", "/"]


def test_the_same_sending_twice_changes_nothing(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    for _ in range(2):
        answer = send(teacher, hillside, group, {ann: "/", bob: "N", cat: "L"}, day=DAY, form=form)
        assert answer.status_code == 302
    assert RegisterEntry.objects.count() == 3
    assert Submission.objects.count() == 1


def test_a_repeat_whose_answer_was_lost_drops_no_mark_made_since(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    send(teacher, hillside, group, {ann: "/", bob: "/"}, day=DAY, form=form)
    send(teacher, hillside, group, {ann: "/", bob: "/", cat: "N"}, day=DAY, form=form)
    assert held(cat) == "N"
    assert Submission.objects.count() == 2


def test_a_key_of_another_register_is_refused_in_words(teacher, hillside, oak, at):
    group, (ann, *_) = oak
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    send(teacher, hillside, group, {ann: "/"}, day=DAY, form=form)
    at(f"{DAY} 13:15")
    answer = send(teacher, hillside, group, {ann: "\\"}, day=DAY, half="pm", form=form)
    assert answer.status_code == 400
    assert "Load this one again" in text(answer.content.decode())
    assert held(ann, "PM") == ""


def test_the_script_is_answered_with_what_it_needs_to_go_on(teacher, hillside, oak):
    group, (ann, bob, cat) = oak
    answer = send(teacher, hillside, group, {ann: "/", bob: "N"}, day=DAY)
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    chosen = form | {f"mark-{cat.id}": "/"}
    answer = teacher.post(
        f"/{hillside.slug}/{register_path(group, DAY)}", chosen, headers={"Accept": "application/json"}
    )
    said = answer.json()
    assert held(cat) == "/"
    assert said["blanks"] == 0
    assert said["seen"] == f"{ann.id}:1,{bob.id}:1,{cat.id}:1"
    assert said["saved"] == "Saved at 8:55 by Jo Bell"


def test_without_scripts_a_pressed_mark_wins_over_the_code_that_the_box_still_holds(office, hillside, oak):
    group, (ann, *_) = oak
    world.marks(ann, {DAY: "I-"})
    form = drawn(get(office, hillside, register_path(group, DAY)))
    send(office, hillside, group, {ann: "/"}, day=DAY, form=form, **{f"code-{ann.id}": "I"})
    assert held(ann) == "/"


def test_a_register_nobody_took_stays_overdue_and_can_be_taken_days_later(teacher, hillside, oak, at):
    group, (ann, bob, cat) = oak
    at("2026-09-17 09:10")
    page = text(get(teacher, hillside, register_path(group, DAY)))
    assert "Not taken: it was due by 9:20" in page
    assert send(teacher, hillside, group, {ann: "/", bob: "N", cat: "L"}, day=DAY).status_code == 302
    assert [held(pupil) for pupil in (ann, bob, cat)] == ["/", "N", "L"]
    page = text(get(teacher, hillside, register_path(group, DAY)))
    assert "Saved on 17 September 2026 at 9:10 by Jo Bell" in page


def test_another_groups_register_does_not_exist_for_a_class_teacher(teacher, hillside):
    other, (dan, *_) = world.a_class(school=hillside)
    get(teacher, hillside, register_path(other, DAY), status=404)
    answer = teacher.post(f"/{hillside.slug}/{register_path(other, DAY)}", {"key": "k" * 20, f"mark-{dan.id}": "/"})
    assert answer.status_code == 404
    assert held(dan) == ""


def test_a_pupil_of_another_group_cannot_be_slipped_in(teacher, hillside, oak):
    group, (ann, *_) = oak
    _, (dan, *_) = world.a_class(school=hillside)
    form = drawn(get(teacher, hillside, register_path(group, DAY)))
    form["seen"] += f",{dan.id}:0"
    assert send(teacher, hillside, group, {ann: "/", dan: "/"}, day=DAY, form=form).status_code == 409
    assert (held(ann), held(dan)) == ("", "")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"key": "short"},
        {"key": "k" * 20, "seen": "1:x"},
        {"key": "k" * 20, "seen": "7"},
        {"key": "k" * 20 + "\x00"},
        {"key": "k" * 20, "detail-1": "dentist\x00"},
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused_in_words(teacher, hillside, oak, form):
    group, (ann, *_) = oak
    answer = teacher.post(f"/{hillside.slug}/{register_path(group, DAY)}", form | {f"mark-{ann.id}": "/"})
    assert answer.status_code == 400
    assert "Load the register again" in text(answer.content.decode())
    assert held(ann) == ""


HOSTILE = "<script>alert('x')</script>\"'&{{7*7}}"


def test_hostile_text_is_shown_as_it_is_and_never_run(office, hillside):
    group = world.a_group(school=hillside, name="Elm")
    eve = world.a_pupil(in_group=group, surname=HOSTILE, forename=HOSTILE)
    world.a_contact(of=eve, restriction=HOSTILE)
    form = drawn(get(office, hillside, register_path(group, DAY)))
    extra = {f"code-{eve.id}": "I", f"detail-{eve.id}": HOSTILE}
    assert send(office, hillside, group, {}, day=DAY, form=form, **extra).status_code == 302
    for path in (register_path(group, DAY), f"registers/elm/week/{DAY}/", f"registers/elm/term/{DAY}/",
                 f"marks/{eve.id}/{DAY}/am/", f"pupils/{eve.id}/plan/"):  # fmt: skip
        page = get(office, hillside, path)
        assert "<script>alert" not in page
        assert re.search(r"&lt;script&gt;alert", page)
        assert "{{7*7}}" in page
