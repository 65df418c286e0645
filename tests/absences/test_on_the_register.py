"""What was said stands on the register, beside the name it is about."""

from __future__ import annotations

from datetime import date, time

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half
from tests import world
from tests.absences.saying import says
from tests.registers.pages import get, register_path, text

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY = date(2026, 9, 15), date(2026, 9, 17)


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def four_b(school):
    return world.a_class(school=school, name="4B", size=2)


def register(client, school, group, day: str = "2026-09-15", half: str = "am") -> str:
    teacher = world.staff(role=Role.TEACHER, school=school, groups=[group])
    return text(get(world.sign_in(client, teacher), school, register_path(group, day, half)))


@pytest.mark.clause("O-B-28", "M-3.5b")
def test_the_teacher_reads_what_the_office_was_told(at, client, school, four_b):
    at("2026-09-15 08:55")
    group, [pupil, _] = four_b
    says(pupil, "stomach ache", day=TUESDAY, back=THURSDAY)
    assert register(client, school, group).count("Mother rang 8:12: stomach ache, back Thursday") == 1
    wednesday = register(client, school, group, "2026-09-16")
    assert "Mother rang Tue 15 Sep, 8:12: stomach ache, back Thursday" in wednesday
    assert "stomach ache" not in register(client, school, group, "2026-09-17")


def test_what_begins_in_the_afternoon_is_on_the_afternoons_register_alone(at, client, school, four_b):
    at("2026-09-15 13:15")
    group, [pupil, _] = four_b
    says(pupil, "dentist", day=TUESDAY, half=Half.PM, about="appointment", appointment_at=time(14, 10))
    assert "dentist" not in register(client, school, group)
    assert "Mother rang 8:12: appointment at 14:10, dentist" in register(client, school, group, half="pm")


def test_a_message_of_another_class_is_not_shown(at, client, school, four_b):
    at("2026-09-15 08:55")
    _, [stranger] = world.a_class(school=school, size=1)
    says(stranger, "stomach ache", day=TUESDAY)
    assert "stomach ache" not in register(client, school, four_b[0])


def test_what_was_said_cannot_smuggle_markup(at, client, school, four_b):
    at("2026-09-15 08:55")
    group, [pupil, _] = four_b
    says(pupil, "<script>alert(1)</script>", day=TUESDAY)
    teacher = world.staff(role=Role.TEACHER, school=school, groups=[group])
    page = get(world.sign_in(client, teacher), school, register_path(group, "2026-09-15"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
