"""Entering an absence ahead."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark
from tests import world
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside(at):
    at("2026-09-15 11:00")
    return world.a_school()


@pytest.fixture
def ann(hillside):
    return world.a_pupil(in_group=world.a_group(school=hillside, name="Oak"), surname="Ansty", forename="Ann")


@pytest.fixture
def office(client, hillside):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=hillside))


PLAN = {"first": "2026-09-18", "first_half": "PM", "last": "2026-09-21", "last_half": "PM", "code": "M"}


def plan(client, pupil, status: int = 302, **form) -> str:
    answer = client.post(f"/{pupil.school.slug}/pupils/{pupil.id}/plan/", PLAN | form)
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return answer.content.decode()


@pytest.mark.clause("M-4.3a")
def test_an_absence_is_in_the_registers_before_anybody_opens_them(office, hillside, ann):
    plan(office, ann, detail="Hospital, 14:00")
    held = CurrentMark.objects.filter(pupil=ann).order_by("day", "half").values_list("day", "half", "code", "source")
    friday, monday = date(2026, 9, 18), date(2026, 9, 21)
    assert [*held] == [(day, half, "M", "planned") for day, half in ((friday, "PM"), (monday, "AM"), (monday, "PM"))]
    page = text(get(office, hillside, f"pupils/{ann.id}/plan/"))
    assert "Fri 18 Sep, afternoon M Hospital, 14:00" in page


@pytest.mark.parametrize(
    ("form", "box", "says"),
    [
        ({"first": ""}, "first", "Give the first day"),
        ({"last": "soon"}, "last", "Give the last day as a date"),
        ({"last": "2026-09-17"}, "last", "The last session comes before the first"),
        ({"last": "2036-09-17"}, "last", "Give a nearer last day"),
        ({"first": "2026-09-19", "last": "2026-09-20"}, "first", "No session between these is still to come"),
        ({"first": "2026-09-01", "last": "2026-09-02"}, "first", "No session between these is still to come"),
        ({"code": ""}, "code", "Choose a code"),
        ({"code": "/"}, "code", "/"),
        ({"code": "C"}, "code", "cannot be entered by the office"),
        ({"code": "N"}, "code", "cannot be entered ahead"),
        ({"code": "V"}, "detail", "needs to say"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_box(office, ann, form, box, says):
    page = plan(office, ann, status=422, **form)
    assert says in text(page)
    assert "<title>Error: " in page
    assert f'href="#{box}"' in page
    assert not CurrentMark.objects.filter(pupil=ann).exists()


def test_a_mark_that_is_there_is_kept(office, hillside, ann):
    plan(office, ann, code="I", first="2026-09-18", last="2026-09-18")
    plan(office, ann)
    marks = CurrentMark.objects.filter(pupil=ann).order_by("day", "half").values_list("code", flat=True)
    assert [*marks] == ["I", "M", "M"]
    assert "already has a mark" in text(plan(office, ann, status=422))


def test_codes_that_nobody_can_know_ahead_are_not_offered(office, hillside, ann):
    page = get(office, hillside, f"pupils/{ann.id}/plan/")
    assert all(f'<option value="{code}"' not in page for code in "/\\LNU")
    assert '<option value="I"' in page


def test_a_class_teacher_does_not_plan(client, hillside, ann):
    world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside))
    get(client, hillside, f"pupils/{ann.id}/plan/", status=403)
    other = world.a_school()
    world.sign_in(client, world.staff(role=Role.OFFICE, school=other))
    get(client, other, f"pupils/{ann.id}/plan/", status=404)
