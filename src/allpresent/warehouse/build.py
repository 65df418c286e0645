"""Building the warehouse: each school's years that changed since, written whole, and the others left as they are."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Max

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.figures.queries import years_with_marks
from allpresent.registers.models import RegisterEntry
from allpresent.schools.models import School
from allpresent.warehouse.layout import MARKS, TABLES, Partition, period
from allpresent.warehouse.manifest import Manifest, Read, is_warehouse, put, read_manifest, save_manifest, stands
from allpresent.warehouse.rows import RollFacts, marks_of

SETTLES = timedelta(hours=1)
"""What was entered so shortly before a build is looked at again by the next: numbered early, it may come in late."""
LOCK = ".lock"
ITS_USER_ALONE = 0o700
"""The marks of children are in the folder."""
OF_OTHERS = Read(0, 0)
"""A partition read from other registers than these."""
Tell = Callable[[str], None]
Newest = Mapping[tuple[int, str], int]
"""The newest entry of each school and year that has new ones."""


class CannotBuild(Exception):
    """Why nothing was built, and what to do about it."""


class Done(NamedTuple):
    """How many partitions (a school's year) were written, were as they should be, and are there no more."""

    written: int
    unchanged: int
    removed: int


def build(
    folder: Path, *, now: datetime, today: date, years: Collection[AcademicYear] = (), tell: Tell = lambda line: None
) -> Done:
    """Bring the warehouse in a folder up to the registers: of these academic years, or of all.

    Raises CannotBuild where the folder holds something else, another build is at work in it, or there are no marks of
    a year asked for; OSError where it cannot be written. Killed at any moment, it leaves every file as it was or as it
    should be, and the next build goes on from there.
    """
    with _held(folder):
        return _Build(folder, now, today, frozenset(years), tell).run()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder, made where it is missing, for one build at a time."""
    folder.mkdir(mode=ITS_USER_ALONE, parents=True, exist_ok=True)
    if not is_warehouse(folder) and any(one.name != LOCK for one in folder.iterdir()):
        raise CannotBuild(f"{folder} holds other files. Name a new folder, or an empty one.")
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotBuild(f"Another build is at work in {folder}. Wait until it is done.") from None
        if not is_warehouse(folder):
            folder.chmod(ITS_USER_ALONE)
            save_manifest(folder, Manifest())
        yield


class _Build:
    def __init__(self, folder: Path, now: datetime, today: date, years: Collection[AcademicYear], tell: Tell) -> None:
        self.folder, self.today, self.years, self.tell = folder, today, years, tell
        held = read_manifest(folder)
        read = held.read if _seal(held.entry) == held.seal else dict.fromkeys(held.read, OF_OTHERS)
        settled = _newest_until(now - SETTLES)
        self.manifest = Manifest(read, settled, _seal(settled))

    def run(self) -> Done:
        wanted = list(self._wanted())
        newest = self._newest()
        written = sum(self._school(number, len(wanted), *one, newest) for number, one in enumerate(wanted, 1))
        partitions = {Partition(period(year), school.slug) for school, years in wanted for year in years}
        return Done(written, len(partitions) - written, self._remove_all_but(partitions))

    def _wanted(self) -> Iterator[tuple[School, list[AcademicYear]]]:
        """Each school with its years. Raises CannotBuild for a year of which no school has marks."""
        held = [(school, years_with_marks(school)) for school in School.objects.select_related("trust").order_by("id")]
        known = {year for _, years in held for year in years}
        if missing := set(self.years) - known:
            raise CannotBuild(f"There are no marks of {_labels(missing)}. Years with marks: {_labels(known)}.")
        for school, years in held:
            yield school, [year for year in years if year in (self.years or known)]

    def _newest(self) -> Newest:
        held = [read for partition, read in self.manifest.read.items() if self._asked(partition)]
        entries = [read.entry for read in held if read != OF_OTHERS]
        return _newest_since(min(entries)) if entries else {}

    def _asked(self, partition: Partition) -> bool:
        return not self.years or partition.year in map(period, self.years)

    def _school(self, number: int, of: int, school: School, years: list[AcademicYear], newest: Newest) -> int:
        facts, written = RollFacts(school, self.today), 0
        for year in years:
            partition = Partition(period(year), school.slug)
            tables = facts.of_year(year)
            if self._due(partition, school, newest):
                tables[MARKS] = marks_of(school, year)
            if self._write(partition, tables):
                written += 1
                self.tell(f"{number} of {of}: {school.name}, {year.label} written")
            self.manifest.read[partition] = Read(school.id, self.manifest.entry)
        save_manifest(self.folder, self.manifest)
        return written

    def _due(self, partition: Partition, school: School, newest: Newest) -> bool:
        """Whether there are marks to read: never read, of another school then, entered since, or lost."""
        read = self.manifest.read.get(partition, OF_OTHERS)
        if read.school != school.id:
            return True
        return newest.get((school.id, partition.year), 0) > read.entry or not self._path(partition, MARKS).exists()

    def _write(self, partition: Partition, tables: Mapping[str, pa.Table]) -> bool:
        """Put in place the files that differ from what stands there. Gives whether any did."""
        found = {self._path(partition, name): _parquet(table) for name, table in tables.items()}
        differing = {path: content for path, content in found.items() if not stands(path, content)}
        for path, content in differing.items():
            put(path, content)
        return bool(differing)

    def _path(self, partition: Partition, table: str) -> Path:
        return self.folder / partition.path(table)

    def _remove_all_but(self, wanted: Collection[Partition]) -> int:
        """Take away the years of schools that are no more, or go by another name now."""
        gone = [partition for partition in self.manifest.read if partition not in wanted and self._asked(partition)]
        for partition in gone:
            for table in TABLES:
                shutil.rmtree(self._path(partition, table).parent, ignore_errors=True)
            del self.manifest.read[partition]
        save_manifest(self.folder, self.manifest)
        return len(gone)


def _labels(years: Collection[AcademicYear]) -> str:
    return ", ".join(year.label for year in sorted(years)) or "none yet"


def _newest_until(moment: datetime) -> int:
    found = RegisterEntry.objects.filter(at__lte=moment).order_by("-id").values_list("id", flat=True).first()
    return found or 0


def _seal(entry: int) -> str:
    return RegisterEntry.objects.filter(id=entry).values_list("seal", flat=True).first() or ""


def _newest_since(seen: int) -> Newest:
    """One query over the entries with higher numbers."""
    rows = RegisterEntry.objects.filter(id__gt=seen).order_by().values_list("school_id", "day").annotate(Max("id"))
    newest: dict[tuple[int, str], int] = {}
    for school_id, day, entry in rows:
        key = (school_id, period(academic_year_of(day)))
        newest[key] = max(newest.get(key, 0), entry)
    return newest


def _parquet(table: pa.Table) -> bytes:
    """The same rows give the same bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue().to_pybytes()
