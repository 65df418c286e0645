"""Where each thing lies in the warehouse: `marks/year=202627/school=hillside/part.parquet`, and so for every table.

Years are written as in DfE's own files (`time_period`), schools by their names in addresses. There are no names of
children, no pupil numbers, no addresses and no dates of birth: a pupil is the number of a row in the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear

LAYOUT = 1
"""Another number after each change of tables or columns: everything is then written anew."""
TABLES = {
    "marks": {"pupil": "int64", "day": "date", "half": "string", "code": "string"},
    "pupils": {"pupil": "int64", "sex": "string", "year_group": "string"},
    "enrolments": {"pupil": "int64", "begins": "date", "ends": "date", "standing": "string"},
    "memberships": {"pupil": "int64", "group": "string", "begins": "date", "ends": "date"},
    "characteristics": {"pupil": "int64", "kind": "string", "restricted": "bool", "begins": "date", "ends": "date"},
    "schools": {
        "name": "string", "kind": "string", "trust": "string", "authority": "string", "la_code": "string",
        "estab": "string", "urn": "string",
    },
}  # fmt: skip
"""The columns of each table, beside `year` and `school`, which are in the path."""
MARKS = "marks"
FILE = "part.parquet"


class Partition(NamedTuple):
    """One academic year of one school."""

    year: str
    school: str

    def path(self, table: str) -> Path:
        """Where this partition of a table lies, below the folder of the warehouse."""
        return Path(table) / f"year={self.year}" / f"school={self.school}" / FILE


def period(year: AcademicYear) -> str:
    """The year as DfE's files have it: 202627 for 2026/27."""
    return year.label.replace("/", "")
