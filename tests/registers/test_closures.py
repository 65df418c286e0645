"""Recording a closure: what it does to the calendar, and what to the register."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.codes import code_set_on
from allpresent.core.register.closure import closure_table
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.schools.models import Closure
from allpresent.shared.models import Event
from tests import world

pytestmark = pytest.mark.django_db
GIVEN = {"kind": "unexpected", "starts": "15/9/2026", "ends": "15/9/2026", "half": "", "reason": "burst pipe"}


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupils(school):
    return world.a_class(school=school, size=3)[1]


@pytest.fixture
def officer(client, school):
    return world.sign_in(client, world.staff(role=Role.ATTENDANCE_OFFICER, school=school))


def send(client, school, **given):
    return client.post(f"/{school.slug}/calendar/closure/", GIVEN | given)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.clause("O-B-3.1.1")  # in school when the register was taken: leaving later undoes nothing
def test_an_unexpected_closure_marks_everybody_due_and_keeps_who_had_come(at, officer, school, pupils):
    here, ill, _ = pupils
    world.marks(here, {"2026-09-15": "/-"})
    world.marks(ill, {"2026-09-15": "I-"})
    at("2026-09-15 10:00")
    answer = send(officer, school)
    assert answer.url == f"/{school.slug}/calendar/"
    held = CurrentMark.objects.order_by("pupil_id", "half").values_list("code", flat=True)
    assert list(held) == ["/", "Y4", "Y4", "Y4", "Y4", "Y4"]
    assert "burst pipe" in text(officer.get(answer.url))
    assert Event.objects.filter(kind="school closed unexpectedly").count() == 1


def test_half_a_day(at, officer, school, pupils):
    at("2026-09-15 12:00")
    send(officer, school, half="PM")
    assert set(CurrentMark.objects.values_list("half", "code")) == {("PM", "Y4")}


def test_a_planned_closure_marks_nobody(at, officer, school, pupils):
    at("2026-09-01 10:00")
    send(officer, school, kind="planned", reason="training")
    assert Closure.objects.get().reason == "training"
    assert not RegisterEntry.objects.exists()


def test_a_day_that_happened_cannot_be_planned_away(at, officer, school, pupils):
    world.marks(pupils[0], {"2026-09-15": "/\\"})
    at("2026-09-16 10:00")
    answer = send(officer, school, kind="planned")
    assert answer.status_code == 422
    assert "already has marks in the register" in text(answer)
    assert not Closure.objects.exists()


@pytest.mark.parametrize(
    ("given", "says", "field"),
    [
        ({"kind": ""}, "Choose planned, staff day or unexpected", "kind"),
        ({"starts": ""}, "Give the first day closed", "starts"),
        ({"starts": "soon"}, "Give the first day closed as 15/9/2026", "starts"),
        ({"ends": "14/9/2026"}, "The closure ends before it starts", "ends"),
        ({"reason": ""}, "Say why the school is closed", "reason"),
        ({"starts": "19/9/2026", "ends": "20/9/2026"}, "The school does not meet then", "starts"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(at, officer, school, pupils, given, says, field):
    at("2026-09-15 10:00")
    answer = send(officer, school, **given)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'href="#id_{field}"' in text(answer)
    assert "<title>Error: Record a closure" in text(answer)
    assert not Closure.objects.exists()


def test_closing_twice_marks_once(at, officer, school, pupils):
    at("2026-09-15 10:00")
    send(officer, school)
    answer = send(officer, school)
    assert answer.status_code == 422
    assert RegisterEntry.objects.count() == 6


def test_a_closed_register_says_why_and_cannot_be_taken(at, client, school, pupils):
    world.a_closure(school=school, day=date(2026, 9, 15))
    group = school.groups.get()
    at("2026-09-15 08:55")
    teacher = world.sign_in(client, world.staff(role=Role.TEACHER, school=school, groups=[group]))
    page = f"/{school.slug}/registers/{group.slug}/2026-09-15/am/"
    shown = text(teacher.get(page))
    assert "was closed for this session: burst pipe" in shown
    assert "Save register" not in shown
    sent = teacher.post(page, {"key": "k" * 8, "seen": f"{pupils[0].id}:0", f"mark-{pupils[0].id}": "/"})
    assert sent.status_code == 409
    assert "The school is closed for this session: burst pipe" in text(sent)
    assert not RegisterEntry.objects.exists()


def test_the_office_does_not_close_the_school(client, school):
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    assert send(office, school).status_code == 403


def test_the_page_publishes_what_gives_way_and_what_is_not_confirmed(officer, school):
    page = text(officer.get(f"/{school.slug}/calendar/closure/"))
    for code in code_set_on(date(2026, 9, 15)):
        assert closure_table()[code].why.split(",")[0] in page
    assert "<strong>N O G</strong>: gives way" in page
    assert "<strong>D</strong>: stays" in page
    assert "Not yet confirmed: That Y4 takes the place of illness" in page
