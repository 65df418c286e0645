"""The pages of the roll: for those who keep it, of their own school, with what is wrong beside its field."""

from datetime import date

import pytest
from django.urls import reverse

from allpresent.accounts.roles import Role
from allpresent.people.models import Enrolment, Pupil, RollEntry
from tests import world

pytestmark = pytest.mark.django_db
NEW = {
    "surname": "Bright",
    "forename": "Ada",
    "born": "03/02/2018",
    "year_group": "4",
    "expected_on": "2026-11-16",
    "standing": "only",
}


@pytest.fixture
def school():
    return world.a_school(name="Hillside")


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Bright", forename="Ada")


@pytest.fixture
def signed_in(client, at, school):
    at("2026-11-13 10:00")
    return lambda role: world.sign_in(client, world.staff(role=role, school=school))


def _go(name, school, **parts):
    return reverse(name, kwargs={"school": school.slug, **parts})


def _amended(pupil, **changes) -> dict:
    """The amendment form as the page sends it: what was seen, and what is wanted."""
    seen = {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "born": pupil.born.isoformat(),
        "year_group": pupil.year_group,
        "begins": "2026-09-01",
        "standing": "only",
    }
    return {f"initial-{fact}": value for fact, value in seen.items()} | seen | changes


PAGES = ("roll", "roll_add", "contacts_short")
OF_A_PUPIL = (
    "roll_pupil",
    "roll_amend",
    "readmit",
    "roll_group",
    "roll_sessions",
    "roll_contact_add",
    "roll_characteristic",
    "roll_professional",
    "roll_placement",
)


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_to_those_who_keep_the_roll_empty_or_not(signed_in, school, name):
    assert signed_in(Role.ATTENDANCE_LEAD).get(_go(name, school)).status_code == 200


@pytest.mark.parametrize("name", OF_A_PUPIL)
def test_pages_of_a_pupil_exist_only_at_the_pupils_own_school(signed_in, school, pupil, name):
    stranger = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    client = signed_in(Role.HEAD)
    statuses = [client.get(_go(name, school, pupil=child.id)).status_code for child in (pupil, stranger)]
    assert statuses == [200, 404]


@pytest.mark.parametrize("name", ["roll", "roll_add"])
def test_a_teacher_does_not_keep_the_roll(signed_in, school, name):
    assert signed_in(Role.TEACHER).get(_go(name, school)).status_code == 403


@pytest.mark.clause("O-B-1.1")
def test_a_pupil_is_added_on_the_page_days_read_day_first(signed_in, school):
    answer = signed_in(Role.OFFICE).post(_go("roll_add", school), NEW)
    assert answer.status_code == 302
    pupil = Pupil.objects.get(school=school)
    assert (pupil.born, pupil.enrolments.get().begins) == (date(2018, 2, 3), date(2026, 11, 16))


def test_what_is_wrong_is_said_above_and_beside_and_nothing_typed_is_lost(signed_in, school):
    answer = signed_in(Role.OFFICE).post(_go("roll_add", school), NEW | {"surname": "", "upn": "B123456789012"})
    drawn = answer.content.decode()
    assert "<title>Error: Add a student" in drawn
    assert '<a href="#id_surname">Give this: Surname</a>' in drawn
    assert 'value="B123456789012"' in drawn
    again = signed_in(Role.OFFICE).post(_go("roll_add", school), NEW | {"upn": "B123456789012"}).content.decode()
    assert '<a href="#id_upn">B123456789012 should start with A' in again
    assert not Pupil.objects.filter(school=school).exists()


@pytest.mark.clause("O-B-1.3")
def test_only_what_was_changed_is_amended_and_the_entry_is_shown(signed_in, school, pupil):
    client = signed_in(Role.OFFICE)
    client.post(_go("roll_amend", school, pupil=pupil.id), _amended(pupil, surname="Okoro", reason="Deed poll seen"))
    assert [entry.field for entry in RollEntry.objects.filter(pupil=pupil)] == ["surname"]
    drawn = client.get(_go("roll_pupil", school, pupil=pupil.id)).content.decode()
    assert "<td>Bright</td><td>Okoro</td><td>Deed poll seen</td>" in drawn


