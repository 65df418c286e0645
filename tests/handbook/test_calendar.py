"""The calendar's pages: terms, closures, bank holidays, and adding a term."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.schools.models import Term
from allpresent.shared.models import Event
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def officer(client, school):
    return world.sign_in(client, world.staff(role=Role.ATTENDANCE_OFFICER, school=school))


def text(answer) -> str:
    return answer.content.decode()


def add(client, school, **given):
    fields = {"name": "Autumn 1", "starts": "1/9/2027", "ends": "22 October 2027"}
    return client.post(f"/{school.slug}/calendar/term/", fields | given)


def test_the_year_is_counted_in_days_and_sessions(at, officer, school):
    at("2026-09-15 10:00")
    page = text(officer.get(f"/{school.slug}/calendar/"))
    assert "195 school days, 390 sessions." in page
    world.a_closure(school=school, day=date(2026, 9, 18))
    page = text(officer.get(f"/{school.slug}/calendar/"))
    assert "194 school days, 388 sessions." in page
    assert "burst pipe" in page
    assert "Sam Okafor, Office manager" in page


def test_a_term_of_next_year_is_added_and_found(at, officer, school):
    at("2027-06-15 10:00")
    answer = add(officer, school)
    assert answer.url == f"/{school.slug}/calendar/"
    assert Term.objects.filter(starts=date(2027, 9, 1), ends=date(2027, 10, 22)).exists()
    assert Event.objects.filter(kind="calendar changed", facts__what__startswith="Autumn 1").exists()
    page = text(officer.get(answer.url))
    assert 'href="?year=2027/28"' in page
    assert "Wed 1 Sep" in text(officer.get(f"{answer.url}?year=2027/28"))
    assert "Calendar 2026/27" in text(officer.get(f"{answer.url}?year=<script>"))


@pytest.mark.parametrize(
    ("given", "says", "field"),
    [
        ({"name": ""}, "Give the term a name", "name"),
        ({"starts": "32/9/2027"}, "Give the first day of the term as 15/9/2026", "starts"),
        ({"ends": "1/8/2027"}, "The term ends before it starts", "ends"),
        ({"starts": "1/9/2026", "ends": "2/10/2026"}, "overlap", "starts"),
    ],
)
def test_a_term_that_cannot_stand_is_refused_in_words(at, officer, school, given, says, field):
    at("2027-06-15 10:00")
    answer = add(officer, school, **given)
    assert answer.status_code == 422
    assert says in text(answer)
    assert f'href="#id_{field}"' in text(answer)
    assert Term.objects.filter(school=school).count() == len(world.YEAR)


def test_those_who_only_look_are_offered_nothing_to_change(client, school):
    governor = world.sign_in(client, world.staff(role=Role.GOVERNOR, school=school))
    page = text(governor.get(f"/{school.slug}/calendar/"))
    assert "Add a term" not in page
    assert "Record a closure" not in page
    assert add(governor, school).status_code == 403
