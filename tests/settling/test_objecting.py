"""The mark's own page is no way round telling the parent first."""

from __future__ import annotations

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.settle.reasons import Reason
from allpresent.people.models import Pupil
from allpresent.registers.models import CurrentMark
from allpresent.schools.models import School
from allpresent.settling.models import ParentTold
from tests import world
from tests.absences.saying import says

pytestmark = pytest.mark.django_db
TUESDAY = world.date(2026, 9, 15)


@pytest.fixture
def pupil(at) -> Pupil:
    at("2026-09-15 11:00")
    school = world.a_school(policy="magnum", kind=School.Kind.ALTERNATIVE_PROVISION)
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    world.marks(pupil, {"2026-09-15": "I-"})
    return pupil


def amended(pupil: Pupil, code: str) -> str:
    """What the page says of amending the morning's mark."""
    client = world.sign_in(Client(), world.staff(role=Role.ATTENDANCE_LEAD, school=pupil.school))
    sent = {"code": code, "reason": "Seen at the fair", "seen": "1", "detail": ""}
    answer = client.post(f"/{pupil.school.slug}/marks/{pupil.id}/2026-09-15/am/", sent, follow=True)
    return answer.content.decode()


def held(pupil: Pupil) -> str:
    return CurrentMark.objects.get(pupil=pupil, half="AM").code


@pytest.mark.clause("M-4.2d")
def test_an_explained_absence_is_not_made_unauthorised_before_the_parent_is_told(pupil):
    told = says(pupil, "feverish", day=TUESDAY, reason=Reason.ILLNESS)
    assert "The parent has to be told first" in amended(pupil, "O")
    assert held(pupil) == "I"
    ParentTold.objects.create(
        school=pupil.school, pupil=pupil, about="change", notice=told, how="telephone", to="Grace", key="told",
        at=world.BEGINNING, by_name="Sam Okafor",
    )  # fmt: skip
    assert "Amended: I is now O" in amended(pupil, "O")


def test_another_reason_needs_no_telling(pupil):
    says(pupil, "feverish", day=TUESDAY, reason=Reason.ILLNESS)
    assert "Amended: I is now M" in amended(pupil, "M")


def test_an_absence_that_nobody_explained_needs_no_telling(pupil):
    assert "Amended: I is now O" in amended(pupil, "O")
