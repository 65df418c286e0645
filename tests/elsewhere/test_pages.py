"""The pages of this room, as the office and the head see them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.elsewhere.heard import Says
from allpresent.elsewhere.models import Arrangement, Chase, Provider, ProviderCheck, ProviderWord, Suspension
from allpresent.messages.models import Message
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    at("2026-09-15 09:30")
    return world.a_school()


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school), surname="Hartnell", forename="Wren")


def office(school, role: Role = Role.OFFICE) -> Client:
    return world.sign_in(Client(), world.staff(role=role, school=school))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def boxes(client: Client, address: str) -> dict[str, str]:
    """The key of a form as it was drawn."""
    return {"key": re.search(r'name="key" value="(\w+)"', client.get(address).content.decode())[1]}


@pytest.mark.clause("O-B-5.4")
def test_silence_stands_first_with_the_number_to_ring_and_the_clause(school, pupil):
    placing.placed(pupil, placing.a_provider(school=school, name="Riverside"))
    shown = text(office(school), f"/{school.slug}/elsewhere/")
    assert "1 session not confirmed" in shown
    assert re.search(
        r"Riverside , morning not heard Owed since 9:20 \( O-B-5.4 \) *\. Ring Moss Hale 01672 555 010", shown
    )


@pytest.mark.clause("O-B-5.4")
def test_one_press_asks_the_provider_and_says_who_asked(school, pupil):
    provider = placing.a_provider(school=school, name="Riverside")
    placing.placed(pupil, provider)
    client = office(school)
    client.post(f"/{school.slug}/elsewhere/chase/{provider.id}/am/")
    message = Message.objects.get()
    assert (message.address, message.party) == ("desk@example.org", "provider")
    assert "Hartnell, Wren" in message.body
    assert Chase.objects.count() == 1
    assert "asked at 9:30 by" in text(client, f"/{school.slug}/elsewhere/")


def test_a_provider_that_spoke_meanwhile_is_not_asked(school, pupil):
    provider = placing.a_provider(school=school)
    placing.said(placing.placed(pupil, provider), school, Says.THERE)
    office(school).post(f"/{school.slug}/elsewhere/chase/{provider.id}/am/")
    assert not Message.objects.exists()


@pytest.mark.clause("O-B-5.2")
def test_what_they_say_on_the_telephone_is_written_down_and_the_mark_follows(school, pupil):
    arranged = placing.placed(pupil, placing.a_provider(school=school))
    client, address = office(school), f"/{school.slug}/elsewhere/word/{arranged.id}/2026-09-15/am/"
    told = {"says": "not there", "told_by": "Moss", "channel": "telephone", "reason": "", "words": ""}
    assert client.post(address, boxes(client, address) | told).status_code == 302
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"
    assert "Not there (1) Hartnell, Wren" in text(client, f"/{school.slug}/elsewhere/").replace("( 1 )", "(1)")


def test_a_reason_belongs_to_an_absence_alone(school, pupil):
    arranged = placing.placed(pupil, placing.a_provider(school=school))
    client, address = office(school), f"/{school.slug}/elsewhere/word/{arranged.id}/2026-09-15/am/"
    told = {"says": "there", "told_by": "Moss", "channel": "telephone", "reason": "illness", "words": ""}
    answer = client.post(address, boxes(client, address) | told)
    assert answer.status_code == 422
    assert not ProviderWord.objects.exists()


@pytest.mark.clause("O-B-5.2", "O-B-5.3", "O-B-5.4")
def test_a_provider_is_added_checked_and_a_pupil_placed(school, pupil):
    client, room = office(school), f"/{school.slug}/elsewhere/providers/"
    facts = {"name": "Riverside", "kind": "not a school", "nature": "joinery", "phone": "01672 555 010"}
    client.post(f"{room}new/", facts)
    provider = Provider.objects.get()
    place = f"{room}{provider.id}/place/"
    held = boxes(client, f"{place}?pupil={pupil.id}") | {
        "pupil": str(pupil.id),
        "nature": "joinery",
        "begins": "16/9/2026",
    }
    assert "keeps pupils safe" in client.post(place, held).content.decode()
    seen = {"seen_on": "1/9/2026", "seen_by": "Sam", "what": "staff checks", "valid_until": "1/9/2027"}
    client.post(f"{room}{provider.id}/check/", seen)
    assert ProviderCheck.objects.count() == 1
    assert client.post(place, held | {"halves": ["Wed AM"]}).status_code == 302
    assert Arrangement.objects.get().pattern == "Wed AM"
    assert placing.codes(pupil) == {"2026-09-16 AM": "B", "2026-09-23 AM": "B"}
    assert "From 16 September 2026; Wed AM" in text(client, f"{room}{provider.id}/")


def test_a_link_is_shown_once_and_taken_back(school):
    provider = placing.a_provider(school=school)
    client, room = office(school), f"/{school.slug}/elsewhere/providers/{provider.id}/"
    shown = client.post(f"{room}link/").content.decode()
    address = re.search(r"http://testserver(/p/[\w-]{43}/)", shown)[1]
    assert address not in client.get(room).content.decode()
    assert Client().get(address).status_code == 200
    client.post(f"/{school.slug}/elsewhere/links/{provider.links.get().id}/revoke/")
    assert Client().get(address).status_code == 404


@pytest.mark.clause("O-B-10.1")
def test_the_head_records_a_suspension_and_the_sixth_day_is_named_from_day_one(school, pupil):
    client, room = office(school, Role.HEAD), f"/{school.slug}/elsewhere/suspensions/"
    decided = {
        "pupil": str(pupil.id), "length": "fixed", "days": "8", "first_day": "28/9/2026", "first_half": "AM",
        "category": "bullying", "decided_by": "Robin Vale",
    }  # fmt: skip
    assert client.post(f"{room}new/", boxes(client, f"{room}new/?pupil={pupil.id}") | decided).status_code == 302
    assert Suspension.objects.get().days == 8
    shown = text(client, room)
    assert "Provision from Monday 5 October 2026: to be arranged" in shown
    assert "Decided by Robin Vale: bullying" in shown
    assert "from Monday 5 October 2026" in text(client, f"/{school.slug}/elsewhere/")


def test_the_office_sees_that_a_pupil_is_suspended_and_not_for_what(school, pupil):
    placing.suspended(pupil)
    client = office(school)
    assert "bullying" not in text(client, f"/{school.slug}/elsewhere/suspensions/")
    assert client.get(f"/{school.slug}/elsewhere/suspensions/new/").status_code == 403


@pytest.mark.clause("O-B-5.4")
def test_the_safeguarding_lead_takes_a_worry_up(school, pupil):
    arranged = placing.placed(pupil, placing.a_provider(school=school))
    word = placing.said(arranged, school, Says.THERE, concern=True, words="no coat, hungry")
    client, room = office(school, Role.DSL), f"/{school.slug}/elsewhere/concerns/"
    assert "nobody has taken it up" in text(client, room)
    client.post(f"{room}{word.id}/", {"agreed": "Lunch there; we ring home."})
    assert "Agreed: Lunch there; we ring home." in text(client, room)
    assert "no coat" not in text(office(school), f"/{school.slug}/elsewhere/")


def test_a_restriction_comes_before_the_name(school, pupil):
    world.a_contact(of=pupil, restriction="No contact: court order")
    placing.placed(pupil, placing.a_provider(school=school))
    shown = text(office(school), f"/{school.slug}/elsewhere/")
    assert shown.index("court order") < shown.index("Hartnell, Wren")


def test_nothing_to_do_is_said(school):
    assert "Nobody is due elsewhere today" in text(office(school), f"/{school.slug}/elsewhere/")
    assert "No provider is on the list" in text(office(school), f"/{school.slug}/elsewhere/providers/")
    assert "Nobody is suspended" in text(office(school), f"/{school.slug}/elsewhere/suspensions/")


def test_every_form_of_the_room_opens(school, pupil):
    named = placing.one_of_each(pupil)
    client, room = office(school, Role.HEAD), f"/{school.slug}/elsewhere/"
    for part in (
        f"providers/{named['provider']}/change/",
        f"providers/{named['provider']}/check/",
        f"providers/{named['provider']}/place/?q=hart",
        f"arrangements/{named['arrangement']}/end/",
        f"suspensions/{named['suspension']}/end/",
        "suspensions/new/?q=nobody",
        f"concerns/{named['word']}/",
    ):
        assert client.get(room + part, follow=True).status_code == 200, part


def test_an_arrangement_is_ended_and_a_suspension_taken_back_on_their_pages(school, pupil):
    named = placing.one_of_each(pupil)
    client, room = office(school, Role.HEAD), f"/{school.slug}/elsewhere/"
    client.post(f"{room}arrangements/{named['arrangement']}/end/", {"last_day": "16/9/2026", "reason": "Back"})
    client.post(f"{room}suspensions/{named['suspension']}/end/", {"last_day": "", "reason": "Governors"})
    assert max(placing.codes(pupil)) == "2026-09-16 PM"
