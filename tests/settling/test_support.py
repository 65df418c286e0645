"""Support offered and referrals to partners are written down, answered beside, and read by those who may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.settling.actions import Offered, answer_support, offer_support
from allpresent.settling.models import SupportOffered
from allpresent.settling.support import support_of, together
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from tests import world
from tests.registers.pages import get, text
from tests.settling.deciding import says_of

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 9, 15)
NOW = read_moment("2026-09-15 15:30")
CLUB = Offered("support", "A place at breakfast club.", TUESDAY)
NURSE = Offered("referral", "Anxious in the mornings.", TUESDAY, party="health-services", partner="The school nurse")


@pytest.fixture
def pupil(at):
    at("2026-09-15 15:30")
    return world.a_pupil(in_group=world.a_group(school=world.a_school(policy="magnum")), surname="Adeyemi")


def somebody(pupil, role: Role, name: str = "") -> Client:
    return world.sign_in(Client(), world.staff(role=role, school=pupil.school, name=name))


def offer(pupil, offered: Offered, key: str = "one", **changed):
    given = {"school": pupil.school, "pupil": pupil, "by": world.OFFICE, "now": NOW, **changed}
    return offer_support(offered=offered, key=key, **given)


def answer(pupil, support_id: int, key: str = "answer", **changed):
    given = {"answer": "accepted", "what": "Starts on Monday.", "day": TUESDAY, "by": world.OFFICE, "now": NOW}
    return answer_support(school=pupil.school, pupil=pupil, support_id=support_id, key=key, **{**given, **changed})


@pytest.mark.clause("M-4.5f")
def test_an_offer_is_kept_once_and_its_answers_beside_it(pupil):
    first = offer(pupil, CLUB)
    assert offer(pupil, CLUB) == first
    assert first.clauses == ["M-4.5f"]
    for _ in range(2):
        answer(pupil, first.id)
    answer(pupil, first.id, key="later", answer="", what="Came every day.")
    [held] = together(support_of([pupil.id])[pupil.id])
    assert (held.first.what, held.first.said) == ("A place at breakfast club.", "not yet known")
    assert [line.what for line in held.later] == ["Starts on Monday.", "Came every day."]
    assert held.said == "accepted"


def test_what_is_missing_or_does_not_fit_is_refused(pupil):
    later = date(2026, 9, 16)
    assert "Say in a few words" in says_of(offer(pupil, Offered("support", " ", TUESDAY)))
    assert "still to come" in says_of(offer(pupil, Offered("support", "Club", later)))
    assert "to whom" in says_of(offer(pupil, Offered("referral", "Club", TUESDAY, party="nobody")))
    assert "Only a referral" in says_of(offer(pupil, Offered("support", "Club", TUESDAY, partner="Nurse")))
    assert not SupportOffered.objects.exists()
    first = offer(pupil, CLUB)
    assert "Choose an answer" in says_of(answer(pupil, first.id, answer="", what=" "))
    assert "until today" in says_of(answer(pupil, first.id, day=later))
    other = world.a_pupil(school=pupil.school)
    assert isinstance(answer(other, first.id), Refused)
    assert SupportOffered.objects.count() == 1


@pytest.mark.clause("M-4.5f")
def test_it_is_written_down_and_answered_on_the_pupil_s_settling_page(pupil):
    office, path = somebody(pupil, Role.OFFICE, "Sam Okafor"), f"settle/{pupil.id}/support/"
    assert "No support has been written down yet" in text(get(office, pupil.school, f"settle/{pupil.id}/"))
    given = {
        "kind": "referral",
        "what": NURSE.what,
        "party": NURSE.party,
        "partner": NURSE.partner,
        "day": "2026-09-15",
    }
    page = get(office, pupil.school, path)
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    assert "M-4.5f" in page
    for _ in range(2):
        assert office.post(f"/{pupil.school.slug}/{path}", {**given, "key": key}).status_code == 302
    [first] = SupportOffered.objects.all()
    assert (first.by_name, first.answer, first.partner) == ("Sam Okafor", "", "The school nurse")
    told = {"answers": first.id, "answer": "declined", "what": "They would rather wait.", "day": "2026-09-15"}
    assert "What became of it" in get(office, pupil.school, f"{path}?answers={first.id}")
    assert office.post(f"/{pupil.school.slug}/{path}", told).status_code == 302
    shown = text(get(office, pupil.school, f"settle/{pupil.id}/"))
    assert "Referral to a partner , declined: Anxious in the mornings." in shown
    assert "They would rather wait." in shown
    assert office.post(f"/{pupil.school.slug}/{path}", {"kind": "support", "day": "2026-09-15"}).status_code == 422
    assert office.get(f"/{pupil.school.slug}/{path}?answers={first.id + 99}").status_code == 404


@pytest.mark.clause("M-4.5f")
@pytest.mark.parametrize("page", ["settle/{id}/", "pupils/{id}/?kind=support", "shared/"])
def test_the_words_of_a_referral_are_for_its_author_and_those_with_the_right(pupil, page):
    sam = world.staff(role=Role.OFFICE, school=pupil.school, name="Sam Okafor")
    offer(pupil, NURSE, by=world.OFFICE._replace(user_id=sam.id))
    offer(pupil, CLUB, key="two")
    path = page.format(id=pupil.id)
    author = text(get(world.sign_in(Client(), sam), pupil.school, path))
    head = text(get(somebody(pupil, Role.HEAD), pupil.school, path))
    other = text(get(somebody(pupil, Role.OFFICE), pupil.school, path))
    for shown in (author, head):
        assert "Anxious in the mornings." in shown
        assert "The school nurse" in shown
    assert "eferral" in other
    assert "Anxious" not in other
    assert "nurse" not in other
    assert ("breakfast club" in other) is (page != "shared/")


def test_an_answer_to_a_referral_that_one_may_not_read_has_no_page(pupil):
    first = offer(pupil, NURSE)
    other = somebody(pupil, Role.OFFICE)
    assert other.get(f"/{pupil.school.slug}/settle/{pupil.id}/support/?answers={first.id}").status_code == 404


def test_a_class_teacher_sees_no_offers_on_the_pupil_s_page(pupil):
    offer(pupil, CLUB)
    group = pupil.memberships.get().group
    teacher = world.sign_in(Client(), world.staff(role=Role.TEACHER, school=pupil.school, groups=[group]))
    assert "breakfast club" not in text(get(teacher, pupil.school, f"pupils/{pupil.id}/"))


def test_a_policy_that_names_no_such_record_gives_no_clause(at):
    at("2026-09-15 15:30")
    child = world.a_pupil(school=world.a_school(policy="ogbourne"))
    assert offer(child, CLUB).clauses == []
