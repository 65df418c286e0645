"""The admission register is amended with its reason; what stood there stays."""

from datetime import UTC, date, datetime

import pytest

from allpresent.people.actions import Change, amend_roll
from allpresent.people.models import RollEntry
from allpresent.shared.problems import Refused
from tests import world
from tests.world import OFFICE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)


@pytest.fixture
def pupil():
    school = world.a_school()
    return world.a_pupil(in_group=world.a_group(school=school), surname="Bright", forename="Ada")


def _amend(pupil, reason="Told by the mother.", **changes):
    return amend_roll(
        pupil=pupil, changes={fact: Change(*pair) for fact, pair in changes.items()}, reason=reason, by=OFFICE, now=NOW
    )


@pytest.mark.clause("O-B-1.3")
def test_an_amendment_keeps_original_new_reason_date_name_and_position(pupil):
    _amend(pupil, surname=("Bright", "Bright-Okoro"), born=(pupil.born, date(2018, 3, 15)))
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.born) == ("Bright-Okoro", date(2018, 3, 15))
    kept = RollEntry.objects.filter(pupil=pupil).order_by("id")
    assert [(entry.field, entry.original, entry.amended) for entry in kept] == [
        ("surname", "Bright", "Bright-Okoro"),
        ("born", "2018-03-14", "2018-03-15"),
    ]
    assert {(entry.reason, entry.at, entry.by_name, entry.by_position) for entry in kept} == {
        ("Told by the mother.", NOW, "Sam Okafor", "Office manager")
    }


@pytest.mark.parametrize(
    ("reason", "changes", "says"),
    [
        ("", {"surname": ("Bright", "Dark")}, "Give the reason"),
        ("Error", {"surname": ("Bright", "Bright")}, "nothing to amend"),
        ("Error", {"surname": ("Bright", " ")}, "cannot be left blank"),
        ("Error", {"surname": ("Brite", "Dark")}, "it now reads “Bright”"),
        ("Error", {"upn": ("", "B123456789012"), "known_as": ("", "Addie")}, "should start with"),
        ("Error", {"born": (date(2018, 3, 14), date(2026, 9, 2))}, "not before the starting day"),
        ("Error", {"begins": (date(2026, 9, 1), date(2026, 9, 8))}, "cannot become later"),
        ("Error", {"begins": (date(2026, 9, 1), date(2026, 8, 30))}, "does not meet"),
    ],
)
def test_an_amendment_that_cannot_stand_is_refused_whole(pupil, reason, changes, says):
    result = _amend(pupil, reason, **changes)
    assert isinstance(result, Refused)
    assert says in " ".join(problem.message for problem in result.problems)
    pupil.refresh_from_db()
    assert (pupil.surname, pupil.known_as) == ("Bright", "")
    assert not RollEntry.objects.exists()


def test_a_starting_day_not_yet_reached_moves_with_the_place_in_the_group():
    school = world.a_school()
    group = world.a_group(school=school)
    pupil = world.a_pupil(in_group=group, starting=date(2026, 9, 28))
    _amend(pupil, begins=(date(2026, 9, 28), date(2026, 9, 30)))
    assert pupil.enrolments.get().begins == date(2026, 9, 30)
    assert pupil.memberships.get().begins == date(2026, 9, 30)


def test_a_fact_that_the_register_does_not_have_is_an_error_of_the_program(pupil):
    with pytest.raises(KeyError):
        _amend(pupil, school_id=(1, 2))
