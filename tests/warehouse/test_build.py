"""Building the warehouse: only what changed, the same from the same registers, and whole whenever it is stopped."""

from __future__ import annotations

import json
import os
import resource
import signal
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.people.models import Characteristic, GroupMembership
from allpresent.warehouse.build import CannotBuild, Done, build
from allpresent.warehouse.layout import TABLES
from allpresent.warehouse.manifest import put
from tests import world
from tests.warehouse.made_up import marked

MONDAY, TUESDAY = "2026-09-14", "2026-09-15"
NOW = datetime(2026, 9, 15, 18, tzinfo=UTC)
TODAY = NOW.date()
LATER = NOW + timedelta(days=2)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "warehouse"


@pytest.fixture
def school(db):
    return world.a_school(name="Hillside School", trust=world.a_trust(name="Downland Trust"))


@pytest.fixture
def pupils(school):
    return world.a_class(school=school)[1]


@pytest.fixture
def taken(pupils):
    for pupil in pupils:
        world.marks(pupil, {MONDAY: "/\\", TUESDAY: "/I"})


def test_each_table_is_in_files_by_year_and_school(folder, taken):
    assert build(folder, now=NOW, today=TODAY) == Done(1, 0, 0)
    assert _files(folder) == {f"{table}/year=202627/school=hillside-school/part.parquet" for table in TABLES}


def test_the_marks_are_those_of_the_registers(folder, taken, pupils):
    build(folder, now=NOW, today=TODAY)
    days = [(date(2026, 9, 14), "AM", "/"), (date(2026, 9, 14), "PM", "\\")]
    days += [(date(2026, 9, 15), "AM", "/"), (date(2026, 9, 15), "PM", "I")]
    assert _rows(folder, "marks") == [(pupil.id, *mark) for pupil in pupils for mark in days]


def test_nothing_names_a_child(folder, school):
    pupil = world.a_pupil(
        school=school, surname="Quillfeather", forename="Zebedee", upn="H801200001001", address="9 Nowhere Row"
    )
    world.marks(pupil, {TUESDAY: "/\\"})
    build(folder, now=NOW, today=TODAY)
    text = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    rows = " ".join(str(_rows(folder, table)) for table in TABLES)
    for secret in ("Quillfeather", "Zebedee", "H801200001001", "Nowhere", "2018"):
        assert secret.encode() not in text
        assert secret not in rows


@pytest.mark.parametrize("there", [False, True])
def test_only_its_user_may_open_the_folder(folder, taken, there):
    if there:
        folder.mkdir(mode=0o755)
    build(folder, now=NOW, today=TODAY)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_build_writes_nothing(folder, taken):
    build(folder, now=NOW, today=TODAY)
    before = _state(folder)
    assert build(folder, now=LATER, today=LATER.date()) == Done(0, 1, 0)
    assert _state(folder) == before


def test_the_same_registers_give_the_same_bytes(folder, tmp_path, db):
    marked()
    build(folder, now=NOW, today=TODAY)
    build(tmp_path / "another", now=LATER, today=LATER.date())
    first, second = (_bytes(one) for one in (folder, tmp_path / "another"))
    assert first == second
    assert len(first) == 4 * len(TABLES)


def test_a_late_correction_writes_the_marks_of_its_own_school_and_year(folder, db):
    marks = marked()
    build(folder, now=NOW, today=TODAY)
    before = _state(folder)
    corrected = marks[0]
    code = "I" if corrected.code != "I" else "M"
    other_half = "-" + code if corrected.session.half == "PM" else code + "-"
    world.marks(corrected.pupil, {str(corrected.session.day): other_half})
    assert build(folder, now=LATER, today=LATER.date()) == Done(1, 3, 0)
    after = _state(folder)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"marks/year=202324/school={corrected.school.slug}/part.parquet"}
    assert (corrected.pupil.id, corrected.session.day, corrected.session.half, code) in _rows(folder, "marks")


def test_what_was_entered_just_before_a_build_is_looked_at_again(folder, taken, pupils):
    """An entry numbered early may be committed late: after a build that has seen a later number."""
    just_after = datetime(2026, 9, 15, 12, 30, tzinfo=UTC)  # the marks of tests are entered at noon
    build(folder, now=just_after, today=TODAY)
    marks = folder / "marks/year=202627/school=hillside-school/part.parquet"
    marks.write_bytes(b"as if an entry had been missed")
    assert build(folder, now=just_after, today=TODAY) == Done(1, 0, 0)
    assert len(_rows(folder, "marks")) == 4 * len(pupils)


