"""Adults around a child: many parents, each with how they stand; restrictions never lost; facts with dates."""

from datetime import UTC, date, datetime

import pytest

from allpresent.people.actions import (
    AdultDetails,
    ContactDetails,
    add_characteristic,
    add_contact,
    add_placement,
    add_professional,
    change_contact,
    end_fact,
    remove_contact,
)
from allpresent.people.models import Contact, RollEntry
from allpresent.people.queries import contacts_short, pupil_on_roll, record_of
from allpresent.shared.problems import Refused
from tests import world
from tests.world import OFFICE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)
TODAY = date(2026, 9, 15)
SIGNED = {"by": OFFICE, "now": NOW}
MOTHER = ContactDetails("Mother", is_parent=True, parental_responsibility=True, lives_with=True, calling_order=1)


@pytest.fixture
def pupil():
    return world.a_pupil(in_group=world.a_group(school=world.a_school()))


def _add(pupil, name, details, **numbers):
    return add_contact(
        pupil=pupil, adult=AdultDetails(name, **numbers), details=details, reason="Admission form", **SIGNED
    )


@pytest.mark.clause("M-3.5a")
def test_a_child_has_many_parents_each_with_how_they_stand(pupil):
    _add(
        pupil, "Sade Bello", ContactDetails("Aunt, daily carer", is_parent=True, calling_order=3), mobile="07700 900003"
    )
    _add(pupil, "Ann Bright", MOTHER, mobile="07700 900001")
    father = ContactDetails("Father", is_parent=True, parental_responsibility=True, calling_order=2)
    _add(pupil, "Ben Bright", father, mobile="07700 900002")
    shown = record_of(pupil, restricted=False).contacts
    assert [(adult.name, adult.parental_responsibility, adult.lives_with) for adult in shown] == [
        ("Ann Bright", True, True),
        ("Ben Bright", True, False),
        ("Sade Bello", False, False),
    ]
    assert all(adult.is_parent for adult in shown)


def test_one_adult_of_two_children_is_one_row_and_a_new_number_is_entered_beside_both(pupil):
    sibling = world.a_pupil(in_group=world.a_group(school=pupil.school))
    first = _add(pupil, "Ann Bright", MOTHER, mobile="07700 900001")
    second = _add(sibling, "ann bright", MOTHER, mobile="+447700900001")
    assert first.contact_id == second.contact_id
    change_contact(
        link=first,
        adult=AdultDetails("Ann Bright", mobile="07700 900009"),
        details=MOTHER,
        reason="Rang",
        **SIGNED,
    )
    for child in (pupil, sibling):
        entry = RollEntry.objects.filter(pupil=child).last()
        assert (entry.field, entry.amended) == ("contact: Ann Bright, mobile", "07700 900009")


def test_a_namesake_with_another_number_is_another_person(pupil):
    _add(pupil, "Ann Bright", MOTHER, mobile="07700 900001")
    _add(pupil, "Ann Bright", ContactDetails("Grandmother"), mobile="07700 900002")
    assert Contact.objects.count() == 2


def test_a_restriction_reaches_the_register_and_excludes_collecting(pupil):
    barred = ContactDetails("Father", is_parent=True, restriction="Must not collect, court order", may_collect=True)
    refused = _add(pupil, "Ben Bright", barred, mobile="07700 900002")
    assert isinstance(refused, Refused)
    assert refused.problems[0].field == "may_collect"
    _add(pupil, "Ben Bright", ContactDetails("Father", restriction="Must not collect, court order"))
    assert pupil_on_roll(pupil.school, pupil.id, TODAY).restriction == "Must not collect, court order"


def test_what_a_removed_contact_was_stays_in_the_register(pupil):
    link = _add(pupil, "Ann Bright", MOTHER, mobile="07700 900001")
    assert isinstance(remove_contact(link=link, reason=" ", **SIGNED), Refused)
    remove_contact(link=link, reason="Entered twice", **SIGNED)
    entry = RollEntry.objects.filter(pupil=pupil).last()
    assert entry.original == "Mother; parent; parental responsibility; lives with; call 1; 07700 900001"
    assert (entry.amended, entry.reason) == ("", "Entered twice")
    assert record_of(pupil, restricted=False).contacts == ()


@pytest.mark.clause("M-3.5c")
def test_by_numbers_a_pupil_with_one_number_is_on_the_list_until_it_is_mended():
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    _add(pupil, "Ann Bright", MOTHER, mobile="07700 900001", home_phone="+44 7700 900001")
    short = contacts_short(school, TODAY)
    assert [(found.pupil.id, found.needed) for found in short] == [(pupil.id, True)]
    _add(pupil, "Ben Bright", ContactDetails("Father"), mobile="07700 900002")
    assert contacts_short(school, TODAY) == ()


@pytest.mark.clause("O-B-14.4")
def test_by_people_two_are_needed_and_three_are_ideal():
    school = world.a_school(policy="ogbourne")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    needed = []
    for place in range(4):
        needed += [[found.needed for found in contacts_short(school, TODAY)]]
        _add(pupil, f"Adult {place}", ContactDetails("Aunt"), mobile=f"07700 90000{place}")
    assert needed == [[True], [True], [False], []]


def test_characteristics_are_dated_and_not_held_twice_at_once(pupil):
    begun = date(2026, 9, 1)
    held = add_characteristic(pupil=pupil, kind="free_meals", begins=begun, **SIGNED)
    again = add_characteristic(pupil=pupil, kind="free_meals", begins=TODAY, **SIGNED)
    assert isinstance(again, Refused)
    assert isinstance(end_fact(fact=held, ends=date(2026, 8, 31), **SIGNED), Refused)
    end_fact(fact=held, ends=date(2026, 9, 14), **SIGNED)
    add_characteristic(pupil=pupil, kind="free_meals", begins=TODAY, **SIGNED)
    spells = record_of(pupil, restricted=False).characteristics
    assert [(spell.begins, spell.ends) for spell in spells] == [(begun, date(2026, 9, 14)), (TODAY, None)]


def test_restricted_facts_are_not_even_read_for_those_who_may_not_know(pupil):
    add_characteristic(pupil=pupil, kind="child_protection", begins=TODAY, **SIGNED)
    add_professional(pupil=pupil, kind="social_worker", name="A worker", begins=TODAY, **SIGNED)
    open_record, full = record_of(pupil, restricted=False), record_of(pupil, restricted=True)
    assert (open_record.characteristics, open_record.workers) == ((), ())
    assert [spell.text for spell in full.characteristics] == ["Child protection plan"]
    assert [worker.role for worker in full.workers] == ["Social worker"]


def test_a_place_has_one_commissioner_at_a_time(pupil):
    first = add_placement(pupil=pupil, kind="authority", commissioner="Norfolk", begins=TODAY, **SIGNED)
    clash = add_placement(pupil=pupil, kind="school", commissioner="Hillside", begins=TODAY, **SIGNED)
    assert isinstance(clash, Refused)
    assert "Norfolk" in clash.problems[0].message
    end_fact(fact=first, ends=TODAY, **SIGNED)
    add_placement(pupil=pupil, kind="school", commissioner="Hillside", begins=date(2026, 9, 16), **SIGNED)
    assert [place.spell.text for place in record_of(pupil, restricted=False).placements] == ["Norfolk", "Hillside"]
