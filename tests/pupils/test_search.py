"""A pupil is found by a few letters, from wherever the letters come; nobody finds whom they may not see."""

from datetime import date

import pytest
from django.urls import reverse

from allpresent.accounts.roles import Role
from allpresent.people.queries import search_pupils
from tests import world

TODAY = date(2026, 11, 13)


@pytest.fixture
def zoe(school):
    pupil = world.a_pupil(
        in_group=world.a_group(school=school, name="5C"),
        surname="O’Brien-Ní Dhomhnaill",
        forename="Zoë",
        known_as="Zed",
        upn="A123456789012",
    )
    world.a_contact(of=pupil, name="Siân Price", mobile="+44 7700 900456", relation="Grandmother")
    world.a_pupil(in_group=world.a_group(school=school, name="5D"), surname="Bright", forename="Ada")
    return pupil


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("zoe", ""),
        ("ZED", ""),
        ("obrien", ""),
        ("ni dhom zo", ""),
        ("a1234 5678", "pupil number A12345678"),
        ("sian", "Siân Price, grandmother"),
        ("07700 900456", "number of Siân Price, grandmother"),
        ("900456", "number of Siân Price, grandmother"),
    ],
)
def test_found_by_a_few_letters_of_many_things(school, zoe, text, by):
    found = search_pupils(school, text, TODAY, with_contacts=True)
    assert [(item.pupil.id, item.by) for item in found] == [(zoe.id, by)]


def test_contacts_are_not_searched_for_those_who_may_not_see_them(school, zoe):
    assert search_pupils(school, "900456", TODAY) == ()


def test_a_teacher_finds_her_own_groups_pupils_alone(signed_in, school, zoe):
    client = signed_in(Role.TEACHER, school, groups=[zoe.memberships.get().group])
    address = reverse("pupils", kwargs={"school": school.slug})
    assert "Bright, Ada" not in client.get(address).content.decode()
    assert "0 found" not in client.get(address, {"q": "zoe"}).content.decode()
    assert "Nobody on the register today fits" in client.get(address, {"q": "ada"}).content.decode()


def test_by_group_and_a_strange_group_finds_nobody(signed_in, school, zoe):
    client = signed_in(Role.OFFICE, school)
    address = reverse("pupils", kwargs={"school": school.slug})
    assert "1 student found" in client.get(address, {"group": "5d"}).content.decode()
    assert "No students found" in client.get(address, {"group": "nowhere"}).content.decode()
