"""The invented children: their numbers can be rung without ringing anybody, and their facts hold together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.core.calendar.year_group import usual_year_group
from allpresent.core.roll.grounds import grounds_for
from allpresent.core.roll.upn import Upn, check_upn
from allpresent.demo.children import BETWEEN_SIBLINGS, children
from allpresent.demo.places import places
from allpresent.people.models import Characteristic, Professional

DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}")


def test_each_group_has_as_many_children_as_planned():
    found = Counter((child.place, child.group) for child in children())
    assert found == {(place.id, group.name): group.pupils for place in places() for group in place.groups}


def test_pupil_numbers_are_right_and_no_two_at_a_school_are_the_same():
    assert all(isinstance(check_upn(child.upn), Upn) for child in children())
    assert len({child.key for child in children()}) == len(children())


def test_every_telephone_number_and_address_rings_nowhere():
    adults = [adult for child in children() for adult in child.family.adults]
    numbers = [number for adult in adults for number in (adult.mobile, adult.home_phone) if number]
    workers = [worker for child in children() for worker in child.professionals]
    assert all(DRAMA.fullmatch(number) for number in numbers + [worker["phone"] for worker in workers])
    emails = [adult.email for adult in adults if adult.email] + [worker["email"] for worker in workers]
    assert all(email.endswith("@example.org") for email in emails)


def test_a_number_belongs_to_one_adult():
    owners: dict[str, set[tuple[str, str]]] = {}
    for child in children():
        for adult in child.family.adults:
            owners.setdefault(adult.mobile, set()).add((adult.name, child.family.surname))
    assert all(len(names) == 1 for names in owners.values())


def test_children_of_a_class_are_of_its_year():
    of_class = {group.name: group.year_group for place in places() for group in place.groups if group.year_group}
    in_class = [child for child in children() if child.group in of_class]
    assert all(child.year_group == of_class[child.group] for child in in_class)
    assert all(child.year_group == usual_year_group(child.born, AcademicYear(2026)) for child in children())


def test_brothers_and_sisters_are_born_far_enough_apart():
    families: dict[int, list[date]] = {}
    for child in children():
        if not child.commissioner:
            families.setdefault(id(child.family), []).append(child.born)
    siblings = [sorted(born) for born in families.values() if len(born) > 1]
    assert len(siblings) > 20
    assert all(later - earlier > BETWEEN_SIBLINGS for born in siblings for earlier, later in pairwise(born))


@pytest.mark.parametrize(
    "somebody",
    [
        lambda child: not is_compulsory_age(child.born, date(2026, 11, 20)) and child.born.year == 2022,
        lambda child: (child.born.month, child.born.day) == (2, 29),
        lambda child: "'" in child.surname,
        lambda child: "-" in child.surname and len(child.surname) > 20,
        lambda child: not (child.forename + child.surname).isascii(),
        lambda child: any(adult.restriction for adult in child.family.adults),
        lambda child: any(not adult.lives_with and adult.is_parent for adult in child.family.adults),
        lambda child: {"looked_after", "ehc_plan"} <= set(child.kinds),
        lambda child: child.joined is not None,
        lambda child: child.pattern and child.commissioner == "authority",
        lambda child: sum(adult.is_parent or bool(adult.mobile) for adult in child.family.adults) < 2,
    ],
)
def test_there_is_somebody_in_each_circumstance(somebody):
    assert any(somebody(child) for child in children())


def test_kinds_and_grounds_are_those_that_the_roll_knows():
    assert {kind for child in children() for kind in child.kinds} <= set(Characteristic.Kind.values)
    assert {worker["kind"] for child in children() for worker in child.professionals} <= set(Professional.Kind.values)
    left = [child for child in children() if child.left]
    assert left
    for child in left:
        ground = grounds_for(child.born, child.left["on"]).ground(child.left["ground"][-2])
        assert ground is not None
        assert set(child.left["answers"]) == {need.key for need in ground.needs}
        assert child.left["title"] == ground.title


def test_the_child_of_two_places_has_one_number():
    twice = [upn for upn, times in Counter(child.upn for child in children()).items() if times == 2]
    assert [{child.place for child in children() if child.upn == upn} for upn in twice] == [{"primary", "provision"}]
