"""What the warehouse tells apart is what the pages tell apart, in the same figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.closures import days_from
from allpresent.core.figures import Figure, bands
from allpresent.figures import dimensions as of_pages
from allpresent.figures.ground import Ground
from allpresent.figures.sums import rows_of, sums
from allpresent.people.models import Characteristic, GroupMembership
from allpresent.warehouse.build import build
from allpresent.warehouse.dimensions import DIMENSIONS, answer
from allpresent.warehouse.engines import NotBuilt, on_duckdb
from allpresent.warehouse.measures import COUNTS
from tests import world

NOW = datetime(2026, 9, 18, 18, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 7), date(2026, 9, 18)
CODES = ("//", "/\\", "LU", "IO", "V\\", "DD", "/M", "GG", "NB", "Y1 /")
ALIKE = tuple(name for name in of_pages.DIMENSIONS if name in DIMENSIONS)


@pytest.fixture
def school(db):
    """Four pupils of two classes, one of whom moves; dated facts that begin and end between marks."""
    school = world.a_school(name="Hillside School", trust=world.a_trust(name="Downland Trust"))
    oak, ash = (world.a_group(school=school, name=name) for name in ("Oak", "Ash"))
    for place, group in enumerate((oak, oak, ash, ash)):
        pupil = world.a_pupil(in_group=group, sex="FM"[place % 2], year_group=str(4 + place // 2))
        days = [day for day in days_from(FIRST, LAST) if day.weekday() < 5]
        world.marks(pupil, {str(day): CODES[(number + place * 3) % 10] for number, day in enumerate(days)})
        if place == 0:
            _moves(pupil, ash, date(2026, 9, 15))
        if place < 3:
            _holds(pupil, "free_meals", date(2026, 9, 7 + place), date(2026, 9, 16))
            _holds(pupil, "looked_after", date(2025, 9, 1), None)
    return school


@pytest.fixture
def tables(school, tmp_path):
    build(tmp_path / "warehouse", now=NOW, today=NOW.date())
    return on_duckdb(tmp_path / "warehouse")


def test_pages_and_warehouse_share_all_dimensions_but_the_term():
    assert set(of_pages.DIMENSIONS) - set(DIMENSIONS) == {"term"}
    assert all(of_pages.DIMENSIONS[name].of_pupils == DIMENSIONS[name].of_pupils for name in ALIKE)


@pytest.mark.parametrize("name", ALIKE)
def test_the_warehouse_tells_apart_what_pages_tell_apart(school, tables, name):
    ground = Ground(school, AcademicYear(2026), today=NOW.date())
    cut = of_pages.DIMENSIONS[name].cut(ground)
    counted = sums(ground.sheet, FIRST, LAST, cut.labels, len(cut.values)).figures()
    of_page = {value.key.lower(): figure for value, figure in zip(cut.values, counted, strict=True) if figure.possible}
    rows = answer(tables, [name], FIRST, LAST).to_pyarrow().to_pylist()
    assert {_key(row[name]): _figure(row) for row in rows if row["possible"]} == of_page


def test_two_dimensions_at_once_with_the_pupils_of_each_in_their_bands(school, tables):
    """A pupil who moves is counted in each class, persistently absent or not by the sessions there."""
    ground = Ground(school, AcademicYear(2026), today=NOW.date())
    classes, each = of_pages.DIMENSIONS["group"].cut(ground), rows_of(ground.sheet)
    many = len(ground.sheet.pupil_ids)
    labels = np.where(classes.labels < 0, -1, classes.labels * many + each)
    counted = sums(ground.sheet, FIRST, LAST, labels, len(classes.values) * many).figures()
    rows = answer(tables, ["school", "group"], FIRST, LAST).to_pyarrow().to_pylist()
    assert [(row["school"], row["group"]) for row in rows] == [("hillside-school", "ash"), ("hillside-school", "oak")]
    for place, value in enumerate(classes.values):
        (row,) = [row for row in rows if row["group"] == value.key]
        assert tuple(row[f"band_{band}"] for band in range(11)) == bands(counted[place * many :][:many]).counts
    assert [row["enrolments"] for row in rows] == [3, 2]


def test_facts_of_the_school(school, tables):
    (row,) = answer(tables, ["year", "trust", "authority", "kind"], FIRST, LAST).to_pyarrow().to_pylist()
    assert [row[name] for name in ("year", "trust", "authority", "kind")] == [
        "202627",
        "Downland Trust",
        "Wiltshire",
        "mainstream",
    ]


def test_times_have_no_persistent_absence(tables):
    rows = answer(tables, ["week"], FIRST, LAST).to_pyarrow().to_pylist()
    assert set(rows[0]) == {"week", *COUNTS}
    assert [row["week"] for row in rows] == [date(2026, 9, 7), date(2026, 9, 14)]


def test_days_outside_are_not_counted(tables):
    rows = answer(tables, ["day"], FIRST, FIRST).to_pyarrow().to_pylist()
    assert [row["day"] for row in rows] == [FIRST]
    assert answer(tables, ["school"], date(2031, 9, 1), date(2031, 9, 2)).to_pyarrow().to_pylist() == []


def test_days_before_the_first_codes_are_refused(tables):
    with pytest.raises(ValueError, match="no codes are held from 1990-01-01 to 1990-01-02"):
        answer(tables, ["school"], date(1990, 1, 1), date(1990, 1, 2))


def test_there_is_no_warehouse_in_an_empty_folder(tmp_path):
    with pytest.raises(NotBuilt, match="no warehouse"):
        on_duckdb(tmp_path)


def _moves(pupil, group, day):
    GroupMembership.objects.filter(pupil=pupil).update(ends=day - timedelta(days=1))
    GroupMembership.objects.create(pupil=pupil, group=group, begins=day)


def _holds(pupil, kind, begins, ends):
    Characteristic.objects.create(pupil=pupil, kind=kind, begins=begins, ends=ends)


def _key(value) -> str:
    """The value's name in addresses, in small letters."""
    return of_pages.WEEKDAYS[value - 1].lower() if isinstance(value, int) else str(value).lower()


def _figure(row) -> Figure:
    return Figure(*(row[name] for name in COUNTS))
