"""The sheet of a year says what the register says: after any entries, now and as it was known before."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.figures import tally_dated
from allpresent.figures.actions import keep_sheet, keep_sheets
from allpresent.figures.models import YearSheet
from allpresent.figures.queries import sheet_of, years_with_marks
from allpresent.figures.sums import rows_of, sums
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import CurrentMark, RegisterEntry, Source
from tests import world

YEAR = AcademicYear(2026)
TERM = (date(2026, 9, 1), date(2026, 12, 18))
CODES = ("/", "L", "I", "N", "O", "U", "C2", "Y4", "V", "")

pytestmark = pytest.mark.django_db


def of_school(school) -> dict:
    marks = CurrentMark.objects.filter(school=school).exclude(code="")
    return {(mark.pupil_id, mark.day, mark.half): mark.code for mark in marks}


def of_sheet(sheet) -> dict:
    return {
        (pupil_id, session.day, session.half): letter
        for row, pupil_id in enumerate(sheet.pupil_ids.tolist())
        for session, letter in sheet.marks_of(row, *TERM)
    }


def test_it_holds_what_was_kept_and_what_came_since(at):
    at("2026-09-18 16:00")
    school = world.a_school()
    anna, ben = (world.a_pupil(school=school) for _ in range(2))
    world.marks(anna, {"2026-09-15": "/\\", "2026-09-16": "IN"})
    keep_sheet(school=school, year=YEAR, now=datetime(2026, 9, 16, 20, tzinfo=UTC))
    world.marks(anna, {"2026-09-16": "-I", "2026-09-17": "C1 /"})
    world.marks(ben, {"2026-09-17": "UU"})
    sheet = sheet_of(school, YEAR)
    assert of_sheet(sheet) == of_school(school)
    assert sheet.pupil_ids[sheet.row_of(ben.id)] == ben.id
    assert sheet.row_of(0) is None


def test_another_school_is_not_in_it():
    school, other = world.a_school(), world.a_school()
    world.marks(world.a_pupil(school=other), {"2026-09-15": "/\\"})
    keep_sheet(school=school, year=YEAR, now=world.BEGINNING)
    assert not of_sheet(sheet_of(school, YEAR))
    assert not years_with_marks(school)
    assert list(years_with_marks(other)) == [YEAR]


def test_it_is_worked_out_anew_once_a_day_and_when_thrown_away(at):
    school = world.a_school()
    world.marks(world.a_pupil(school=school), {"2026-09-15": "/\\"})
    morning, noon, next_day = (datetime(2026, 9, day, hour, tzinfo=UTC) for day, hour in ((15, 8), (15, 12), (16, 8)))
    assert keep_sheets(school=school, now=morning) == 1
    assert keep_sheets(school=school, now=noon) == 0
    assert keep_sheets(school=school, now=next_day) == 1
    YearSheet.objects.all().delete()
    assert of_sheet(sheet_of(school, YEAR)) == of_school(school)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_entries_it_says_what_the_register_says(data):
    """Entries made one after the other, some before the sheet was kept: now, and as known at each moment between."""
    with transaction.atomic():
        school = world.a_school(policy="", terms=())
        pupils = [world.a_pupil(school=school) for _ in range(2)]
        made = data.draw(
            st.lists(
                st.tuples(st.integers(0, 1), st.integers(14, 16), st.sampled_from(Half), st.sampled_from(CODES)),
                max_size=12,
            )
        )
        kept_after = data.draw(st.integers(0, len(made)))
        snapshots = [(world.BEGINNING, {})]
        for number, (pupil, day, half, code) in enumerate(made):
            if number == kept_after:
                keep_sheet(school=school, year=YEAR, now=world.BEGINNING)
            at = datetime.combine(date(2026, 9, 17), time(8, number), UTC)
            _enter(school, pupils[pupil], Session(date(2026, 9, day), half), code, at)
            snapshots.append((at, of_school(school)))
        assert of_sheet(sheet_of(school, YEAR)) == of_school(school)
        for known, held in snapshots:
            assert of_sheet(sheet_of(school, YEAR, known=known)) == held
        transaction.set_rollback(True)


def _enter(school, pupil, session, code, at):
    version = RegisterEntry.objects.filter(pupil=pupil, day=session.day, half=session.half).count() + 1
    enter(
        school.id, [NewEntry(pupil.id, session, version, code, Source.AMENDMENT, reason="told")], by=world.OFFICE, at=at
    )


def test_sums_are_those_of_one_pupil_after_the_other():
    """On both sides of August 2024, when J became J1: each mark by its own day."""
    school = world.a_school(terms=())
    pupils = [world.a_pupil(school=school) for _ in range(3)]
    for pupil, days in zip(
        pupils,
        ({"2026-09-15": "/\\", "2026-09-16": "I N"}, {"2026-09-15": "L U"}, {"2026-09-16": "Y4 Y4"}),
        strict=True,
    ):
        world.marks(pupil, days)
    sheet = sheet_of(school, YEAR)
    each = sums(sheet, *TERM, rows_of(sheet), len(pupils)).figures()
    for row, pupil_id in enumerate(sheet.pupil_ids.tolist()):
        marks = CurrentMark.objects.filter(pupil_id=pupil_id).values_list("day", "code")
        assert each[row] == tally_dated(Counter(marks))
    assert sums(sheet, *TERM).figure() == sum(each[1:], each[0])
