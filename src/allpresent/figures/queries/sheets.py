"""Reading the sheet of a year: what is kept of it, and the entries made since."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db import connection

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.figures.models import YearSheet
from allpresent.figures.sheet import LETTERS, SLOTS, Entry, Sheet, blank_sheet
from allpresent.schools.models import School

LETTERS_KEPT = " ".join(LETTERS)
OVERLAP = 5_000
"""Entries folded in once more: one that was numbered early may have been committed late."""
_CHUNK = 20_000
_MARKS = "SELECT pupil_id, day, half, code FROM registers_currentmark WHERE school_id = %s AND day >= %s AND day <= %s"
_SINCE = (
    "SELECT school_id, pupil_id, day, half, code FROM registers_registerentry "
    "WHERE id > %s AND school_id IN ({schools}) AND day >= %s AND day <= %s ORDER BY id"
)
_TOUCHED_AFTER = (
    "SELECT pupil_id, day, half, '' FROM registers_registerentry "
    "WHERE school_id = %s AND day >= %s AND day <= %s AND at > %s"
)
_AS_KNOWN = (
    "SELECT pupil_id, day, half, code FROM registers_registerentry AS entry "
    "WHERE school_id = %s AND day >= %s AND day <= %s AND at <= %s AND EXISTS (SELECT 1 FROM registers_registerentry "
    "AS later WHERE later.pupil_id = entry.pupil_id AND later.day = entry.day AND later.half = entry.half "
    "AND later.version > entry.version AND later.at > %s) ORDER BY version"
)
_DAYS_OF = "SELECT day FROM registers_currentmark WHERE school_id = %s ORDER BY day"
_ENDS = f"SELECT ({_DAYS_OF} LIMIT 1), ({_DAYS_OF} DESC LIMIT 1)"


def sheet_of(school: School, year: AcademicYear, *, known: datetime | None = None) -> Sheet:
    """A school's year as the register has it now: two queries, three where this process has not read it before.

    With `known`, as it was known at that moment (UTC): the entries made afterwards are taken back.
    """
    sheet = sheets_of_schools([school], [year])[school.id][year]
    return sheet if known is None else _taken_back(sheet, school, known)


def sheets_of_schools(schools: Sequence[School], years: Sequence[AcademicYear]) -> dict[int, dict[AcademicYear, Sheet]]:
    """Years of schools as the registers have them now, by school: two queries, and one for each sheet not at hand."""
    wanted = {"school__in": schools, "year__in": [year.first for year in years], "letters": LETTERS_KEPT}
    rows = YearSheet.objects.filter(**wanted).values_list("school_id", "year", "stamp", "last_entry")
    held = {(school_id, AcademicYear(year)): (stamp, last) for school_id, year, stamp, last in rows}
    since = _since([school.id for school in schools], held) if held else {}

    def sheet(school: School, year: AcademicYear) -> Sheet:
        kept = held.get((school.id, year))
        return _opened(kept[0]).folded(since.get(school.id, ())) if kept else built(school, year)

    return {school.id: {year: sheet(school, year) for year in years} for school in schools}


def built(school: School, year: AcademicYear) -> Sheet:
    """The sheet worked out anew from the current marks: about a second for a large school's year."""
    return blank_sheet(year).folded(_rows(_MARKS, school.id, year.starts, year.ends))


def newest_entry() -> int:
    """The number of the newest entry there is, in any school; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM registers_registerentry")
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=96)
def _opened(stamp: UUID) -> Sheet:
    """A kept sheet, unpacked once in each process."""
    kept = YearSheet.objects.get(stamp=stamp)
    ids = np.frombuffer(bytes(kept.pupils), np.int64)
    cells = np.frombuffer(zlib.decompress(kept.cells), np.uint8).reshape(-1, SLOTS)
    return Sheet(AcademicYear(kept.year), ids, cells)


def packed(sheet: Sheet) -> dict[str, bytes]:
    """What is kept of a sheet."""
    return {"pupils": sheet.pupil_ids.tobytes(), "cells": zlib.compress(sheet.cells.tobytes(), 1)}


def _since(
    school_ids: Sequence[int], held: Mapping[tuple[int, AcademicYear], tuple[UUID, int]]
) -> dict[int, list[Entry]]:
    """What was entered since the oldest of these sheets was kept, by school."""
    overlap = 0 if connection.vendor == "sqlite" else OVERLAP
    last_entry = min(last for _, last in held.values()) - overlap
    years = [year for _, year in held]
    statement = _SINCE.format(schools=", ".join(["%s"] * len(school_ids)))
    found: dict[int, list[Entry]] = defaultdict(list)
    for school_id, *entry in _rows(statement, last_entry, *school_ids, min(years).starts, max(years).ends):
        found[school_id].append(tuple(entry))
    return found


def _taken_back(sheet: Sheet, school: School, known: datetime) -> Sheet:
    """The sheet without what was entered after a moment: those sessions as they were then, or blank."""
    at = connection.ops.adapt_datetimefield_value(known)
    where = (school.id, sheet.year.starts, sheet.year.ends, at)
    return sheet.folded([*_rows(_TOUCHED_AFTER, *where), *_rows(_AS_KNOWN, *where, at)])


def _rows(statement: str, *values: object) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(value) if isinstance(value, date) else value for value in values])
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def years_with_marks(school: School) -> tuple[AcademicYear, ...]:
    """The academic years in which the school has marks, oldest first: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS, [school.id, school.id])
        ends = [academic_year_of(date.fromisoformat(str(day))).first for day in cursor.fetchone() if day]
    return tuple(map(AcademicYear, range(ends[0], ends[1] + 1))) if ends else ()
