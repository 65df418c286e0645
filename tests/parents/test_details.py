"""Details: a parent sees their own alone, asks for changes, and the office answers; the roll keeps what it was."""

from __future__ import annotations

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.parents.models import DetailsDecision, DetailsProposal
from allpresent.people.models import Contact, RollEntry
from tests import world
from tests.parents.signing_in import GRACE, HOME, KEY, TUNDE, a_parent, sign_in, text

pytestmark = pytest.mark.django_db
SAME = {"mobile": "07700 900111", "email": GRACE, "key": KEY}


@pytest.fixture
def details(child) -> str:
    return f"/family/{child.id}/details/"


@pytest.fixture
def office(school) -> Client:
    return world.sign_in(Client(), world.staff(role=Role.OFFICE, school=school, position="Office manager"))


@pytest.fixture
def answer(school):
    return f"/{school.slug}/details-asked/"


@pytest.mark.clause("M-3.5a")
def test_she_sees_what_is_held_about_herself(grace, details):
    page = text(grace.get(details))
    assert "07700 900111" in page
    assert GRACE in page
    assert "07700 900222" not in page


def test_where_a_child_lives_is_shown_to_those_they_live_with_alone(grace, details, child):
    child.address = "7 Quiet Close\nThornhedge"
    child.save()
    assert "7 Quiet Close" in text(grace.get(details))
    father = sign_in(Client(), TUNDE)
    page = text(father.get(details))
    assert "Quiet Close" not in page
    assert "The child’s address" not in page
    father.post(details, {"mobile": "07700 900222", "email": TUNDE, "key": KEY, "child_address": "1 Elsewhere"})
    assert DetailsProposal.objects.get().changes == {}


def test_sent_as_it_is_it_is_confirmed_and_nobody_is_asked_to_do_anything(grace, details, office, answer):
    assert "still right?" in text(grace.get(HOME))
    assert grace.post(details, SAME).url == HOME
    page = text(grace.get(HOME))
    assert "still right" in page
    assert "are your telephone numbers" not in page
    assert "You last looked it through on 15 September 2026" in text(grace.get(details))
    assert "Nobody waits for an answer." in text(office.get(answer))


def test_the_next_term_she_is_asked_again(grace, details, at):
    grace.post(details, SAME)
    at("2026-11-03 09:00")
    assert "are your telephone numbers" in text(sign_in(Client(), GRACE).get(HOME))


@pytest.mark.clause("O-B-1.3")
def test_a_change_is_a_proposal_until_the_office_accepts_it(grace, details, office, answer, child):
    grace.post(details, SAME | {"mobile": "07700 900999", "child_address": "2 New Lane\r\nThornhedge"})
    contact = Contact.objects.get(email=GRACE)
    assert contact.mobile == "07700 900111"
    proposal = DetailsProposal.objects.get()
    assert proposal.changes == {
        "mobile": ["07700 900111", "07700 900999"],
        "child_address": ["", "2 New Lane\r\nThornhedge"],
    }
    assert "Grace Adeyemi, mother of" in text(office.get(answer))
    assert "07700 900999" in text(office.get(f"{answer}{proposal.id}/"))
    assert office.post(f"{answer}{proposal.id}/", {"answer": "accept"}).url == answer
    contact.refresh_from_db()
    child.refresh_from_db()
    assert (contact.mobile, child.address.splitlines()) == ("07700 900999", ["2 New Lane", "Thornhedge"])
    entry = RollEntry.objects.get(field="contact: Grace Adeyemi, mobile")
    assert (entry.original, entry.amended) == ("07700 900111", "07700 900999")
    assert "Asked for by Grace Adeyemi on the parents’ pages" in entry.reason
    assert "Accepted" in text(grace.get(details))


def test_left_as_it_is_she_reads_why(grace, details, office, answer):
    grace.post(details, SAME | {"mobile": "1"})
    one = f"{answer}{DetailsProposal.objects.get().id}/"
    assert "Say why not" in text(office.post(one, {"answer": "leave"}))
    office.post(one, {"answer": "leave", "says": "That is not a telephone number"})
    assert Contact.objects.get(email=GRACE).mobile == "07700 900111"
    page = text(grace.get(details))
    assert "Not accepted" in page
    assert "That is not a telephone number" in page


def test_what_has_changed_meanwhile_is_not_overwritten(grace, details, office, answer):
    grace.post(details, SAME | {"mobile": "07700 900999"})
    Contact.objects.filter(email=GRACE).update(mobile="07700 900555")
    page = text(office.post(f"{answer}{DetailsProposal.objects.get().id}/", {"answer": "accept"}))
    assert "it now reads “07700 900555”" in page
    assert not DetailsDecision.objects.exists()


def test_two_answers_are_one(grace, details, office, answer):
    grace.post(details, SAME | {"mobile": "07700 900999"})
    one = f"{answer}{DetailsProposal.objects.get().id}/"
    office.post(one, {"answer": "accept"})
    assert "A colleague has answered this already" in text(office.post(one, {"answer": "leave", "says": "no"}))
    assert DetailsDecision.objects.get().accepted


def test_sent_twice_it_is_kept_once(grace, details):
    for _ in range(2):
        assert grace.post(details, SAME | {"mobile": "07700 900999"}).url == HOME
    assert DetailsProposal.objects.count() == 1


def test_somebody_no_longer_a_contact_is_not_changed(grace, details, office, answer, child):
    grace.post(details, SAME | {"mobile": "07700 900999"})
    child.contact_links.filter(contact__email=GRACE).delete()
    page = text(office.post(f"{answer}{DetailsProposal.objects.get().id}/", {"answer": "accept"}))
    assert "no longer among" in page


def test_a_restriction_stands_first_where_the_office_answers(grace, details, office, answer, child):
    grace.post(details, SAME | {"mobile": "07700 900999"})
    child.contact_links.filter(contact__email=GRACE).update(restriction="No contact: court order")
    page = text(office.get(answer))
    assert page.index("No contact: court order") < page.index("Grace Adeyemi, mother")


def test_a_number_is_always_left(grace, details):
    assert "Leave at least one number" in text(grace.post(details, {"email": GRACE, "key": KEY}))


def test_a_shared_address_shows_nobodys_numbers(grace, details, child):
    a_parent(of=child, email=GRACE, name="Sam Adeyemi", mobile="07700 900333")
    for page in (text(grace.get(details)), text(grace.post(details, SAME))):
        assert "for more than one adult" in page
        assert "07700" not in page
    assert not DetailsProposal.objects.exists()


def test_another_schools_proposal_does_not_exist(grace, details):
    grace.post(details, SAME | {"mobile": "07700 900999"})
    other = world.a_school()
    client = world.sign_in(Client(), world.staff(role=Role.OFFICE, school=other))
    one = DetailsProposal.objects.get().id
    assert client.post(f"/{other.slug}/details-asked/{one}/", {"answer": "accept"}).status_code == 404
    assert not DetailsDecision.objects.exists()
