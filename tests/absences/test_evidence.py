"""Evidence: seen or kept as a copy, told by what it is, stored whole or not at all, withdrawn and still there."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from allpresent.absences import files
from allpresent.absences.actions import Given, give_evidence, sweep_files, withdraw_evidence
from allpresent.absences.models import Evidence
from allpresent.absences.queries import evidence_kinds, evidence_of
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.models import RegisterEntry
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Refused
from tests import world
from tests.absences.saying import says, shown

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)
SEEN = Given(MONDAY, TUESDAY, "prescription", "Amoxicillin, 14 September", "Grace Adeyemi", "in person")
PDF = b"%PDF-1.4\n1 0 obj << >> endobj\nstartxref\n9\n%%EOF\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "evidence"


@pytest.fixture
def pupil():
    return world.a_pupil(in_group=world.a_group(school=world.a_school()))


def give(pupil, given=SEEN, *, key="one", file=None):
    on_roll = pupil_on_roll(pupil.school, pupil.id, TUESDAY)
    return give_evidence(school=pupil.school, pupil=on_roll, given=given, key=key, by=world.OFFICE, now=NOW, file=file)


def photograph(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **saved) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "white").save(written, kind, **saved)
    return written.getvalue()


def sent(content: bytes, name: str = "note.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def held(pupil, **asked) -> tuple:
    return evidence_of([pupil.id], MONDAY, TUESDAY, **asked).get(pupil.id, ())


@pytest.mark.clause("M-4.2c", "O-B-7.2")
def test_what_kind_it_was_and_who_saw_it_are_kept_without_a_copy(pupil, place):
    world.marks(pupil, {"2026-09-15": "I-"})
    give(pupil)
    [one] = held(pupil)
    assert (one.kind, one.shows, one.given_by) == ("prescription", "Amoxicillin, 14 September", "Grace Adeyemi")
    assert (one.by_name, one.by_position, one.at, one.file_name) == (*world.OFFICE[1:], NOW, "")
    assert not place.exists()
    assert RegisterEntry.objects.count() == 1, "evidence makes no mark"


@pytest.mark.clause("M-4.2c", "O-B-7.2", "O-B-7.3")
@pytest.mark.parametrize(("policy", "kinds"), [
    ("ogbourne", {"prescription", "letter from a doctor", "conversation", "explanation"}),
    ("magnum", {"doctor's note", "prescription", "appointment card", "other suitable evidence", "conversation"}),
])  # fmt: skip
def test_the_kinds_are_those_of_the_policy_and_a_conversation_and_a_permission_always(policy, kinds):
    offered = evidence_kinds(setting_of(world.a_school(policy=policy)).policy_on(TUESDAY))
    assert kinds | {"permission to contact the doctor"} <= set(offered)
    assert all(offered[kind] for kind in kinds - {"conversation"}), "each kind names its clause"


def test_evidence_is_found_by_any_day_it_is_about(pupil):
    give(pupil)
    assert evidence_of([pupil.id], TUESDAY, TUESDAY + timedelta(days=9)) != {}
    assert evidence_of([pupil.id], TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=9)) == {}


def test_the_same_sending_twice_keeps_one_and_one_copy(pupil, place):
    first, second = (give(pupil, file=sent(photograph())) for _ in range(2))
    assert first.id == second.id
    assert len(list(place.iterdir())) == 1


def test_other_answers_under_the_same_key_are_refused(pupil):
    give(pupil)
    assert isinstance(give(pupil, replace(SEEN, kind="letter")), Refused)
    assert Evidence.objects.get().kind == "prescription"


# (what is sent, under which name, the type it is kept as)
TAKEN = [
    (photograph(), "IMG 1.HEIC.jpg", "image/jpeg"),
    (photograph("PNG"), "shot.png", "image/jpeg"),
    (photograph("PNG"), "really a png.pdf", "image/jpeg"),
    (PDF, "letter.pdf", "application/pdf"),
    (PDF, "../../etc/letter", "application/pdf"),
]


@pytest.mark.parametrize(("content", "name", "type"), TAKEN, ids=[name for _, name, _ in TAKEN])
def test_a_copy_is_what_its_content_is_and_lies_under_a_name_of_ours(pupil, place, content, name, type):
    kept = give(pupil, file=sent(content, name))
    assert kept.file_type == type
    assert "/" not in kept.file_name
    [path] = place.iterdir()
    assert path.name == kept.file_path
    assert path.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
    assert path.stat().st_size == kept.file_size


def test_where_and_when_a_photograph_was_taken_is_not_kept(pupil, place):
    exif = Image.Exif()
    exif[0x0132] = "2026:09:14 08:00:00"
    exif.get_ifd(0x8825)[2] = (51.0, 24.0, 0.0)
    content = photograph(exif=exif, comment=b"taken at home")
    assert b"2026:09:14" in content
    give(pupil, file=sent(content))
    [path] = place.iterdir()
    with Image.open(path) as image:
        assert dict(image.getexif()) == {}
    assert b"2026:09:14" not in path.read_bytes()
    assert b"at home" not in path.read_bytes()


def a_bomb() -> bytes:
    """A small file that unfolds to more than a hundred million pixels."""
    written = BytesIO()
    Image.new("1", (20_000, 6_000)).save(written, "PNG")
    return written.getvalue()


# What is sent, and what is said of it.
NOT_TAKEN = {
    "a program called a photograph": (b"MZ\x90\x00" + b"\x00" * 500, files.NOT_KNOWN),
    "a page called a PDF": (b"<html><script>alert(1)</script>", files.NOT_KNOWN),
    "the beginning of a PDF": (b"%PDF-1.4\n1 0 obj", files.NOT_KNOWN),
    "the beginning of a photograph": (photograph(size=(600, 400))[:400], files.NOT_KNOWN),
    "a drawing with a program in it": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', files.NOT_KNOWN),
    "nothing": (b"", files.NOT_KNOWN),
    "too large": (PDF + b"x" * files.MOST_BYTES, files.TOO_BIG),
    "a bomb": (a_bomb(), files.TOO_BIG),
}


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing_behind(pupil, place, name):
    content, message = NOT_TAKEN[name]
    refusal = give(pupil, file=sent(content))
    assert isinstance(refusal, Refused)
    assert [(problem.field, problem.message) for problem in refusal.problems] == [("file", message)]
    assert not Evidence.objects.exists()
    assert not place.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_whatever_is_sent_there_is_an_answer(content, begins):
    answer = files.copy_of(sent(begins + content))
    assert isinstance(answer, files.Copy | Refused)


def test_a_row_that_cannot_be_added_takes_its_copy_with_it(pupil, place):
    with pytest.raises(Evidence.DoesNotExist):
        give(pupil, replace(SEEN, kind=None), file=sent(PDF))
    assert list(place.iterdir()) == []


def test_a_copy_that_no_row_names_is_swept_after_a_day(pupil, place):
    give(pupil, file=sent(PDF))
    for name, hours in (("orphan", 30), ("half.part", 30), ("just now", 1)):
        (place / name).write_bytes(b"x")
        old = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(place / name, (old, old))
    kept = Evidence.objects.get().file_path
    os.utime(place / kept, (0, 0))
    assert sweep_files(now=NOW) == 2
    assert {path.name for path in place.iterdir()} == {kept, "just now"}


# (what is changed of sound evidence, the field it is wrong in)
WRONG = [
    (replace(SEEN, first=TUESDAY, last=MONDAY), "last"),
    (replace(SEEN, first=date(2024, 9, 1)), "last"),
    (replace(SEEN, shows=""), "shows"),
]


@pytest.mark.parametrize(("given", "field"), WRONG)
def test_what_cannot_be_is_said_beside_its_field(pupil, given, field):
    [problem] = give(pupil, given).problems
    assert problem.field == field


def test_withdrawn_evidence_counts_no_more_and_stays(pupil):
    kept = shown(pupil, day=MONDAY)
    withdraw = {"school": pupil.school, "evidence_id": kept.id, "by": world.OFFICE, "now": NOW}
    assert withdraw_evidence(reason="", **withdraw).problems[0].field == "reason"
    withdraw_evidence(reason="Of another child", **withdraw)
    assert isinstance(withdraw_evidence(reason="Again", **withdraw), Refused)
    assert held(pupil) == ()
    [one] = held(pupil, with_withdrawn=True)
    assert (one.stands, one.withdrawn_reason, one.withdrawn_by) == (False, "Of another child", world.OFFICE.name)


def test_another_schools_evidence_message_and_pupil_are_not_reached(pupil):
    kept, other = shown(pupil, day=MONDAY), world.a_pupil(in_group=world.a_group(school=world.a_school()))
    with pytest.raises(Evidence.DoesNotExist):
        withdraw_evidence(school=other.school, evidence_id=kept.id, reason="x", by=world.OFFICE, now=NOW)
    theirs = says(other, "flu", day=MONDAY)
    with pytest.raises(ValueError, match="is not of"):
        give(pupil, replace(SEEN, notice_id=theirs.id))


def test_evidence_of_many_is_one_query(pupil, django_assert_num_queries):
    others = [world.a_pupil(school=pupil.school) for _ in range(5)]
    for one in others:
        shown(one, day=MONDAY)
    with django_assert_num_queries(1):
        assert len(evidence_of([one.id for one in others], MONDAY, TUESDAY)) == 5
