"""The page of what was passed on: what is to be told by telephone, the log, and the log as a file."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.models import Placement
from allpresent.registers.actions import take_register
from allpresent.shared.clock import read_moment
from allpresent.sharing.models import Share
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    """A place where one pupil, commissioned by somebody without an e-mail address, was marked N this morning."""
    at("2026-09-15 09:40")
    school = world.a_school(policy="magnum")
    group = world.a_group(school=school)
    pupil = world.a_pupil(in_group=group, surname="Hartnell", forename="Wren")
    Placement.objects.create(
        pupil=pupil, kind="authority", commissioner="The county", phone="01603 555 020", begins=date(2026, 9, 1)
    )
    take_register(
        school=school, group=group, session=Session(date(2026, 9, 15), Half.AM), level=EnteredBy.OFFICE,
        marks=(SubmittedMark(pupil.id, "N", 0),), by=world.OFFICE, key="k" * 8, now=read_moment("2026-09-15 09:35"),
    )  # fmt: skip
    return school


@pytest.fixture
def office(school) -> Client:
    return world.sign_in(Client(), world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def a_share(school, *, party: str, name: str, day: str = "2026-09-14", says: str = "=HYPERLINK(1)") -> Share:
    return Share.objects.create(
        school=school, pupil=school.pupils.get(), day=day, half="AM", what="absence", ref=f"x:{name}", party=party,
        name=name, channel="email", says=says, clauses=["M-4.7e"], key=name, at=world.BEGINNING, by_name="Sam",
    )  # fmt: skip


@pytest.mark.clause("M-3.3b", "M-3.1c")
def test_who_has_no_address_is_told_by_telephone_and_that_is_written_down(school, office):
    address = f"/{school.slug}/shared/"
    shown = office.get(address).content.decode()
    assert "1 to be told by telephone" in text(office, address)
    due = re.search(r'name="due" value="([^"]+)"', shown)[1]
    for _ in range(2):
        assert office.post(f"{address}told/", {"due": due, "to": "Ash Rowe", "why": ""}).status_code == 302
    [share] = Share.objects.all()
    assert (share.name, share.channel, share.by_name) == ("Ash Rowe", "telephone", "Sam Okafor")
    shown = text(office, address)
    assert "Nobody is to be told by telephone now" in shown
    assert "Ash Rowe" in shown
    assert "M-3.3b" in shown


def test_what_nobody_told_yesterday_is_still_to_be_told(school, office, at):
    at("2026-09-16 08:00")
    address = f"/{school.slug}/shared/"
    assert "1 to be told by telephone" in text(office, address)
    assert "morning of Tue 15 Sep: " in text(office, address)
    due = re.search(r'name="due" value="([^"]+)"', office.get(address).content.decode())[1]
    office.post(f"{address}told/", {"due": due, "to": "Ash Rowe", "why": ""})
    assert Share.objects.get().day == date(2026, 9, 15)


def test_what_is_not_to_be_told_is_left_out_with_its_reason(school, office):
    address = f"/{school.slug}/shared/"
    due = re.search(r'name="due" value="([^"]+)"', office.get(address).content.decode())[1]
    office.post(f"{address}told/", {"due": due, "to": "", "why": "the county asked for a weekly list"})
    assert Share.objects.get().channel == "none"
    assert "the county asked for a weekly list" in text(office, address)


@pytest.mark.clause("M-3.1c", "O-B-16.5", "O-A-6.6")
def test_the_log_is_asked_by_day_pupil_and_recipient_and_given_as_a_file(school, office):
    a_share(school, party="authority", name="Inclusion desk")
    a_share(school, party="commissioner", name="Thorn Edge", day="2026-09-11")
    asked = f"/{school.slug}/shared/?pupil=hart&first=14/9/2026&last=14/9/2026&to=inclusion"
    assert "Inclusion desk" in text(office, asked)
    assert "Thorn Edge" not in text(office, asked)
    answer = office.get(f"/{school.slug}/shared/csv/?first=1/9/2026&last=15/9/2026")
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert {row["name"] for row in rows} == {"Inclusion desk", "Thorn Edge"}
    assert {row["said"] for row in rows} == {"'=HYPERLINK(1)"}


@pytest.mark.clause("M-4.5e", "M-4.7e")
@pytest.mark.parametrize("channel", ["phone", "letter", "visit", ""])
def test_what_the_first_day_response_told_a_professional_is_in_the_log(school, channel):
    Try.objects.create(
        school=school, pupil=school.pupils.get(), day="2026-09-15", half="AM", step="pass-on", party="social-worker",
        name="Noor Ash", number="01603 555 030", channel=channel, result="told", tried_at=world.BEGINNING, key="a",
        at=world.BEGINNING, by_name="Sam",
    )  # fmt: skip
    dsl = world.sign_in(Client(), world.staff(role=Role.DSL, school=school))
    shown = text(dsl, f"/{school.slug}/shared/")
    assert "Unexplained absence" in shown
    assert "Noor Ash" in shown


def test_that_a_social_worker_was_told_is_for_those_who_may_see_it(school, office):
    a_share(school, party="social-worker", name="Noor Ash", says="unexplained")
    asked = f"/{school.slug}/shared/?first=14/9/2026"
    assert "Noor Ash" not in text(office, asked)
    assert "social" not in text(office, asked)
    dsl = world.sign_in(Client(), world.staff(role=Role.DSL, school=school))
    assert "Noor Ash" in text(dsl, asked)
