"""The registers of a day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.schools.actions import add_closure
from allpresent.schools.models import Closure
from tests import world
from tests.registers.pages import get, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def hillside(at):
    at("2026-09-15 08:54")
    return world.a_school()


@pytest.fixture
def office(client, hillside):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=hillside, name="Sam Hart"))


def test_each_register_says_how_it_stands(office, hillside, at):
    oak, (ann, *_) = world.a_class(school=hillside, name="Oak")
    world.a_class(school=hillside, name="Ash")
    send(office, hillside, oak, {ann: "/"}, day="2026-09-15")
    page = text(get(office, hillside, "registers/"))
    assert "Taken at 8:54 by Sam Hart; 2 blanks of 3" in page
    assert "Open until 9:20, 26 minutes left; 3 blanks of 3" in page
    assert page.count("Opens at 13:10") == 2
    at("2026-09-15 09:30")
    assert "Not taken, 10 minutes overdue" in text(get(office, hillside, "registers/"))
    at("2026-09-18 09:30")
    later = text(get(office, hillside, "registers/?day=2026-09-15"))
    assert "Taken at 8:54 by Sam Hart" in later
    assert "Not taken: it was due by 9:20" in later


@pytest.mark.clause("M-3.3c")
@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("09:39", "Open until 10:00, 21 minutes left"),
        ("09:40", "Not taken, due now"),
        ("09:55", "Not taken, 15 minutes overdue"),
        ("13:12", "Not taken, 2 minutes overdue"),
    ],
)
def test_the_provisions_register_is_owed_ten_minutes_after_pupils_are_due(client, at, now, says):
    at(f"2026-09-15 {now}")
    school = world.a_school(policy="magnum")
    world.a_class(school=school, name="Oak")
    world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    assert says in text(get(client, school, "registers/"))


def test_a_register_taken_on_a_later_day_says_which(office, hillside, at):
    oak, (ann, *_) = world.a_class(school=hillside, name="Oak")
    at("2026-09-17 09:10")
    send(office, hillside, oak, {ann: "/"}, day="2026-09-15")
    page = text(get(office, hillside, "registers/?day=2026-09-15"))
    assert "Taken on 17 September 2026 at 9:10 by Sam Hart" in page


def test_a_class_teacher_sees_her_own_groups_alone(client, hillside):
    oak, _ = world.a_class(school=hillside, name="Oak")
    world.a_class(school=hillside, name="Ash")
    world.sign_in(client, world.staff(role=Role.TEACHER, school=hillside, groups=[oak]))
    page = text(get(client, hillside, "registers/"))
    assert "Oak" in page
    assert "Ash" not in page


def test_days_lead_on_over_weekends_and_holidays(office, hillside):
    world.a_class(school=hillside)
    page = get(office, hillside, "registers/?day=2026-10-23")
    assert 'rel="next" href="?day=2026-11-02"' in page
    assert 'rel="prev" href="?day=2026-10-22"' in page
    assert "the next school day is Monday 2 November 2026" in text(get(office, hillside, "registers/?day=2026-10-28"))


def test_a_closed_day_says_why(office, hillside):
    day = date(2026, 9, 18)
    add_closure(school=hillside, starts=day, ends=day, half=None, kind=Closure.Kind.STAFF_DAY, reason="Moderation",
                by=world.OFFICE, now=world.BEGINNING)  # fmt: skip
    world.a_class(school=hillside)
    page = text(get(office, hillside, "registers/?day=2026-09-18"))
    assert page.count("The school is closed: Moderation.") == 1


@pytest.mark.parametrize("day", ["x", "2026-02-30", "9999-12-31", "<b>"])
def test_a_day_that_cannot_be_read_is_said_and_today_is_shown(office, hillside, day):
    world.a_class(school=hillside, name="Oak")
    page = get(office, hillside, f"registers/?day={day}", status=400)
    assert "<title>Error: " in page
    assert 'href="#day"' in page
    assert "Oak" in text(page)


def test_a_school_without_a_policy_is_told_what_is_missing_and_who_can_mend_it(client, at):
    at("2026-09-15 08:54")
    school = world.a_school(policy="")
    world.a_class(school=school, name="Oak")
    world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    for path in ("registers/", "registers/oak/2026-09-15/am/", "registers/oak/week/2026-09-15/"):
        page = text(get(client, school, path, status=409))
        assert "No register times are set for this day" in page
        assert "The head or the senior attendance lead can load a policy" in page


def test_a_day_costs_the_same_queries_for_one_class_as_for_ten(office, hillside):
    counted = []
    for size in (1, 9):
        for _ in range(size):
            world.a_class(school=hillside)
        get(office, hillside, "registers/")
        with CaptureQueriesContext(connection) as queries:
            get(office, hillside, "registers/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
