"""People and the program save at the same moment: no mark is lost, and whoever was second is told or tries again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.problems import ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers.actions import Saved, record_unexpected_closure, take_register
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.registers.queries import register_sheet
from allpresent.schools.models import Closure, School
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


def test_a_repeat_that_overtakes_the_first_sending_is_kept_once(classes):
    school, [(group, pupils), *_] = classes
    code, by = PEOPLE[0]
    marks = tuple(SubmittedMark(pupil.id, code, 0) for pupil in pupils)
    common = {"school": school, "group": group, "session": MORNING, "marks": marks, "by": by, "key": "k" * 8}
    before = register_sheet(school, group, MORNING, now=NOW)
    take_register(**common, level=EnteredBy.OFFICE, now=NOW + timedelta(seconds=5))
    assert take_register(**common, level=EnteredBy.OFFICE, now=NOW, sheet=before).already
    assert (Submission.objects.count(), RegisterEntry.objects.count()) == (1, len(pupils))


def at_once(*acts):
    """Each act in its own thread, begun together. Gives their results in order."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return [done.result() for done in [people.submit(run, act) for act in acts]]


def test_two_who_save_one_class_in_opposite_order_do_not_lock_each_other_out(classes):
    school, made = classes

    def saving(group, pupils, by):
        marks = tuple(SubmittedMark(pupil.id, "/", 0) for pupil in pupils)
        sheet = register_sheet(school, group, MORNING, now=NOW)
        return lambda: take_register(
            school=school, group=group, session=MORNING, marks=marks, level=EnteredBy.OFFICE, by=by,
            key=f"{group.slug}-{by.name}", now=NOW, sheet=sheet,
        )  # fmt: skip

    for group, pupils in made:
        first, second = (by for _, by in PEOPLE)
        results = at_once(saving(group, pupils, first), saving(group, pupils[::-1], second))
        assert all(isinstance(result, Saved) for result in results), results
        assert RegisterEntry.objects.filter(pupil__in=pupils).count() == len(pupils)


def test_a_closure_recorded_while_teachers_save_is_kept_with_every_mark(classes):
    school, made = classes
    by = PEOPLE[0][1]

    def taking(group, pupils):
        marks = tuple(SubmittedMark(pupil.id, "/", 0) for pupil in pupils)
        sheet = register_sheet(school, group, MORNING, now=NOW)
        return lambda: take_register(
            school=school, group=group, session=MORNING, marks=marks, level=EnteredBy.TEACHER, by=by,
            key=f"{group.slug}-{by.name}", now=NOW, sheet=sheet,
        )  # fmt: skip

    def closing():
        of_the_office = School.objects.get(id=school.id)
        return record_unexpected_closure(school=of_the_office, sessions=(MORNING,), reason="burst pipe", by=by, now=NOW)

    acts = [taking(*one) for one in made[:4]]
    taken, entered = (results := at_once(*acts, closing))[:-1], results[-1]
    for (_, pupils), result in zip(made, taken, strict=False):
        held = set(CurrentMark.objects.filter(pupil__in=pupils).values_list("code", flat=True))
        assert held == ({"/"} if isinstance(result, Saved) else {"Y4"})
    assert entered == CurrentMark.objects.filter(code="Y4").count() >= 5 * (len(made) - 4)
    assert Closure.objects.count() == 1


def test_two_who_close_the_school_at_once_close_it_once(classes):
    school, _ = classes

    def closing(by):
        own = School.objects.get(id=school.id)
        return lambda: record_unexpected_closure(school=own, sessions=(MORNING,), reason="flood", by=by, now=NOW)

    assert sorted(at_once(*(closing(by) for _, by in PEOPLE))) == [0, 5 * TIMES]
    assert Closure.objects.count() == 1