def test_a_change_of_class_writes_the_memberships_alone(folder, taken, pupils, school):
    build(folder, now=NOW, today=TODAY)
    before = _state(folder)
    held = GroupMembership.objects.get(pupil=pupils[0])
    GroupMembership.objects.filter(id=held.id).update(ends=date(2026, 9, 14))
    other = world.a_group(school=school, name="Beech")
    GroupMembership.objects.create(pupil=pupils[0], group=other, begins=date(2026, 9, 15))
    build(folder, now=LATER, today=LATER.date())
    after = _state(folder)
    assert {name.split("/")[0] for name in after if after[name] != before[name]} == {"memberships"}
    assert {row[1:] for row in _rows(folder, "memberships") if row[0] == pupils[0].id} == {
        (held.group.slug, date(2026, 9, 1), date(2026, 9, 14)),
        ("beech", date(2026, 9, 15), date(2027, 7, 31)),
    }


def test_stretches_of_one_characteristic_that_overlap_are_one(folder, taken, pupils):
    for begins, ends in ((1, 30), (10, 15), (20, 40)):
        first = date(2026, 8, 31) + timedelta(days=begins)
        _characteristic(pupils[0], "free_meals", first, date(2026, 8, 31) + timedelta(days=ends))
    _characteristic(pupils[0], "looked_after", date(2025, 3, 1), None)
    build(folder, now=NOW, today=TODAY)
    assert _rows(folder, "characteristics") == [
        (pupils[0].id, "free_meals", False, date(2026, 9, 1), date(2026, 10, 10)),
        (pupils[0].id, "looked_after", True, date(2026, 8, 1), date(2027, 7, 31)),
    ]


def test_the_year_group_is_the_one_of_that_year(folder, school):
    pupil = world.a_pupil(school=school, year_group="4", starting=date(2024, 9, 1))
    world.marks(pupil, {"2024-09-10": "/\\", TUESDAY: "/\\"})
    build(folder, now=NOW, today=TODAY)
    found = duckdb.sql(
        f"SELECT year::varchar, year_group FROM read_parquet('{folder}/pupils/*/*/*.parquet') ORDER BY 1"
    )
    assert found.fetchall() == [("202425", "2"), ("202526", "3"), ("202627", "4")]


def test_one_year_alone(folder, db):
    marked()
    assert build(folder, now=NOW, today=TODAY, years=[AcademicYear(2023)]) == Done(2, 0, 0)
    assert {name.split("/")[1] for name in _files(folder)} == {"year=202324"}
    assert build(folder, now=NOW, today=TODAY) == Done(2, 2, 0)


def test_a_year_without_marks_is_refused(folder, taken):
    with pytest.raises(CannotBuild, match=r"no marks of 2031/32. Years with marks: 2026/27"):
        build(folder, now=NOW, today=TODAY, years=[AcademicYear(2031)])


def test_a_school_of_another_name_is_not_there_twice(folder, taken, school):
    build(folder, now=NOW, today=TODAY)
    school.slug = "hilltop"
    school.save()
    assert build(folder, now=LATER, today=LATER.date()) == Done(1, 0, 1)
    assert {name.split("/")[2] for name in _files(folder)} == {"school=hilltop"}


def test_a_name_given_to_another_school_holds_that_school(folder, taken, school):
    other = world.a_school(name="Fir")
    pupil = world.a_pupil(school=other)
    world.marks(pupil, {TUESDAY: "BP"})
    build(folder, now=NOW, today=TODAY)
    for one, slug in ((school, "oak"), (other, "hillside-school")):
        one.slug = slug
        one.save()
    build(folder, now=LATER, today=LATER.date())
    of_hillside = duckdb.sql(f"SELECT pupil, code FROM '{folder}/marks/*/school=hillside-school/*.parquet'").fetchall()
    assert of_hillside == [(pupil.id, "B"), (pupil.id, "P")]


def test_registers_that_are_not_those_of_the_last_build_are_read_anew(folder, taken, pupils):
    """Another database, or one put back as it was: the entry of the last build has another seal there."""
    build(folder, now=NOW, today=TODAY)
    marks = folder / "marks/year=202627/school=hillside-school/part.parquet"
    marks.write_bytes(b"from other registers")
    assert build(folder, now=LATER, today=LATER.date()) == Done(0, 1, 0)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"seal": "of other registers"}))
    assert build(folder, now=LATER, today=LATER.date()) == Done(1, 0, 0)
    assert len(_rows(folder, "marks")) == 4 * len(pupils)


