"""The year before: who was there, and registers that a former system kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.figures import tally, total
from allpresent.core.roll.grounds import grounds_for
from allpresent.demo.before import first_day, group_before, has_gone, last_day, leavers, was_here
from allpresent.demo.children import children
from allpresent.demo.last_year import bring_in, brought_in_at, former_marks, former_rate, who_was_at
from allpresent.demo.places import BEFORE, places, planned_year
from allpresent.demo.reading import chance
from allpresent.demo.roll import make_roll
from allpresent.demo.trust import make_trust
from allpresent.people.queries import pupils_on_roll
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.registers.verify import verify
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


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


@pytest.mark.parametrize(("place", "attendance"), [(places()[0], (93, 95.5)), (places()[1], (80, 92))])
def test_that_year_looks_like_a_year(place, attendance):
    codes = code_set_on(first_day())
    figures = [tally(Counter(mark.code for _, mark in former_marks(child)), codes) for child in who_was_at(place)]
    assert attendance[0] < total(figures).attendance_percent < attendance[1]
    assert 0.1 < sum(figure.persistent for figure in figures) / len(figures) < 0.5


def test_some_attended_otherwise_then_than_now():
    rates = [former_rate(chance(child.key, "last year"), child.rate) - child.rate for child in children() if child.rate]
    assert sum(more > 4 for more in rates) > 10
    assert sum(more < -2 for more in rates) > 5


@pytest.fixture(scope="module")
def kiln(django_db_setup, django_db_blocker) -> Iterator[School]:
    """The provision's roll of both years and the marks of the first, made once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        schools = make_trust()
        make_roll(schools, (child for child in (*children(), *leavers()) if child.place == "provision"))
        bring_in(places()[1])
        yield schools["provision"]
        transaction.set_rollback(True)


@pytest.fixture
def school(kiln, db) -> School:
    return kiln


def test_every_pupil_due_on_a_day_of_that_year_has_a_mark_and_nobody_else(school):
    calendar = setting_of(school).calendar
    for day in (first_day(), date(2026, 2, 9), last_day()):
        session = Session(day, Half.AM)
        held = CurrentMark.objects.filter(school=school, day=day, half="AM").values_list("pupil_id", flat=True)
        due = [pupil.id for pupil in pupils_on_roll(school, day) if pupil.expected_at(session)]
        assert sorted(held) == sorted(due)
        assert due
        assert calendar.is_session(session)


def test_the_marks_came_from_another_system_after_the_year_was_over(school):
    assert set(RegisterEntry.objects.values_list("source", "version", "at")) == {("history", 1, brought_in_at())}
    assert brought_in_at().date() > last_day()


def test_all_of_it_is_as_it_was_written(school):
    assert RegisterEntry.objects.count() > 4_000
    assert list(verify(school)) == []
