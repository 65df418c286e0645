"""A child who is out when the afternoon's register is taken: the register says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.onsite import CrossingKind
from allpresent.site.models import Crossing
from tests import world

pytestmark = pytest.mark.django_db


@pytest.mark.clause("O-B-6.2.2")
def test_the_afternoon_register_says_who_is_out_and_the_morning_does_not(at):
    at("2026-09-15 13:12")
    school = world.a_school()
    group, [pupil, _] = world.a_class(school=school, size=2, name="4B")
    Crossing.objects.create(
        school=school, pupil=pupil, day="2026-09-15", number=1, kind=CrossingKind.SIGNED_OUT, why="appointment",
        says="dentist", crossed_at=datetime(2026, 9, 15, 10, 40, tzinfo=UTC), key="out",
        expected_back_at=datetime(2026, 9, 15, 13, tzinfo=UTC), at=datetime(2026, 9, 15, 10, 40, tzinfo=UTC),
        by_name="Sam Okafor",
    )  # fmt: skip
    teacher = world.sign_in(Client(), world.staff(role=Role.TEACHER, school=school, groups=[group]))
    pages = {
        half: teacher.get(f"/{school.slug}/registers/4b/2026-09-15/{half}/").content.decode() for half in ("am", "pm")
    }
    assert pages["pm"].count("Signed out 11:40 for an appointment (dentist)") == 1
    assert "Signed out" not in pages["am"]
