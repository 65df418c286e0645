"""One definition on every engine: the same marks give the same figures, to the session. Spark is in test_spark.py."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from django.db.models import Count, Q

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.codes import code_set_on, code_spans
from allpresent.core.figures import Figure, parts, tally_dated
from allpresent.figures.queries import sheet_of
from allpresent.figures.sums import rows_of, sums
from allpresent.registers.models import CurrentMark
from allpresent.warehouse.build import build
from allpresent.warehouse.dimensions import ENROLMENT, enrolments_by
from allpresent.warehouse.engines import on_duckdb
from allpresent.warehouse.layout import period
from allpresent.warehouse.measures import COUNTS
from tests.warehouse.made_up import SPANS, marked

NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)
FIRST, LAST = SPANS[0][0], SPANS[-1][1]


@pytest.fixture
def marks(db):
    return marked()


@pytest.fixture
def folder(marks, tmp_path):
    build(tmp_path / "warehouse", now=NOW, today=NOW.date())
    return tmp_path / "warehouse"


@pytest.fixture
def by_python(marks):
    """The figure of each enrolment, by the plain sums of the core."""
    found = defaultdict(list)
    for mark in marks:
        year = period(academic_year_of(mark.session.day))
        found[year, mark.school.slug, mark.pupil.id].append((mark.session.day, mark.code))
    return {enrolment: tally_dated(days) for enrolment, days in found.items()}


def test_the_marks_have_every_code_in_each_of_its_meanings(marks):
    for first, last in code_spans(FIRST, LAST):
        used = {mark.code for mark in marks if first <= mark.session.day <= last}
        assert used == set(code_set_on(last))


def test_numpy_counts_as_python_does(marks, by_python):
    found = {}
    for school in {mark.school for mark in marks}:
        for year in {academic_year_of(first) for first, _ in SPANS}:
            sheet = sheet_of(school, year)
            counted = sums(sheet, FIRST, LAST, rows_of(sheet), len(sheet.pupil_ids)).figures()
            found |= {
                (period(year), school.slug, pupil): figure
                for pupil, figure in zip(sheet.pupil_ids.tolist(), counted, strict=True)
            }
    assert found == by_python


def test_the_database_counts_as_python_does(marks, by_python):
    found = defaultdict(Figure)
    for first, last in code_spans(FIRST, LAST):
        columns = parts(lambda letter: Count("pk", filter=Q(code=letter)), code_set_on(last))
        rows = CurrentMark.objects.filter(day__range=(first, last)).values("school__slug", "pupil_id")
        for row in rows.annotate(**columns._asdict()):
            found[row["school__slug"], row["pupil_id"]] += Figure(*(row[name] for name in COUNTS))
    expected = defaultdict(Figure)
    for (_, *enrolment), figure in by_python.items():
        expected[tuple(enrolment)] += figure
    assert found == expected


def test_duckdb_counts_as_python_does(folder, by_python):
    assert _each(on_duckdb(folder)) == by_python


def _each(tables):
    rows = enrolments_by(tables, (), FIRST, LAST).to_pyarrow().to_pylist()
    return {tuple(row[key] for key in ENROLMENT): Figure(*(row[name] for name in COUNTS)) for row in rows}