def test_two_people_amending_one_fact_the_second_is_told(signed_in, school, pupil):
    client, address = signed_in(Role.OFFICE), _go("roll_amend", school, pupil=pupil.id)
    first, second = (_amended(pupil, surname=name, reason="Told") for name in ("Okoro", "Obi"))
    client.post(address, first)
    assert "it now reads “Okoro”" in client.post(address, second).content.decode()
    pupil.refresh_from_db()
    assert pupil.surname == "Okoro"


def test_only_those_who_may_know_write_restricted_facts(signed_in, school, pupil):
    sent = {"kind": "child_protection", "begins": "2026-11-13"}
    address = _go("roll_characteristic", school, pupil=pupil.id)
    assert signed_in(Role.OFFICE).post(address, sent).status_code == 422
    assert signed_in(Role.OFFICE).get(_go("roll_professional", school, pupil=pupil.id)).status_code == 404
    assert signed_in(Role.ATTENDANCE_LEAD).post(address, sent).status_code == 302


def test_another_pupils_contact_or_fact_is_not_reached_through_ones_own(signed_in, school, pupil):
    other = world.a_contact(of=world.a_pupil(in_group=world.a_group(school=world.a_school())))
    client = signed_in(Role.HEAD)
    paths = [
        _go("roll_contact", school, pupil=pupil.id, contact=other.id),
        _go("roll_contact", school, pupil=other.pupil_id, contact=other.id),
        _go("roll_contact_remove", school, pupil=pupil.id, contact=other.id),
        _go("roll_end", school, pupil=pupil.id, kind="placements", fact=1),
    ]
    assert [client.post(path, {"reason": "x"}).status_code for path in paths] == [404] * 4


@pytest.mark.clause("O-B-1.2")
def test_the_head_deletes_a_name_with_what_the_ground_asks_and_no_other_role_does(signed_in, school, pupil):
    address = _go("roll_delete_on", school, pupil=pupil.id, ground="a")
    sent = {"on": "2026-11-13", "other_school": "Northfield", "order_names_us": "no", "dual_agreed": "no"}
    assert signed_in(Role.ATTENDANCE_LEAD).post(address, sent).status_code == 403
    client = signed_in(Role.HEAD)
    assert "Is this the main school of a mobile child? The answer must be no." in (
        client.post(address, sent).content.decode()
    )
    assert client.post(address, sent | {"mobile_main_school": "no"}).status_code == 302
    assert Enrolment.objects.get(pupil=pupil).ground == "9(1)(a)"
    assert "Regulation 9(1)(a): Registered at another school" in (
        client.get(_go("roll_pupil", school, pupil=pupil.id)).content.decode()
    )


@pytest.mark.clause("M-4.7f")
def test_the_page_of_a_deletion_asks_when_the_social_worker_was_told(signed_in, school, pupil):
    pupil.professionals.create(kind="social_worker", name="Jo Ek", begins=date(2026, 9, 1))
    address = _go("roll_delete_on", school, pupil=pupil.id, ground="k")
    client = signed_in(Role.HEAD)
    drawn = client.post(address, {"on": "2026-11-13"}).content.decode()
    assert "On which day was the pupil&#39;s social worker (Jo Ek) told?" in drawn
    assert '<a href="#id_told_social_worker">Tell the pupil&#39;s social worker' in drawn
    assert client.post(address, {"on": "2026-11-13", "told_social_worker": "2026-11-12"}).status_code == 302


@pytest.mark.clause("M-3.5c", "O-B-14.4")
def test_the_list_of_contacts_that_are_too_few(signed_in, school, pupil):
    world.a_contact(of=pupil)
    client = signed_in(Role.OFFICE)
    drawn = client.get(_go("contacts_short", school)).content.decode()
    assert "1 student with fewer contacts than the policy asks for" in drawn
    assert "People with a number: 1. The policy asks for at least 2." in drawn


def test_the_index_separates_those_who_left(signed_in, school, pupil):
    world.a_pupil(in_group=world.a_group(school=school), surname="Gone", leaving=date(2026, 10, 2))
    client = signed_in(Role.OFFICE)
    here, left = (client.get(_go("roll", school), {"show": show}).content.decode() for show in ("", "left"))
    assert ("Bright, Ada" in here, "Gone" in here) == (True, False)
    assert ("Bright, Ada" in left, "Gone" in left, "2 October 2026" in left) == (False, True, True)
