"""Names go in on the starting day, once, and come back in a new stretch."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from allpresent.people.actions import Admission, Start, admit_again, admit_pupil
from allpresent.people.models import Pupil, RollEntry
from allpresent.people.queries import pupils_of_group, pupils_on_roll
from allpresent.shared.models import Event
from allpresent.shared.problems import Refused
from tests import world
from tests.world import OFFICE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)
MONDAY = date(2026, 9, 14)
ADA = Admission(surname="Bright", forename="Ada", born=date(2018, 2, 3), year_group="4")


def _refusals(result) -> dict[str, str]:
    assert isinstance(result, Refused)
    return {problem.field: problem.message for problem in result.problems}


@pytest.mark.clause("O-B-1.1")
def test_a_name_goes_in_on_the_day_agreed_even_if_the_child_comes_later():
    school = world.a_school()
    group = world.a_group(school=school)
    start = Start(expected_on=MONDAY, first_attended=date(2026, 9, 16), group=group)

    pupil = admit_pupil(school=school, admission=ADA, start=start, by=OFFICE, now=NOW)

    assert [row.begins for row in pupil.enrolments.all()] == [MONDAY]
    assert pupils_of_group(school, group.id, date(2026, 9, 11)) == ()
    assert [row.id for row in pupils_of_group(school, group.id, MONDAY)] == [pupil.id]
    entry = RollEntry.objects.get(pupil=pupil)
    assert (entry.amended, entry.by_name, entry.by_position) == ("2026-09-14", OFFICE.name, OFFICE.position)
    assert Event.objects.get(subject=f"pupil:{pupil.id}").kind == "pupil added to the admission register"


@pytest.mark.parametrize(
    ("admission", "start", "field", "says"),
    [
        (ADA, Start(None), "expected_on", "Give the day"),
        (ADA, Start(date(2026, 9, 13)), "expected_on", "does not meet on 13 September 2026"),
        (ADA, Start(MONDAY, first_attended=date(2026, 9, 12)), "first_attended", "does not meet on 12 September"),
        (replace(ADA, born=date(2026, 10, 1)), Start(MONDAY), "born", "not before the starting day"),
        (replace(ADA, born=date(1918, 2, 3)), Start(MONDAY), "born", "Check the year"),
        (replace(ADA, upn="B123456789012"), Start(MONDAY), "upn", "should start with"),
        (replace(ADA, upn="A12345"), Start(MONDAY), "upn", "13 characters"),
    ],
)
def test_an_admission_that_cannot_be_is_refused_and_leaves_nothing(admission, start, field, says):
    school = world.a_school()
    assert says in _refusals(admit_pupil(school=school, admission=admission, start=start, by=OFFICE, now=NOW))[field]
    assert not Pupil.objects.filter(school=school).exists()


def test_one_child_is_entered_once_and_numbers_belong_to_one():
    school = world.a_school()
    world.a_pupil(school=school, surname="Bright", forename="Ada", born=ADA.born)
    world.a_pupil(school=school, admission_number="77")
    refused = _refusals(
        admit_pupil(
            school=school,
            admission=replace(ADA, surname="BRIGHT", admission_number="77"),
            start=Start(MONDAY),
            by=OFFICE,
            now=NOW,
        )
    )
    assert "already in the admission register" in refused["surname"]
    assert "already has this number" in refused["admission_number"]


def test_another_schools_group_cannot_be_chosen():
    school, other = world.a_school(), world.a_school()
    start = Start(MONDAY, group=world.a_group(school=other))
    assert "group" in _refusals(admit_pupil(school=school, admission=ADA, start=start, by=OFFICE, now=NOW))


@pytest.mark.clause("O-B-1.1")
def test_readmission_is_a_new_stretch_and_keeps_the_old():
    school = world.a_school()
    group = world.a_group(school=school)
    pupil = world.a_pupil(in_group=group, leaving=date(2026, 9, 4))

    early = admit_again(pupil=pupil, start=Start(date(2026, 9, 4)), by=OFFICE, now=NOW)
    assert "until 4 September 2026" in _refusals(early)["expected_on"]

    admit_again(pupil=pupil, start=Start(MONDAY, group=group), by=OFFICE, now=NOW)
    assert [(row.begins, row.ends) for row in pupil.enrolments.all()] == [
        (date(2026, 9, 1), date(2026, 9, 4)),
        (MONDAY, None),
    ]
    on_roll = {day: bool(pupils_on_roll(school, day)) for day in (date(2026, 9, 3), date(2026, 9, 9), MONDAY)}
    assert on_roll == {date(2026, 9, 3): True, date(2026, 9, 9): False, MONDAY: True}
    again = admit_again(pupil=pupil, start=Start(date(2026, 9, 15)), by=OFFICE, now=NOW)
    assert "on the register already" in _refusals(again)["expected_on"]


def test_a_child_born_on_29_february_is_admitted_and_aged_by_1_march():
    school = world.a_school()
    born = date(2020, 2, 29)
    pupil = admit_pupil(school=school, admission=replace(ADA, born=born), start=Start(MONDAY), by=OFFICE, now=NOW)
    held = pupils_on_roll(school, MONDAY)[0]
    assert held.id == pupil.id
    assert [held.is_compulsory_age(day) for day in (date(2025, 3, 30), date(2025, 3, 31))] == [False, True]