def test_so_they_are_when_the_first_build_from_them_was_stopped(folder, db):
    marks = marked()
    build(folder, now=NOW, today=TODAY)
    for path in folder.glob("marks/*/*/*.parquet"):
        path.write_bytes(b"from other registers")
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"seal": "of other registers"}))

    def stop(line):
        if line.startswith("2 of 2"):
            raise Stopped

    with pytest.raises(Stopped):
        build(folder, now=LATER, today=LATER.date(), tell=stop)
    build(folder, now=LATER, today=LATER.date())
    assert len(_rows(folder, "marks")) == len(marks)


def test_a_folder_of_other_files_is_left_alone(tmp_path, taken):
    (tmp_path / "holiday.jpg").write_bytes(b"a photograph")
    with pytest.raises(CannotBuild, match="holds other files"):
        build(tmp_path, now=NOW, today=TODAY)
    assert _files(tmp_path, "*") == {"holiday.jpg"}


def test_two_builds_at_once_are_refused(folder, taken):
    refusals = []

    def another(line):
        with pytest.raises(CannotBuild, match="Another build is at work") as refusal:
            build(folder, now=NOW, today=TODAY)
        refusals.append(refusal)

    build(folder, now=NOW, today=TODAY, tell=another)
    assert len(refusals) == 1


@pytest.mark.parametrize("partitions", [1, 2, 3])
def test_stopped_between_schools_the_next_build_goes_on(folder, tmp_path, db, partitions):
    marked()
    left = iter(range(partitions - 1))

    def stop(line):
        if next(left, None) is None:
            raise Stopped

    with pytest.raises(Stopped):
        build(folder, now=NOW, today=TODAY, tell=stop)
    assert len(_files(folder)) == partitions * len(TABLES)
    build(folder, now=NOW, today=TODAY)
    build(tmp_path / "another", now=NOW, today=TODAY)
    assert _bytes(folder) == _bytes(tmp_path / "another")


def test_stopped_between_two_files_each_is_whole_and_the_next_build_ends_it(folder, tmp_path, taken, pupils):
    build(folder, now=NOW, today=TODAY)
    before = _bytes(folder)
    _characteristic(pupils[0], "free_meals", date(2026, 9, 1), None)
    world.marks(pupils[0], {TUESDAY: "-M"})
    in_the_way = folder / "marks/year=202627/school=hillside-school/.part.parquet.unfinished"
    in_the_way.mkdir()
    with pytest.raises(OSError, match="directory"):
        build(folder, now=LATER, today=LATER.date())
    in_the_way.rmdir()
    between = _bytes(folder)
    build(tmp_path / "another", now=LATER, today=LATER.date())
    whole = _bytes(tmp_path / "another")
    assert {name.split("/")[0] for name in whole if between[name] != before[name]} == {"characteristics"}
    assert all(between[name] in (before[name], whole[name]) for name in whole)
    assert build(folder, now=LATER, today=LATER.date()) == Done(1, 0, 0)
    assert _bytes(folder) == whole


def test_killed_as_it_writes_it_leaves_the_former_file(tmp_path):
    path = tmp_path / "part.parquet"
    put(path, b"former")
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        put(path, b"latter" * 1000)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGXFSZ
    assert path.read_bytes() == b"former"
    assert list(tmp_path.glob("*.parquet")) == [path]


class Stopped(Exception):
    """The build was stopped from outside."""


def _characteristic(pupil, kind, begins, ends):
    Characteristic.objects.create(pupil=pupil, kind=kind, begins=begins, ends=ends)


def _files(folder, ending="*.parquet"):
    return {str(path.relative_to(folder)) for path in folder.rglob(ending) if path.is_file()}


def _bytes(folder):
    return {name: (folder / name).read_bytes() for name in _files(folder)}


def _state(folder):
    """A file that was written anew is another file on the disk."""
    return {name: ((folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns) for name in _files(folder)}


def _rows(folder, table):
    columns = ", ".join(f'"{column}"' for column in TABLES[table])
    read = f"read_parquet('{folder}/{table}/*/*/*.parquet', hive_partitioning = false)"
    return duckdb.sql(f"SELECT {columns} FROM {read} ORDER BY ALL").fetchall()
