"""A prepared query answers as the models would, whatever values it was translated with."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allpresent.people.models import Enrolment, Pupil
from allpresent.registers.models import RegisterEntry
from allpresent.schools.models import School
from allpresent.shared.prepared import Prepared, columns
from tests import world

pytestmark = pytest.mark.django_db


def _born_since(school: int, surname: str, born: date):
    found = Pupil.objects.filter(school=school, surname=surname, born__gte=born, year_group="4")
    return found.order_by("born").values_list("forename", "born")


def test_rows_are_those_of_the_models_for_other_values_too():
    school = world.a_school()
    for forename, born in (("Ada", date(2018, 3, 1)), ("Ben", date(2018, 3, 2)), ("Cy", date(2018, 3, 3))):
        world.a_pupil(school=school, surname="Ashby", forename=forename, born=born)
    prepared = Prepared(_born_since, int, str, date)
    for surname, day in (("Ashby", date(2018, 3, 1)), ("Ashby", date(2018, 3, 3)), ("Nobody", date(2018, 3, 1))):
        assert prepared.rows(school.id, surname, day) == list(_born_since(school.id, surname, day))
    assert prepared.first(school.id, "Ashby", date(2018, 3, 2)) == ("Ben", date(2018, 3, 2))
    assert prepared.first(school.id, "Nobody", date(2018, 3, 2)) is None


def test_moments_are_compared_and_given_back_as_moments():
    pupil = world.a_pupil(school=world.a_school())
    world.marks(pupil, {"2026-09-15": "/-", "2026-09-16": "/-"})
    since = Prepared(lambda at: RegisterEntry.objects.filter(at__gte=at).values_list("day", "at"), datetime)
    assert since.rows(datetime(2026, 9, 16, 12, tzinfo=UTC)) == [
        (date(2026, 9, 16), datetime(2026, 9, 16, 12, tzinfo=UTC))
    ]
    assert since.rows(datetime(2026, 9, 16, 12, 0, 1, tzinfo=UTC)) == []


def test_a_row_of_every_column_is_its_model():
    school = world.a_school(name="Hillside")
    by_slug = Prepared(lambda slug: School.objects.filter(slug=slug).values_list(*columns(School)), str)
    found = by_slug.one(School, "hillside")
    assert found == school
    for column in columns(School):
        assert getattr(found, column) == getattr(school, column)
    found.name = "Hillside Primary"
    found.save()
    assert School.objects.get().name == "Hillside Primary"
    assert by_slug.one(School, "elsewhere") is None


def test_a_constant_of_the_query_stays_and_none_is_told_from_a_value():
    school = world.a_school()
    still = world.a_pupil(school=school)
    world.a_pupil(school=school, leaving=date(2026, 10, 1))
    open_ones = Prepared(
        lambda school: Enrolment.objects.filter(pupil__school=school, ends=None).values_list("pupil_id", "ends"), int
    )
    assert open_ones.rows(school.id) == [(still.id, None)]


def test_it_is_translated_once():
    made = []

    def make(slug: str):
        made.append(slug)
        return School.objects.filter(slug=slug).values_list("id")

    prepared = Prepared(make, str)
    with CaptureQueriesContext(connection) as queries:
        prepared.rows("one"), prepared.rows("two")
    assert (len(made), len(queries)) == (1, 2)
