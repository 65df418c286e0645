"""The import as the office meets it: send, choose columns, look, import; or let it go."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse

from allpresent.accounts.roles import Role
from allpresent.exchange import actions
from allpresent.exchange.models import ColumnMapping, ImportRun, PreviewLine
from allpresent.people.models import Pupil, PupilContact, RollEntry
from allpresent.shared import clock
from allpresent.shared.models import Event
from tests.exchange.importing import address, choose_proposed_columns, send
from tests.exchange.rolls import csv_file, pupil, xlsx_file
from tests.world import a_pupil, a_school, sign_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    at("2026-09-15 10:00")
    return a_school()


@pytest.fixture
def office(school, client) -> Client:
    return sign_in(client, staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office manager"))


@pytest.mark.parametrize(
    "content", [csv_file([pupil(1), pupil(2)]), xlsx_file([pupil(1), pupil(2)])], ids=["csv", "xlsx"]
)
@pytest.mark.clause("M-3.5a", "M-4.1a", "O-B-1.1")
def test_from_file_to_roll(office, school, content):
    sent = send(office, school, content)
    run = choose_proposed_columns(office, school)
    assert sent.url == address("roll_columns", school, run)
    preview = office.get(address("roll_run", school, run)).content.decode()
    assert "2 new pupils" in preview
    assert "Ashby1, Mia" in preview
    assert not Pupil.objects.exists()

    office.post(address("roll_confirm", school, run))
    done = office.get(address("roll_run", school, run)).content.decode()

    assert "2 pupils new on the roll" in done
    mia = Pupil.objects.get(surname="Ashby1")
    assert mia.enrolments.get().begins.isoformat() == "2026-09-01"
    assert mia.memberships.get().group.name == "7B"
    assert [(link.contact.name, link.relation, link.is_parent, link.lives_with, link.parental_responsibility)
            for link in PupilContact.objects.filter(pupil=mia)] == [
        ("Jo Ashby1", "Mother", True, True, True), ("Lee Ashby1", "Father", True, False, False)]  # fmt: skip
    entry = RollEntry.objects.get(pupil=mia)
    assert (entry.field, entry.amended, entry.reason) == ("begins", "2026-09-01", "Roll import roll.csv, row 2")
    assert (entry.by_name, entry.by_position) == ("Sam Okafor", "Office manager")
    assert Event.objects.get(kind="roll imported").facts["counts"]["adds"] == 2


@pytest.mark.clause("M-3.5c", "O-B-14.4")
def test_the_result_counts_pupils_with_too_few_contacts(office, school):
    content = csv_file([pupil(1), pupil(2, Contact_2_Name="", Contact_2_Mobile="", Contact_2_Relationship="")])
    send(office, school, content)
    run = choose_proposed_columns(office, school)
    office.post(address("roll_confirm", school, run))
    page = office.get(address("roll_run", school, run)).content.decode()
    assert "1 pupil with fewer contacts than the policy asks for" in page


def test_the_file_and_the_preview_are_removed_at_the_end(office, school):
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    kept = run.file.storage, run.file.name
    office.post(address("roll_confirm", school, run))

    run.refresh_from_db()
    assert (run.stage, run.file.name, run.file_name) == ("done", "", "roll.csv")
    assert not kept[0].exists(kept[1])
    assert not PreviewLine.objects.exists()


def test_a_file_nobody_decided_about_goes_after_a_day(office, school, at):
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    storage, name = run.file.storage, run.file.name
    at("2026-09-16 10:30")

    assert actions.clear_old_files(now=clock.now()) == 1

    assert not storage.exists(name)
    assert ImportRun.objects.get().stage == "abandoned"


def test_letting_go_changes_nothing_and_the_columns_are_remembered(office, school):
    content = csv_file([["Ash", "Mia", "4/3/2015"]], headings=["Family", "Given", "Birth"])
    send(office, school, content)
    run = ImportRun.objects.get()
    office.post(
        address("roll_columns", school, run), {"column-0": "surname", "column-1": "forename", "column-2": "born"}
    )
    office.post(address("roll_abandon", school, run))

    assert not Pupil.objects.exists()
    assert dict(ColumnMapping.objects.values_list("heading", "field"))["family"] == "surname"
    send(office, school, content)
    again = office.get(address("roll_columns", school, ImportRun.objects.first())).content.decode()
    assert again.count(" selected>") == 3


def test_columns_that_cannot_be_read_are_said(office, school):
    send(office, school, csv_file([["Ash", "Mia"]], headings=["Surname", "Forename"]))
    run = ImportRun.objects.get()
    page = office.post(address("roll_columns", school, run), {"column-0": "surname", "column-1": "forename"})

    assert page.status_code == 400
    assert "<title>Error: " in page.content.decode()
    assert "date of birth" in page.content.decode()
    run.refresh_from_db()
    assert run.stage == "arrived"


def test_a_decision_is_kept_and_acted_on(office, school):
    held = a_pupil(school=school, surname="Ashby1", forename="Mia")
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    page = office.get(address("roll_run", school, run)).content.decode()
    assert "Some pupils need your decision" in page
    office.post(address("roll_confirm", school, run))
    assert Pupil.objects.count() == 1

    office.post(address("roll_decide", school, run), {"row": "2", "decide-2": "same"})
    office.post(address("roll_confirm", school, run))

    held.refresh_from_db()
    assert (Pupil.objects.count(), held.born.isoformat()) == (1, "2015-09-02")


def test_a_roll_that_changed_since_the_preview_is_shown_again(office, school):
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    a_pupil(school=school, surname="Ashby1", forename="Mia")

    office.post(address("roll_confirm", school, run))

    run.refresh_from_db()
    assert run.stage == "checked"
    assert "has changed since" in office.get(address("roll_run", school, run)).content.decode()
    assert Pupil.objects.count() == 1


def test_work_without_a_sign_of_life_can_be_begun_again(office, school, at):
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    ImportRun.objects.update(stage="writing", beat_at=clock.now())
    assert 'http-equiv="refresh"' in office.get(address("roll_run", school, run)).content.decode()
    at("2026-09-15 10:20")
    assert "was interrupted" in office.get(address("roll_run", school, run)).content.decode()

    office.post(address("roll_look_again", school, run))

    assert "1 new pupil" in office.get(address("roll_run", school, run)).content.decode()


def test_two_hundred_megabytes_are_refused_without_being_held(office, school):
    class Endless(io.RawIOBase):
        """A body of 200 MB that is made as it is read."""

        left = 200_000_000

        def readable(self):
            return True

        def readinto(self, buffer):
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = bytes(size)
            return size

    body = Endless()
    tracemalloc.start()
    answer = office.generic(
        "POST", reverse("roll_send", kwargs={"school": school.slug}),
        CONTENT_TYPE="multipart/form-data; boundary=x", CONTENT_LENGTH="200000000", **{"wsgi.input": body},
    )  # fmt: skip
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert answer.status_code == 413
    assert "The file is too big: the most is 20 MB" in answer.content.decode()
    assert most < 20_000_000
    assert body.left == 0
    assert not ImportRun.objects.exists()


def test_a_form_without_its_token_is_refused(school):
    careful = Client(enforce_csrf_checks=True)
    sign_in(careful, staff(role=Role.OFFICE, school=school))
    assert send(careful, school, csv_file([pupil(1)])).status_code == 403
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file is empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Excel file"),
        (b"%PDF-1.7 x", "This is a PDF"),
        (b"Surname,Forename\nAsh,Mi\0a\n", "line 2 holds a NUL"),
        (b"PK\x03\x04broken", "damaged"),
        (b"Surname,Forename\n", "no pupils below"),
        (b'Surname,Forename\n"Ash,Mia\n', "quotation mark"),
        (xlsx_file([["=A1", "=B1"]], headings=["Surname", "Forename"]), "formulas and no values"),
    ],
)
def test_a_file_that_is_no_roll_is_refused_in_words(office, school, content, words):
    page = send(office, school, content)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert "<title>Error: " in page.content.decode()
    assert not ImportRun.objects.exists()


def test_an_import_is_open_to_whoever_began_it_alone(office, school, client):
    send(office, school, csv_file([pupil(1)]))
    run = choose_proposed_columns(office, school)
    other = sign_in(Client(), staff(role=Role.HEAD, school=school))
    teacher = sign_in(Client(), staff(role=Role.TEACHER, school=school))
    for name in ("roll_run", "roll_columns"):
        assert other.get(address(name, school, run)).status_code == 404
        assert teacher.get(address(name, school, run)).status_code == 403
    for name in ("roll_confirm", "roll_abandon", "roll_decide", "roll_look_again"):
        assert other.post(address(name, school, run)).status_code == 404
    assert not Pupil.objects.exists()


def test_looked_after_is_for_those_who_may_see_it(office, school):
    content = csv_file([["Ash", "Mia", "4/3/2015", "Y"]], headings=["Surname", "Forename", "DOB", "In care"])
    send(office, school, content)
    run = choose_proposed_columns(office, school)
    assert run.mapping == ["surname", "forename", "born", ""]
    assert "Looked after" not in office.get(address("roll_columns", school, run)).content.decode()
