"""Two people save one register at the same moment: no mark is lost, and the second is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.problems import ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers.actions import Saved, take_register
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.registers.queries import register_sheet
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import Signer
from tests import world

TIMES = 20
NOW = datetime(2026, 9, 15, 8, 55, tzinfo=LONDON)
MORNING = Session(NOW.date(), Half.AM)
PEOPLE = (("/", Signer(1, "Jo Hart", "Class teacher")), ("N", Signer(2, "Ola Brandt", "Office")))


@pytest.fixture
def classes(fresh_database):
    school = world.a_school()
    return school, [world.a_class(school=school, size=5) for _ in range(TIMES)]


def save(school, group, pupils, code: str, by: Signer, key: str, ready: Barrier):
    """What one person's saving came to. Both have the register before them as it was: no marks."""
    marks = tuple(SubmittedMark(pupil.id, code, 0) for pupil in pupils)
    sheet = register_sheet(school, group, MORNING, now=NOW)
    ready.wait()
    try:
        return take_register(
            school=school, group=group, session=MORNING, marks=marks, level=EnteredBy.OFFICE, by=by, key=key, now=NOW,
            sheet=sheet,
        )  # fmt: skip
    finally:
        connection.close()


def both_save(school, group, pupils) -> list[Saved | Problems]:
    ready = Barrier(len(PEOPLE))
    with ThreadPoolExecutor(len(PEOPLE)) as people:
        savings = [
            people.submit(save, school, group, pupils, code, by, f"{group.slug}-{by.name}", ready)
            for code, by in PEOPLE
        ]
        return [saving.result() for saving in savings]


def test_of_two_at_once_one_is_kept_whole_and_the_other_is_told(classes):
    school, made = classes
    for group, pupils in made:
        results = both_save(school, group, pupils)
        [winner] = [place for place, result in enumerate(results) if isinstance(result, Saved)]
        [told] = [result for result in results if isinstance(result, Problems)]
        code, by = PEOPLE[winner]
        assert {(problem.pupil, problem.kind) for problem in told.problems} == {
            (pupil.id, ProblemKind.CONFLICT) for pupil in pupils
        }
        entries = RegisterEntry.objects.filter(pupil__in=pupils).values_list("code", "version", "by_name")
        assert list(entries) == [(code, 1, by.name)] * len(pupils)
        held = CurrentMark.objects.filter(pupil__in=pupils).values_list("code", "version")
        assert list(held) == [(code, 1)] * len(pupils)
    assert Submission.objects.count() == TIMES


def test_the_same_sending_twice_at_once_is_kept_once(classes):
    school, made = classes
    code, by = PEOPLE[0]
    for group, pupils in made:
        ready = Barrier(2)
        with ThreadPoolExecutor(2) as people:
            twice = [people.submit(save, school, group, pupils, code, by, "k" * 8 + group.slug, ready) for _ in "12"]
        results = [saving.result() for saving in twice]
        assert all(isinstance(result, Saved) for result in results), results
        assert sorted(result.already for result in results) == [False, True]
        assert RegisterEntry.objects.filter(pupil__in=pupils).count() == len(pupils)
    assert Submission.objects.count() == TIMES
