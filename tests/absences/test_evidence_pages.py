"""Evidence on its pages: recorded by the office, opened by those who settle, served as a file and nothing else."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from allpresent.absences.models import Evidence, EvidenceWithdrawn
from allpresent.accounts.roles import Role
from allpresent.shared.models import Event
from tests import world
from tests.absences.forms import drawn
from tests.absences.saying import says, shown
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, THURSDAY = (date(2026, 9, day) for day in (14, 15, 17))


@pytest.fixture(autouse=True)
def _at_ten(at, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    at("2026-09-15 10:00")


@pytest.fixture
def pupil():
    return world.a_pupil(in_group=world.a_group(school=world.a_school()), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def office(client, pupil):
    person = world.staff(role=Role.OFFICE, school=pupil.school, name="Sam Okafor", position="Office manager")
    return world.sign_in(client, person)


def a_photograph() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (60, 40), "white").save(written, "JPEG")
    return SimpleUploadedFile("note.jpg", written.getvalue())


def send(client, pupil, search: str = "", **given):
    """Open the page of evidence, fill in what is given, and send it."""
    address = f"absences/evidence/{pupil.id}/"
    form = drawn(get(client, pupil.school, address + search))
    given = {"kind": "prescription", "shows": "Amoxicillin"} | given
    return client.post(f"/{pupil.school.slug}/{address}", form | given)


@pytest.mark.clause("M-4.2c", "O-B-7.2")
def test_what_was_seen_is_recorded_with_the_message_it_bears_out(office, pupil):
    mother = world.a_contact(of=pupil, name="Grace Adeyemi")
    notice = says(pupil, "chest infection", day=MONDAY, back=THURSDAY)
    assert f"evidence/{pupil.id}/?notice={notice.id}" in get(office, pupil.school, "absences/")
    assert send(office, pupil, f"?notice={notice.id}").status_code == 302
    kept = Evidence.objects.get()
    assert (kept.first, kept.last, kept.notice, kept.given_by) == (
        MONDAY, date(2026, 9, 16), notice, mother.contact.name,
    )  # fmt: skip
    page = text(get(office, pupil.school, f"absences/evidence/{pupil.id}/"))
    assert "Prescription , Mon 14 Sep to Wed 16 Sep: Amoxicillin" in page
    assert "seen by Sam Okafor, Office manager" in page


@pytest.mark.clause("O-B-7.2", "O-B-7.3")
@pytest.mark.parametrize("kind", ["conversation", "permission to contact the doctor", "letter from a doctor"])
def test_a_conversation_a_permission_and_a_letter_can_be_recorded(office, pupil, kind):
    assert send(office, pupil, kind=kind, who="other", given_by="Mrs Penn").status_code == 302
    assert Evidence.objects.get().kind == kind


def test_a_kind_that_the_policy_does_not_know_is_not_kept(office, pupil):
    world.a_contact(of=pupil)
    assert send(office, pupil, kind="hearsay").status_code == 422
    assert not Evidence.objects.exists()


def test_a_copy_is_served_as_a_file_alone_and_opening_it_is_recorded(office, pupil):
    kept = shown(pupil, day=MONDAY, file=a_photograph())
    answer = office.get(f"/{pupil.school.slug}/absences/evidence/copy/{kept.id}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="note.jpg"'
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    event = Event.objects.get(kind="copy of evidence opened")
    assert (event.subject, event.facts, event.by_name) == (f"pupil:{pupil.id}", {"evidence": kept.id}, "Sam Okafor")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.DSL, Role.GOVERNOR])
def test_whoever_does_not_settle_absences_sees_no_evidence(client, pupil, role):
    kept = shown(pupil, day=MONDAY, file=a_photograph())
    groups = [pupil.memberships.get().group] if role is Role.TEACHER else []
    person = world.sign_in(client, world.staff(role=role, school=pupil.school, groups=groups))
    for address in (f"{pupil.id}/", f"copy/{kept.id}/", f"withdraw/{kept.id}/"):
        assert person.get(f"/{pupil.school.slug}/absences/evidence/{address}").status_code == 403


def test_a_file_that_is_not_what_it_says_is_told_beside_its_field(office, pupil):
    world.a_contact(of=pupil)
    answer = send(office, pupil, file=SimpleUploadedFile("letter.pdf", b"MZ a program"))
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()
    assert "This is not a photograph (JPEG or PNG) or a PDF, whatever its name says." in text(answer.content.decode())


def test_a_mistake_is_withdrawn_and_stays_in_sight(office, pupil):
    kept = shown(pupil, day=MONDAY)
    address = f"/{pupil.school.slug}/absences/evidence/withdraw/{kept.id}/"
    assert office.post(address, {"reason": ""}).status_code == 422
    assert office.post(address, {"reason": "About another child"}).status_code == 302
    assert EvidenceWithdrawn.objects.get().by_name == "Sam Okafor"
    page = text(get(office, pupil.school, f"absences/evidence/{pupil.id}/"))
    assert "Withdrawn: About another child (Sam Okafor" in page
    assert "It was withdrawn by Sam Okafor" in text(office.get(address).content.decode())


def test_with_none_the_page_says_that_none_is_owed(office, pupil):
    page = text(get(office, pupil.school, f"absences/evidence/{pupil.id}/"))
    assert "None has been given this year, and none is owed unless the school asked for it." in page
