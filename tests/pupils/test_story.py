"""The timeline of a pupil: calls, comings and goings, leave and messages, for those who may know of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.core.onsite import CrossingKind
from allpresent.leave.models import Request
from allpresent.messages.actions import send
from allpresent.messages.recipients import Recipient
from allpresent.people.models import Pupil
from allpresent.site.models import Crossing
from tests import world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
SIGNED = {"at": AT, "by_name": "Sam Okafor", "by_position": "Office manager"}


@pytest.fixture
def pupil() -> Pupil:
    pupil = world.a_pupil(in_group=world.a_group(school=world.a_school(), name="4B"))
    school, about = pupil.school, {"school": pupil.school, "pupil": pupil}
    Try.objects.create(
        **about, day="2026-09-14", half="AM", step="tell-social-worker", party="social-worker", name="R. Mason",
        number="01632 960001", channel="phone", result="told", tried_at=AT, key="try", **SIGNED,
    )  # fmt: skip
    Crossing.objects.create(
        **about, day="2026-09-14", number=1, kind=CrossingKind.SIGNED_OUT, why="appointment", says="dentist",
        crossed_at=AT, key="out", **SIGNED,
    )  # fmt: skip
    Request.objects.create(
        **about, ground="exceptional-circumstances", first_day="2026-10-05", first_half="AM", last_day="2026-10-05",
        last_half="PM", why="A cousin's wedding", told_by="Grace", channel="form", asked_at=AT, key="leave", **SIGNED,
    )  # fmt: skip
    send(
        school=school, template="thanks", to=Recipient("Grace Adeyemi", email="grace@example.org"), key="thanks",
        fields={"pupil": "Tolu", "school": school.name, "message": "Every day this term.", "sender": "Sam Okafor"},
        by=world.OFFICE, now=AT,
        pupil_id=pupil.id,
    )  # fmt: skip
    return pupil


def timeline(pupil: Pupil, role: Role, kind: str = "") -> str:
    groups = pupil.school.groups.all() if role is Role.TEACHER else ()
    client = world.sign_in(Client(), world.staff(role=role, school=pupil.school, groups=groups))
    page = client.get(f"/{pupil.school.slug}/pupils/{pupil.id}/?kind={kind}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index('id="timeline"') :]).split())


@pytest.mark.clause("M-4.5b", "O-B-10.2")
def test_the_lead_reads_everything_that_happened(at, pupil):
    at("2026-09-15 09:25")
    told = timeline(pupil, Role.ATTENDANCE_LEAD)
    for line in ("10:00 R. Mason, 01632 960001: told", "signed out 10:00 for an appointment (dentist)", "cousin&#39;s"):
        assert line in told
    assert "Written to Grace Adeyemi" in told


def test_the_office_reads_of_a_worker_by_the_role_alone(at, pupil):
    at("2026-09-15 09:25")
    told = timeline(pupil, Role.OFFICE)
    assert "10:00 Social worker, 01632 960001: told" in told
    assert "Mason" not in told


def test_a_teacher_reads_of_comings_and_of_nothing_else(at, pupil):
    at("2026-09-15 09:25")
    told = timeline(pupil, Role.TEACHER)
    assert "signed out 10:00" in told
    assert not any(word in told for word in ("Mason", "960001", "wedding", "Written to"))


@pytest.mark.parametrize(
    ("kind", "says"), [("calls", "told"), ("leaving", "signed out"), ("leave", "wedding"), ("written", "Written to")]
)
def test_each_kind_can_be_read_alone(at, pupil, kind, says):
    at("2026-09-15 09:25")
    rows = timeline(pupil, Role.HEAD, kind).partition("When")[2]
    assert says in rows
    assert [word for word in ("told", "signed out", "wedding", "Written to") if word in rows] == [says]
