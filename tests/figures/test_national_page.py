"""The page beside the nation: who may see it, what it shows, and what it says of a figure that DfE gives."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Pupil
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from tests import world

pytestmark = pytest.mark.django_db

GIVEN = {"measure": "attendance", "figure": "75.0", "first": "2026-09-07", "last": "2026-09-18", "known": "2026-09-21"}


@pytest.fixture
def school(at):
    at("2026-09-22 10:00")
    school = world.a_school()
    kept = world.a_pupil(school=school, surname="Kept", born=date(2016, 3, 14))
    four = world.a_pupil(school=school, surname="Four", born=date(2021, 10, 1), year_group="R")
    world.marks(kept, {"2026-09-15": "/I", "2026-09-16": "/\\"})
    world.marks(four, {"2026-09-15": "II"})
    return school


def page(client, school, role=Role.HEAD, **query):
    world.sign_in(client, world.staff(role=role, school=school))
    return client.get(f"/{school.slug}/figures/national/", query)


@pytest.mark.clause("M-3.1a", "O-A-5.1", "M-1b")
def test_three_ways_to_count_stand_side_by_side(client, school):
    text = page(client, school).content.decode()
    assert "50.00% attendance by all our marks, 75.00% as DfE counts" in text
    assert "England, state-funded primary schools" in text
    assert "Wiltshire, state-funded primary schools" in text
    assert "94.72%" in text
    assert "published on 23 July 2026" in text
    assert "Not confirmed: the day of publication" in text
    assert "Four years old: +25.00 points" in text
    assert "100.00% (2 of 2 sessions missed)" in text
    assert text.count("?show=absence") == 1


def test_a_figure_that_the_steps_explain(client, school):
    text = page(client, school, **GIVEN).content.decode()
    assert "DfE gives 75.0%" in text
    assert "explain DfE’s figure to the last digit" in text


def test_what_was_written_since_is_named_session_by_session(client, school, at):
    kept = Pupil.objects.get(surname="Kept")
    world.marks(kept, {"2026-09-22": "/-"})
    corrected = NewEntry(
        kept.id, Session(date(2026, 9, 15), Half.PM), 2, "\\", Source.AMENDMENT, reason="told by the parent"
    )
    with transaction.atomic():
        enter(school.id, [corrected], by=world.OFFICE, at=datetime(2026, 9, 22, 9, tzinfo=UTC))
    text = page(client, school, **GIVEN | {"last": "2026-09-22"}).content.decode()
    assert "Tue 22 Sep, morning: no mark, now /" in text
    assert "Tue 15 Sep, afternoon: I, now \\" in text
    assert "explain DfE’s figure to the last digit" in text


def test_a_figure_that_they_do_not(client, school):
    text = page(client, school, **GIVEN | {"figure": "76.2"}).content.decode()
    assert "do not explain all of it" in text
    assert "+1.20" in text
    assert "+26.20" in text


def test_whom_dfe_counts_can_be_read_one_by_one(client, school):
    text = page(client, school, show="counted").content.decode()
    assert "Kept, Alex</a></th><td>3 of 4</td>" in text
    assert "Four, Alex</a></th><td>0 of 2</td></tr>" not in text
    assert "Kept, Alex" not in page(client, school, role=Role.GOVERNOR, show="counted").content.decode()


def test_another_phase_and_another_measure(client, school):
    text = page(client, school, phase="Secondary", measure="persistent").content.decode()
    assert "England, state-funded secondary schools" in text
    assert "Persistent absence: from 100.00% to 100.00%" in text


def test_days_of_which_dfe_counts_nothing(client, school):
    text = page(client, school, **GIVEN | {"first": "2026-09-01", "last": "2026-09-02"}).content.decode()
    assert "none of our marks" in text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"figure": ""}, "Give this: DfE’s figure"),
        ({"figure": "lots"}, "give a number, such as 93.4"),
        ({"figure": "120"}, "less than or equal to 100"),
        ({"first": "soon"}, "give a day, such as 15/09/2026"),
        ({"first": "2011-09-19"}, "held from 2012/13 on"),
        ({"first": "2026-09-19"}, "comes after the last"),
        ({"first": "2026-07-01"}, "lie in two school years"),
        ({"last": "2026-09-30"}, "has not come yet"),
        ({"known": "2026-09-30"}, "on a day to come"),
        ({"measure": "mood"}, "mood is not one of the available choices"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(client, school, wrong, says):
    answer = page(client, school, **GIVEN | wrong)
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize("odd", ["a\x00b", "9999-12-31", "0001-01-01", "NaN", "1e400", "²", "9" * 30])
def test_what_nobody_types_is_answered_in_words(client, school, odd):
    world.sign_in(client, world.staff(role=Role.HEAD, school=school))
    for box in (*GIVEN, "phase", "show"):
        answer = client.get(f"/{school.slug}/figures/national/", GIVEN | {box: odd})
        assert answer.status_code in (200, 400)


def test_it_opens_to_those_who_see_figures_and_to_nobody_of_another_school(client, school):
    assert page(client, school, role=Role.TEACHER).status_code == 403
    world.sign_in(client, world.staff(role=Role.HEAD, school=world.a_school()))
    assert client.get(f"/{school.slug}/figures/national/").status_code == 404


def test_a_governor_sees_no_single_pupil_and_no_small_number(client, school):
    gone = world.a_pupil(school=school, born=date(2016, 3, 14), leaving=date(2026, 9, 18))
    world.marks(gone, {"2026-09-02": "/\\", "2026-09-15": "D /"})
    text = page(client, school, role=Role.GOVERNOR).content.decode()
    assert "Days before DfE’s figure begins; Four years old: +" in text
    assert "Fewer than 5 students" in text
    assert "few students" in text
    assert "Four, Alex" not in text
    assert "?show=absence" not in text
    assert "sessions missed" not in text
    assert "D): fewer than 5 students: each of two schools" in text


def test_a_year_without_marks_says_what_will_come(client, at):
    at("2026-09-03 10:00")
    answer = page(client, world.a_school())
    assert answer.status_code == 200
    assert "as soon as the first register of the year is taken" in answer.content.decode()


def test_many_pupils_are_named_and_the_rest_put_together(client, school):
    for _ in range(45):
        world.marks(world.a_pupil(school=school, born=date(2022, 1, 1)), {"2026-09-15": "/\\"})
    text = page(client, school).content.decode()
    assert "5 others together" in text or "6 others together" in text
