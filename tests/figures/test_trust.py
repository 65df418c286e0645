"""Every school of a trust side by side: pooled, compared with last year, and nothing of anybody else's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.figures.actions import keep_sheet
from allpresent.figures.trust import TrustFigures
from allpresent.figures.trust_pages import HEADINGS, TrustPage, change_words, table
from allpresent.schools.models import School, Trust
from tests import world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)
NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
LAST_YEAR = date(2025, 9, 1)


def a_school_with(trust: Trust, name: str, now: list[str], before: list[str] = ()) -> School:
    """A school of one pupil a word: the marks of Tuesday 15 September 2026, and of Tuesday 16 September 2025."""
    school = world.a_school(trust=trust, name=name, policy="")
    _, pupils = world.a_class(school=school, size=len(now))
    for pupil, codes in zip(pupils, now, strict=True):
        world.marks(pupil, {"2026-09-15": codes})
    for pupil, codes in zip(pupils, before, strict=False):
        world.marks(pupil, {"2025-09-16": codes})
    return school


@pytest.fixture
def trust() -> Trust:
    """Twelve pupils at Hill, of whom one is away, six at Dale, of whom two were away for half of the day."""
    trust = world.a_trust(name="Downland")
    a_school_with(trust, "Hill", ["/\\"] * 11 + ["II"], ["/\\"] * 12)
    a_school_with(trust, "Dale", ["/\\"] * 4 + ["/M", "/I"], ["/\\"] * 3 + ["OO"] * 3)
    return trust


def figures_of(trust: Trust) -> TrustFigures:
    return TrustFigures(tuple(trust.schools.order_by("name")), TODAY)


@pytest.mark.clause("O-A-1.1", "O-B-23")
def test_schools_are_pooled_by_sessions_and_pupils(trust):
    found = figures_of(trust)
    dale, hill = found.rows
    assert (hill.so_far.figure.attendance, hill.so_far.figure.possible) == (22, 24)
    assert (dale.so_far.figure.attendance, dale.so_far.figure.possible) == (10, 12)
    assert (found.so_far.figure.attendance, found.so_far.figure.possible) == (32, 36)
    assert (found.so_far.pupils, found.so_far.persistent, found.so_far.severe) == (18, 3, 3)
    assert found.added("today") == found.added("week") == found.so_far.figure


@pytest.mark.clause("O-A-1.1")
def test_the_same_days_of_last_year_are_set_beside(trust):
    dale, hill = figures_of(trust).rows
    assert dale.change == pytest.approx(100 * (10 / 12 - 6 / 12))
    assert hill.change == pytest.approx(100 * (22 / 24 - 1))
    page = TrustPage(figures_of(trust), "change")
    assert [line.of.school.name for line in page.lines] == ["Hill", "Dale"]
    assert page.fallen_words.startswith("Dale changed most: 33.3 points up")
    assert change_words(None) == "no figure"
    assert change_words(-0.04) == "the same"


def test_the_weeks_of_both_years_stand_one_above_the_other(trust):
    page = TrustPage(figures_of(trust), "name")
    assert page.points == [("Mon 14 Sep", pytest.approx(100 * 32 / 36), pytest.approx(100 * 30 / 36))]
    assert len({points.split(",")[0] for line in page.lines for points in (line.now, line.before)}) == 1


def test_small_numbers_are_withheld(trust):
    lines = {line.of.school.name: line.shown for line in TrustPage(figures_of(trust), "name").lines}
    assert lines["Hill"].pupils == 12
    assert lines["Hill"].persistent is None
    assert lines["Dale"].persistent is None


@pytest.mark.parametrize("order", ["change", "attendance", "persistent", "registers", "name"])
def test_every_order_shows_every_school(trust, order):
    page = TrustPage(figures_of(trust), order)
    assert {line.of.school.name for line in page.lines} == {"Dale", "Hill"}


def test_more_schools_cost_no_more_queries():
    def asked(schools: int) -> int:
        trust = world.a_trust()
        for number in range(schools):
            school = a_school_with(trust, f"School {trust.id}-{number}", ["/\\"], ["/\\"])
            for year in (2025, 2026):
                keep_sheet(school=school, year=AcademicYear(year), now=NOW)
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert len(TrustPage(figures_of(trust), "change").lines) == schools
        return len(queries)

    assert asked(2) == asked(5)


def test_the_file_ends_with_all_schools_together(trust):
    *_, together = table(TrustPage(figures_of(trust), "name"))
    assert together[:3] == ["All schools", 88.9, 5.6]
    assert len(together) == len(HEADINGS)


def opened(client: Client, school: School, more: str = "") -> int:
    return client.get(f"/{school.slug}/figures/trust/{more}").status_code


@pytest.mark.clause("O-A-1.1", "O-B-23")
def test_a_trust_leader_sees_every_school_of_the_trust_and_no_other(trust, at):
    at("2026-09-15 13:00")
    elsewhere = world.a_school(trust=world.a_trust(), name="Far away")
    client = world.sign_in(Client(), world.staff(role=Role.TRUST_LEADER, trust=trust))
    hill = trust.schools.get(name="Hill")
    page = client.get(f"/{hill.slug}/figures/trust/").content.decode()
    assert f"/{trust.schools.get(name='Dale').slug}/figures/" in page
    assert "Far away" not in page
    assert "88.9% attendance so far this year in 2 schools" in page
    assert opened(client, elsewhere) == 404
    assert opened(client, hill, "?order=name&format=xlsx") == 200
    assert opened(client, hill, "weeks.svg") == 200


def test_whoever_is_of_one_school_alone_does_not(trust):
    hill, alone = trust.schools.get(name="Hill"), world.a_school()
    assert opened(world.sign_in(Client(), world.staff(role=Role.HEAD, school=hill)), hill) == 403
    assert opened(world.sign_in(Client(), world.staff(role=Role.TRUST_LEADER, school=hill)), hill) == 404
    assert opened(world.sign_in(Client(), world.staff(role=Role.TRUST_LEADER, school=alone)), alone) == 404


def test_a_trust_without_a_mark_says_so(at):
    at("2026-09-15 13:00")
    trust = world.a_trust()
    school = world.a_school(trust=trust)
    client = world.sign_in(Client(), world.staff(role=Role.TRUST_LEADER, trust=trust))
    answer = client.get(f"/{school.slug}/figures/trust/")
    assert "No sessions have been recorded in 1 school this year" in answer.content.decode()
