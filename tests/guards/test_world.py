"""The tests' own foundations: databases that commit, builders, and a server."""

from __future__ import annotations

import pytest
from django.db import connection

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.schools.models import School
from allpresent.shared import clock
from tests import world
from tests.server import Visitor


@pytest.mark.django_db
def test_marks_go_through_the_ledger():
    _, [pupil, *_] = world.a_class(school=world.a_school())
    world.marks(pupil, {"2026-09-15": "/-", "2026-09-16": "N C1"})
    world.marks(pupil, {"2026-09-16": "I-"})
    held = CurrentMark.objects.filter(pupil=pupil).order_by("day", "half").values_list("code", "version")
    assert list(held) == [("/", 1), ("I", 2), ("C1", 1)]
    assert RegisterEntry.objects.filter(pupil=pupil).count() == 4


@pytest.mark.django_db
def test_one_test_does_not_see_what_another_wrote():
    assert not School.objects.exists()


@pytest.mark.parametrize("time", [1, 2])
def test_a_fresh_database_holds_nothing_and_keeps_what_is_committed(fresh_database, time):
    assert not School.objects.exists()
    world.a_school()
    connection.close()
    assert School.objects.count() == 1


def test_the_clock_is_set_and_runs_on(at):
    at("2026-09-15 08:55")
    first, second = clock.now(), clock.now()
    assert f"{first:%H:%M}" == "07:55"
    assert first <= second


def test_a_server_serves_the_tests_own_database(serve):
    school = world.a_school(name="Long Barrow School")
    visitor = Visitor(
        serve(now="2026-09-15 08:55").port, world.session_cookie(world.staff(role=Role.HEAD, school=school))
    )
    status, page = visitor.get("/long-barrow-school/roll/add/")
    visitor.close()
    assert status == 200
    assert b"Long Barrow School" in page
