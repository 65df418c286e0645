"""Today asks the database as often for a hundred missing pupils as for one, and at most twelve times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.people.models import Characteristic, Professional
from allpresent.schools.models import School
from tests import world
from tests.absences.saying import says

pytestmark = pytest.mark.django_db
MOST = 12


def a_morning(missing: int) -> School:
    """A class with pupils of every sort missing: called about before, in care, expected back, spoken for."""
    school = world.a_school()
    _, pupils = world.a_class(school=school, size=missing * 3)
    for pupil in pupils:
        world.a_contact(of=pupil)
        Characteristic.objects.create(pupil=pupil, kind="looked_after", begins=world.date(2026, 9, 1))
        Professional.objects.create(pupil=pupil, kind="social_worker", name="R. Mason", begins=world.date(2026, 9, 1))
        world.marks(pupil, {"2026-09-14": "NN", "2026-09-15": "N-"})
    for pupil in pupils[:missing]:
        says(pupil, "cough", day=world.date(2026, 9, 14), back=world.date(2026, 9, 15))
    for pupil in pupils[missing : missing * 2]:
        says(pupil, "stomach ache", day=world.date(2026, 9, 15))
    return school


def asked(school: School, role: Role) -> int:
    client = world.sign_in(Client(), world.staff(role=role, school=school))
    client.get(f"/{school.slug}/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/{school.slug}/")
    assert answer.status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.HEAD, Role.DSL])
def test_the_office_page_at_twenty_five_past_nine(at, role):
    at("2026-09-15 09:25")
    few, many = asked(a_morning(1), role), asked(a_morning(6), role)
    assert few == many <= MOST
