"""Questions about figures: the answer counts the sessions that it says, and a head of year could check it by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.figures import Figure
from allpresent.figures.answer import Question, answered
from allpresent.people.models import Characteristic, GroupMembership
from allpresent.registers.models import CurrentMark
from tests import world

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 18)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    """Anna (4A, EHC plan from the 16th) misses three of six; Ben (4A until the 15th, then 5B) misses none of four."""
    at("2026-09-18 16:00")
    school = world.a_school()
    older = world.a_group(school=school, name="5B", year_group="5")
    younger = world.a_group(school=school, name="4A")
    anna = world.a_pupil(in_group=younger, surname="Ashby", forename="Anna", sex="F")
    ben = world.a_pupil(in_group=younger, surname="Bray", forename="Ben", sex="M", year_group="5")
    GroupMembership.objects.filter(pupil=ben).update(ends=date(2026, 9, 15))
    GroupMembership.objects.create(pupil=ben, group=older, begins=date(2026, 9, 16))
    Characteristic.objects.create(pupil=anna, kind="ehc_plan", begins=date(2026, 9, 16))
    Characteristic.objects.create(pupil=ben, kind="child_protection", begins=date(2026, 9, 1))
    world.marks(anna, {"2026-09-14": "/\\", "2026-09-15": "IU", "2026-09-16": "L O"})
    world.marks(ben, {"2026-09-15": "/\\", "2026-09-16": "/\\"})
    return school


def ask(school, *by: str, only=(), known=None, first=FIRST, last=LAST):
    return answered(school, Question(first, last, by, tuple(only), known), today=LAST)


def by_key(answer) -> dict[tuple[str, ...], Figure]:
    return {tuple(value.key for value in row.key): row.figure for row in answer.rows}


def test_the_whole_school(school):
    total = ask(school).total
    assert (total.figure.attendance, total.figure.possible, total.figure.late) == (7, 10, 2)
    assert (total.pupils, total.persistent, total.severe) == (2, 1, 1)
    assert total.codes["U"] == 1


def test_a_pupil_who_moves_counts_in_each_class_for_its_own_days(school):
    found = by_key(ask(school, "group"))
    assert {key: figure.possible for key, figure in found.items()} == {("4a",): 8, ("5b",): 2}
    classes = {row.key[0].words: row.pupils for row in ask(school, "group").rows}
    assert classes == {"4A": 1, "5B": 1}, "Ben is counted as a pupil once, where he is now"


def test_a_characteristic_counts_while_it_holds(school):
    found = by_key(ask(school, "ehc_plan"))
    assert found["yes",].possible == 2
    assert found["no",].possible == 8


def test_two_dimensions_at_once_and_the_parts_make_the_whole(school):
    answer = ask(school, "sex", "weekday")
    assert by_key(answer)["F", "tuesday"].absence == 2
    assert sum(row.figure.possible for row in answer.rows) == ask(school).total.figure.possible


def test_only_some_of_them(school):
    assert ask(school, only=[("sex", "M"), ("half", "am")]).total.figure.possible == 2
    assert ask(school, only=[("group", "no-such-class")]).total.figure == Figure()


def test_days_are_both_included_and_others_left_out(school):
    assert ask(school, first=date(2026, 9, 15), last=date(2026, 9, 15)).total.figure.possible == 4


def test_as_it_was_known_before_a_correction(school, at):
    anna = school.pupils.get(surname="Ashby")
    before = datetime(2026, 9, 17, 12, tzinfo=UTC)
    CurrentMark.objects.get(pupil=anna, day=date(2026, 9, 15), half="AM")
    at("2026-09-18 15:00")
    _amended(anna)
    assert ask(school).total.figure.absence == 2
    assert ask(school, known=before).total.figure.absence == 3


def _amended(anna):
    from django.db import transaction

    from allpresent.core.calendar.sessions import Half, Session
    from allpresent.registers.ledger import NewEntry, enter
    from allpresent.registers.models import Source

    with transaction.atomic():
        session = Session(date(2026, 9, 15), Half.AM)
        entry = NewEntry(anna.id, session, 2, "V", Source.AMENDMENT, reason="on the trip")
        enter(anna.school_id, [entry], by=world.OFFICE, at=datetime(2026, 9, 18, 10, tzinfo=UTC))


def test_across_two_academic_years_a_pupil_is_counted_once(school):
    ben = school.pupils.get(surname="Bray")
    world.marks(ben, {"2026-07-14": "II"})
    total = ask(school, first=date(2026, 7, 1)).total
    assert (total.figure.possible, total.pupils, total.persistent) == (12, 2, 2)


def seen_by(role: Role, school, path: str):
    client = world.sign_in(Client(), world.staff(role=role, school=school))
    return client.get(f"/{school.slug}/figures/{path}")


def test_names_are_shown_to_those_who_may_open_pupils(school):
    assert "Ashby, Anna" in seen_by(Role.HEAD, school, "ask/?show=pupils").content.decode()
    governors = seen_by(Role.GOVERNOR, school, "ask/?show=pupils").content.decode()
    assert "Ashby" not in governors
    assert "not shown to you" in governors
    assert "Ashby" not in seen_by(Role.GOVERNOR, school, "ask/?show=pupils&format=csv").content.decode()


def test_restricted_facts_cut_nothing_for_those_who_may_not_see_them(school):
    assert "Child protection plan" in seen_by(Role.DSL, school, "").content.decode()
    office = seen_by(Role.ATTENDANCE_OFFICER, school, "ask/?child_protection=yes").content.decode()
    assert "Child protection" not in office
    assert "3 of 10 possible sessions" in office, "a condition that is not theirs to set is left out"


def test_a_day_that_cannot_be_read_is_said(school):
    answer = seen_by(Role.HEAD, school, "ask/?first=2026-09-31")
    assert answer.status_code == 400
    assert "Give a first and a last day" in answer.content.decode()


def test_a_file_holds_the_counts(school):
    lines = seen_by(Role.HEAD, school, "ask/?by=sex&format=csv").content.decode().splitlines()
    assert lines[1].startswith("Female,6,3,1,2,3,2,50.0,1,1,1")
    assert seen_by(Role.HEAD, school, "ask/?by=sex&format=xlsx").content[:2] == b"PK"


def test_the_dashboard_says_where_attendance_is(school):
    page = seen_by(Role.HEAD, school, "").content.decode()
    assert "70.0% attendance so far this year" in page
    assert "3 of 10 sessions missed" in page
    picture = seen_by(Role.HEAD, school, "trend.svg")
    assert picture["Content-Type"].startswith("image/svg+xml")
    assert b"<svg" in picture.content


def test_a_school_without_a_mark_has_a_dashboard_too(at):
    at("2026-09-15 09:00")
    assert "No sessions have been recorded" in seen_by(Role.HEAD, world.a_school(), "").content.decode()


def test_a_governor_sees_no_figure_of_few_pupils(school):
    """Two pupils in all: every figure of theirs would tell of a single child."""
    page = seen_by(Role.GOVERNOR, school, "ask/?by=sex").content.decode()
    assert "Too few" in page
    assert "3 of 10" not in page
    assert "withheld" in seen_by(Role.GOVERNOR, school, "ask/?by=weekday&format=csv").content.decode()


def test_a_governor_sees_large_groups_and_no_small_one_through_the_others(school):
    """Seven more in 4A and one in 6C: the one is withheld, and another class with it."""
    for name, size in (("4A", 7), ("5B", 6), ("6C", 1)):
        group = school.groups.filter(name=name).first() or world.a_group(school=school, name=name)
        for _ in range(size):
            world.marks(world.a_pupil(in_group=group), {"2026-09-15": "/\\"})
    lines = seen_by(Role.GOVERNOR, school, "ask/?by=group&format=csv").content.decode().splitlines()
    held = {line.split(",")[0] for line in lines if "withheld,withheld,withheld,withheld" in line}
    assert "6C" in held
    assert len(held) == 2
    assert "All" not in held
