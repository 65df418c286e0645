"""The year before: who was there, and registers that a former system kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from allpresent.core.roll.grounds import grounds_for
from allpresent.demo.before import first_day, group_before, has_gone, last_day, leavers, was_here
from allpresent.demo.children import children
from allpresent.demo.last_year import bring_in_last_year, brought_in_at
from allpresent.demo.places import BEFORE, places, planned_year
from allpresent.demo.roll import make_roll
from allpresent.demo.trust import make_trust
from allpresent.figures.answer import Question, answered
from allpresent.people.queries import pupils_on_roll
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.registers.verify import verify
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of

TODAY = date(2026, 9, 15)


def test_that_year_had_190_days_for_pupils():
    assert len(planned_year(BEFORE).pupil_days) == 190


def test_children_were_a_class_lower_and_the_youngest_were_not_there():
    primary = [child for child in children() if child.place == "primary"]
    names = [group.name for group in places()[0].groups]
    assert {child.year_group for child in primary if not was_here(child) and not child.joined} == {"R"}
    assert all(names.index(group_before(child)) == names.index(child.group) - 1 for child in primary if was_here(child))


def test_those_who_left_have_numbers_of_their_own_and_a_ground_that_the_law_knows():
    everybody = (*children(), *leavers())
    assert max(Counter(child.key for child in everybody).values()) == 1
    telephones = [{adult.mobile for child in some for adult in child.family.adults} for some in (children(), leavers())]
    assert telephones[0].isdisjoint(telephones[1])
    for child in leavers():
        grounds = grounds_for(child.born, child.left["on"])
        ground = next(ground for ground in grounds.grounds if child.left["ground"].endswith(f"({ground.letter})"))
        assert has_gone(child)
        assert child.left["ground"].startswith(grounds.regulation)
        assert child.left["title"] == ground.title
        assert set(child.left["answers"]) == {need.key for need in ground.needs}


@pytest.fixture(scope="module")
def schools(django_db_setup, django_db_blocker) -> Iterator[dict[str, School]]:
    """The roll of both years and the marks of the first, made once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_trust()
        make_roll(made, (*children(), *leavers()))
        bring_in_last_year(lambda words: None)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def primary(schools, db) -> School:
    return schools["primary"]


def test_every_pupil_of_a_day_of_that_year_has_a_mark_and_nobody_else(primary):
    calendar = setting_of(primary).calendar
    for day in (first_day(), date(2026, 2, 9), last_day()):
        held = CurrentMark.objects.filter(school=primary, day=day, half="AM").values_list("pupil_id", flat=True)
        assert sorted(held) == sorted(pupil.id for pupil in pupils_on_roll(primary, day))
        assert calendar.meets(day)


def test_the_marks_came_from_another_system_after_the_year_was_over(primary):
    assert set(RegisterEntry.objects.values_list("source", "version", "at")) == {("history", 1, brought_in_at())}
    assert brought_in_at().date() > last_day()


def test_all_of_it_is_as_it_was_written(primary):
    assert RegisterEntry.objects.count() > 70_000
    assert list(verify()) == []


def test_attendance_was_like_this_years_for_most_and_another_for_some(primary):
    answer = answered(primary, Question(first_day(), last_day()), today=TODAY)
    assert 93 < answer.total.figure.attendance_percent < 95.5
    assert 0.1 < answer.total.persistent / answer.total.pupils < 0.25
