"""Asking for leave and sending evidence, by the rooms that keep them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from allpresent.absences.models import Evidence
from allpresent.leave.models import Request
from tests import world
from tests.parents.signing_in import GRACE, KEY, TUNDE, a_parent, sign_in, text

pytestmark = pytest.mark.django_db
WEDDING = {
    "ground": "exceptional-circumstances", "first": "2026-10-05", "last": "2026-10-06", "why": "a funeral in Lagos",
    "first_half": "AM", "last_half": "PM", "key": KEY,
}  # fmt: skip
CARD = {"kind": "appointment card", "first": "2026-09-14", "last": "2026-09-14", "key": KEY}


@pytest.fixture
def leave(child) -> str:
    return f"/family/{child.id}/leave/"


@pytest.fixture
def evidence(child, settings, tmp_path) -> str:
    settings.DATA = tmp_path
    return f"/family/{child.id}/evidence/"


def a_photo() -> SimpleUploadedFile:
    held = BytesIO()
    Image.new("RGB", (60, 40), "white").save(held, "JPEG")
    return SimpleUploadedFile("card.jpg", held.getvalue(), "image/jpeg")


@pytest.mark.clause("O-B-6.4.4")
def test_leave_is_asked_for_and_followed(grace, leave, child):
    page = text(grace.get(leave))
    assert "Ask at least 2 weeks before, where you can" in page
    assert "A holiday" in page
    assert grace.post(leave, WEDDING).url == leave
    asked = Request.objects.get()
    assert (asked.pupil_id, asked.ground, asked.why) == (child.id, "exceptional-circumstances", "a funeral in Lagos")
    assert (asked.told_by, asked.relation, asked.channel) == ("Grace Adeyemi", "Mother", "pages")
    page = text(grace.get(leave))
    assert "It is not leave yet" in page
    assert "Mon 5 Oct to Tue 6 Oct" in page
    assert "Not decided yet" in page


@pytest.mark.clause("M-5.1d")
def test_a_late_request_is_kept_and_said_to_be_late(client):
    school = world.a_school(policy="magnum")
    ada = world.a_pupil(school=school, forename="Ada")
    a_parent(of=ada, email=GRACE)
    sign_in(client, GRACE)
    address = f"/family/{ada.id}/leave/"
    client.post(address, WEDDING | {"first": "2026-09-17", "last": "2026-09-17"})
    assert Request.objects.get().pupil_id == ada.id
    assert "It is later than the policy asks" in text(client.get(address))


def test_asked_twice_it_is_kept_once_even_a_minute_later(grace, leave, at):
    grace.post(leave, WEDDING)
    at("2026-09-15 08:33")
    assert grace.post(leave, WEDDING).url == leave
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ground": ""}, "Choose what the leave is for"),
        ({"ground": "study"}, "Select a valid choice"),
        ({"why": ""}, "Say why"),
        ({"last": "2026-10-01"}, "last session comes before the first"),
        ({"first": "2026-10-10", "last": "2026-10-11"}, "does not meet between these days"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(grace, leave, change, says):
    answer = grace.post(leave, WEDDING | change)
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Request.objects.exists()


def test_the_other_parents_request_is_not_shown(grace, leave):
    sign_in(Client(), TUNDE).post(leave, WEDDING)
    assert Request.objects.count() == 1
    page = text(grace.get(leave))
    assert "Lagos" not in page
    assert "Not decided yet" not in page


def test_a_photo_is_sent_and_kept_for_the_school_alone(grace, evidence, child):
    assert grace.post(evidence, CARD | {"file": a_photo()}).url == evidence
    held = Evidence.objects.get()
    assert (held.pupil_id, held.kind, held.given_by, held.channel) == (
        child.id, "appointment card", "Grace Adeyemi", "pages",
    )  # fmt: skip
    assert held.file_type == "image/jpeg"
    page = text(grace.get(evidence))
    assert "Appointment card, for Mon 14 Sep" in page
    assert "card, for" not in text(sign_in(Client(), TUNDE).get(evidence))


def test_a_photo_sent_twice_is_kept_once(grace, evidence):
    for _ in range(2):
        assert grace.post(evidence, CARD | {"file": a_photo()}).url == evidence
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("letter.exe", b"MZ\x90\x00", "not a photograph"),
        ("letter.jpg", b"<html>hello</html>", "not a photograph"),
        ("letter.pdf", b"", "The file is empty"),
        ("x" * 300 + ".pdf", b"%PDF-1.4", "name of the file is too long"),
    ],
)
def test_an_odd_file_is_refused_in_words(grace, evidence, name, content, says):
    answer = grace.post(evidence, CARD | {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Evidence.objects.exists()


def test_no_file_is_said(grace, evidence):
    assert "Take a photo or choose a file" in text(grace.post(evidence, CARD))


def test_for_a_leaver_nothing_is_taken(school, client):
    gone = world.a_pupil(school=school, forename="Ada", leaving=world.date(2026, 9, 11))
    a_parent(of=gone, email=GRACE)
    sign_in(client, GRACE)
    assert "has left" in text(client.post(f"/family/{gone.id}/leave/", WEDDING))
    assert not Request.objects.exists()
