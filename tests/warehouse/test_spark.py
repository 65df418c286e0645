"""The same expressions on two workers of Spark: the figures of Python, and of DuckDB beside it. No database."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.figures import Figure, bands, tally_dated, total
from allpresent.warehouse.dimensions import ENROLMENT, answer, enrolments_by
from allpresent.warehouse.engines import on_duckdb, on_spark
from allpresent.warehouse.layout import TABLES, Partition, period
from allpresent.warehouse.measures import COUNTS
from tests.warehouse.made_up import SPANS, made

pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""Spark's own Python closes the stream of each answer, and leaves its socket to the collector."""
FIRST, LAST = SPANS[0][0], SPANS[-1][1]


@pytest.fixture(scope="module")
def marks():
    """The days and codes of each enrolment."""
    found = defaultdict(list)
    for mark in made():
        year = period(academic_year_of(mark.session.day))
        found[year, f"school-{mark.school}", mark.pupil].append((*mark.session, mark.code))
    return found


@pytest.fixture(scope="module")
def by_python(marks):
    """The figure of each enrolment, by the plain sums of the core."""
    return {whose: tally_dated((day, code) for day, _, code in days) for whose, days in marks.items()}


@pytest.fixture(scope="module")
def engines(marks, spark, tmp_path_factory):
    """The made-up marks in files, as DuckDB reads them and as Spark does."""
    folder = tmp_path_factory.mktemp("made_up")
    partitions = defaultdict(list)
    for (year, school, pupil), days in marks.items():
        partitions[Partition(year, school)] += [(pupil, *mark) for mark in days]
    for partition, rows in partitions.items():
        for table in TABLES:
            _write(folder / partition.path(table), table, rows if table == "marks" else _facts(table, rows))
    return on_duckdb(folder), on_spark(folder, spark)


def test_spark_counts_as_python_does(engines, by_python):
    for tables in engines:
        rows = enrolments_by(tables, (), FIRST, LAST).to_pyarrow().to_pylist()
        assert {tuple(row[key] for key in ENROLMENT): _figure(row) for row in rows} == by_python


@pytest.mark.clause("M-1b", "O-A-5.1")
def test_bands_of_a_school_are_those_of_the_core(engines, by_python):
    rows, of_spark = (answer(tables, ["school"], FIRST, LAST).to_pyarrow().to_pylist() for tables in engines)
    assert rows == of_spark
    assert len(rows) == 2
    for row in rows:
        each = [figure for (_, school, _), figure in by_python.items() if school == row["school"]]
        held = bands(each)
        assert _figure(row) == total(each)
        assert tuple(row[f"band_{band}"] for band in range(11)) == held.counts
        assert [row[name] for name in ("enrolments", "persistent", "severe")] == [
            held.enrolments,
            held.persistent,
            held.severe,
        ]


def test_spark_tells_apart_what_duckdb_tells_apart(engines):
    """By facts of the school, of the pupil, of the day of the pupil, and by times, all at once."""
    by = ["kind", "year_group", "group", "free_meals", "week", "weekday"]
    rows, of_spark = (answer(tables, by, FIRST, LAST).to_pyarrow().to_pylist() for tables in engines)
    assert rows == of_spark
    told_apart = {name: {row[name] for row in rows} for name in by}
    assert told_apart["group"] == {"", "oak"}
    assert told_apart["free_meals"] == {"yes", "no"}
    assert [len(told_apart[name]) for name in by] == [1, 2, 2, 2, 7, 7]


def _facts(table, marks):
    """Of each second pupil: in a class for the first days of the marks, with free meals for the last."""
    pupils = sorted({mark[0] for mark in marks})
    days = sorted({mark[1] for mark in marks})
    first, middle, last = days[0], days[len(days) // 2], days[-1]
    return {
        "pupils": [(pupil, "F", str(4 + pupil % 2)) for pupil in pupils],
        "enrolments": [(pupil, first, None, "only") for pupil in pupils],
        "memberships": [(pupil, "oak", first, middle) for pupil in pupils[::2]],
        "characteristics": [(pupil, "free_meals", False, middle, last) for pupil in pupils[::2]],
        "schools": [("Orchard School", "mainstream", "", "Wiltshire", "865", "", "")],
    }[table]


def _write(path, table, rows):
    kinds = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string(), "bool": pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in TABLES[table].items()])
    path.parent.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist([dict(zip(TABLES[table], row, strict=True)) for row in rows], schema), path)


def _figure(row) -> Figure:
    return Figure(*(row[name] for name in COUNTS))
