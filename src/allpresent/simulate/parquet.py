"""A synthetic England as Parquet, in the shape of the warehouse (warehouse/layout.py): a folder a year and a school."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.figures.sheet import HALVES, LETTERS
from allpresent.simulate.calibration import Ints, published
from allpresent.simulate.england import Part
from allpresent.simulate.year import the_year

KINDS = {"primary": "mainstream", "secondary": "mainstream", "special": "special"}
FILE = "part.parquet"
Columns = dict[str, Any]


class OneSchool(NamedTuple):
    """One school of a part: its name in the folders, and which rows of the part are its pupils."""

    part: Part
    number: int
    rows: slice

    @property
    def name(self) -> str:
        return f"{self.part.schools.phase.name}-{self.number:05}"

    @property
    def pupils(self) -> Ints:
        return self.part.first_pupil + np.arange(self.rows.start, self.rows.stop)


def write(part: Part, folder: Path) -> int:
    """Write the schools of a part. Gives how many marks they have. A file is there whole or not at all."""
    marks = 0
    for school in _schools(part):
        for table, columns in _tables(school).items():
            _write(pa.table(columns), folder / table / f"year={_year()}" / f"school={school.name}")
        marks += int(np.count_nonzero(part.cells[school.rows]))
    return marks


def _year() -> str:
    return AcademicYear(published()["year"]).label.replace("/", "")


def _schools(part: Part) -> Iterator[OneSchool]:
    after = np.cumsum(part.schools.sizes)
    for place, (size, end) in enumerate(zip(part.schools.sizes, after, strict=True)):
        yield OneSchool(part, part.schools.first + place, slice(int(end - size), int(end)))


def _tables(school: OneSchool) -> dict[str, Columns]:
    """The columns of each table of the warehouse; nothing is known of classes and characteristics."""
    year = AcademicYear(published()["year"])
    dates = np.array(the_year().days, "datetime64[D]")
    pupils, rows = school.part.pupils, school.rows
    begins, ends = dates[pupils.first[rows]], dates[pupils.after[rows] - 1]
    nobody, none, no_day = pa.array([], pa.int64()), pa.array([], pa.string()), pa.array([], pa.date32())
    return {
        "marks": _marks(school, dates),
        "pupils": {
            "pupil": school.pupils,
            "sex": _same("", len(school.pupils)),
            "year_group": pa.array(pupils.year_group[rows].astype(str)),
        },
        "enrolments": {
            "pupil": school.pupils,
            "begins": pa.array(np.where(pupils.first[rows] == 0, np.datetime64(year.starts), begins)),
            "ends": pa.array(np.where(pupils.after[rows] == len(dates), np.datetime64(year.ends), ends)),
            "standing": _same("single", len(school.pupils)),
        },
        "memberships": {"pupil": nobody, "group": none, "begins": no_day, "ends": no_day},
        "characteristics": {
            "pupil": nobody, "kind": none, "restricted": pa.array([], pa.bool_()), "begins": no_day, "ends": no_day,
        },
        "schools": _facts(school),
    }  # fmt: skip


def _marks(school: OneSchool, dates: Any) -> Columns:
    """A row a mark, by pupil, day and half."""
    cells = school.part.cells[school.rows]
    row, slot = np.nonzero(cells)
    return {
        "pupil": school.pupils[row],
        "day": pa.array(dates[slot // 2]),
        "half": pa.DictionaryArray.from_arrays((slot % 2).astype(np.int8), [half.value for half in HALVES]),
        "code": pa.DictionaryArray.from_arrays(cells[row, slot].astype(np.int8), list(LETTERS)),
    }


def _facts(school: OneSchool) -> Columns:
    phase = school.part.schools.phase.name
    said = {"name": f"Invented {phase} {school.number}", "kind": KINDS[phase]}
    return {
        name: [said.get(name, "")] for name in ("name", "kind", "trust", "authority", "la_code", "estab", "urn")
    }  # fmt: skip


def _same(word: str, times: int) -> pa.Array:
    return pa.array([word] * times, pa.string())


def _write(table: pa.Table, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{FILE}"
    pq.write_table(table, beside, compression="zstd")
    beside.replace(folder / FILE)
