"""What the demonstration holds once made: registers as they would have been, and what people did left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.demo.build import build, catch_up, last_act
from allpresent.demo.staff import log_ins, password
from allpresent.people.queries import pupils_on_roll
from allpresent.registers.actions import take_register
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.registers.queries import register_sheet, whole_school_rows
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import read_moment
from allpresent.shared.signer import Signer

NOW = "2026-09-11 08:55"
DAY = date(2026, 9, 11)
FACTS = ("pupil__upn", "school__slug", "day", "half", "version", "code", "source", "at", "by_name", "detail", "reason")


def quietly(words: str) -> None:
    assert words


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made once for this file, and undone after it; each test's own changes are undone after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(read_moment(NOW), quietly)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def made(demonstration, db) -> School:
    return School.objects.get(slug="thornhedge")


def entries() -> list[tuple]:
    return sorted(RegisterEntry.objects.values_list(*FACTS), key=str)


def test_nothing_was_done_after_the_moment_shown(made):
    assert last_act() <= read_moment(NOW)


def test_every_expected_pupil_of_a_past_day_has_a_mark(made):
    calendar = setting_of(made).calendar
    past = calendar.sessions_between(date(2026, 9, 1), DAY - timedelta(days=1))
    assert len(past) == 12
    blanks = [row for session in past for _, row in whole_school_rows(made, session) if row.wants_a_mark]
    assert blanks == []


def test_versions_follow_each_other_in_time(made):
    rows = RegisterEntry.objects.order_by("pupil_id", "day", "half", "version")
    for _, versions in groupby(rows, key=lambda row: (row.pupil_id, row.day, row.half)):
        versions = list(versions)
        assert [row.version for row in versions] == list(range(1, len(versions) + 1))
        assert [row.at for row in versions] == sorted(row.at for row in versions)
        assert all(row.reason for row in versions[1:])


def test_part_of_the_mornings_registers_are_in(made):
    taken = Submission.objects.filter(school=made, day=DAY, half="AM").count()
    assert 0 < taken < Group.objects.filter(school=made).count()


def test_starting_again_changes_nothing(made):
    before = entries()
    catch_up(read_moment(NOW), quietly)
    assert entries() == before


def test_a_register_that_somebody_took_is_left_as_it_is(made):
    group = Group.objects.get(school=made, name="2 Linnet")
    session, now = Session(DAY, Half.AM), read_moment("2026-09-11 08:56")
    sheet = register_sheet(made, group, session, now=now)
    marks = tuple(SubmittedMark(row.pupil, "N", row.version) for row in sheet.rows if row.code is None)
    done = take_register(
        school=made, group=group, session=session, marks=marks, level=EnteredBy.TEACHER,
        by=Signer(None, "A visitor", "Trying it out"), key="by hand 1", now=now,
    )  # fmt: skip
    assert done.entered == len(marks)
    catch_up(read_moment("2026-09-18 08:55"), quietly)
    held = CurrentMark.objects.filter(pupil_id__in=[mark.pupil for mark in marks], day=DAY, half="AM")
    assert Submission.objects.filter(group=group, day=DAY, half="AM").count() == 1
    assert not held.filter(code="/").exists()


def test_absences_are_planned_for_days_to_come(made):
    ahead = CurrentMark.objects.filter(day__gt=DAY)
    assert ahead.exists()
    assert set(ahead.values_list("source", flat=True)) == {"planned"}


def test_everybody_can_sign_in_and_every_role_is_held(made):
    assert set(Appointment.objects.values_list("role", flat=True)) == set(Role)
    assert {row.email for row in log_ins()} == set(User.objects.values_list("email", flat=True))
    assert check_password(password(), User.objects.first().password)
    assert len(password()) >= 12


def test_a_pupil_who_left_is_on_no_later_register(made):
    before = {pupil.id for pupil in pupils_on_roll(made, date(2026, 10, 22))}
    after = {pupil.id for pupil in pupils_on_roll(made, date(2026, 10, 23))}
    assert len(before - after) == 1
