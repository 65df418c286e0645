"""The two invented places and the year they keep, as facts: nothing here is in the database yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from allpresent.core.calendar.bank_holidays import england_days
from allpresent.core.calendar.closures import Closure, ClosureKind, Term
from allpresent.core.calendar.london import at
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.demo.reading import read

BEFORE = "last_year"
"""The file of the year before."""


@dataclass(frozen=True)
class GroupPlan:
    """A class: how many children it has, and the year they are in ('' where ages are mixed)."""

    name: str
    year_group: str
    pupils: int


@dataclass(frozen=True)
class Place:
    """A school of the demonstration."""

    id: str
    name: str
    slug: str
    kind: str
    authority: str
    la_code: str
    estab: str
    policies: tuple[str, ...]
    proportions: str
    groups: tuple[GroupPlan, ...]


@dataclass(frozen=True)
class Unexpected:
    """A day on which a place could not open, and when that was known."""

    day: date
    known_at: datetime
    reason: str


@cache
def places() -> tuple[Place, ...]:
    return tuple(_place(row) for row in read("year")["schools"])


def _place(row: dict[str, Any]) -> Place:
    groups = tuple(GroupPlan(**group) for group in row["groups"])
    return Place(**(row | {"groups": groups, "policies": tuple(row["policies"])}))


def terms(year: str = "year") -> tuple[Term, ...]:
    """The terms of a year, by its file."""
    return tuple(Term(**row) for row in read(year)["terms"])


def staff_days(year: str = "year") -> tuple[Closure, ...]:
    return tuple(
        Closure(day, day, ClosureKind.STAFF_DAY, row["reason"])
        for row in read(year)["staff_days"]
        for day in row["days"]
    )


@cache
def planned_year(year: str = "year") -> SchoolCalendar:
    """The year as both places planned it. What closed them without warning is not known yet."""
    blocks = terms(year)
    return SchoolCalendar(blocks, staff_days(year), england_days(blocks[0].starts, blocks[-1].ends))


@cache
def unexpected(place_id: str) -> dict[date, Unexpected]:
    """The days on which a place could not open."""
    rows = (row for row in read("year")["unexpected"] if row["school"] == place_id)
    return {row["day"]: Unexpected(row["day"], at(row["day"], row["at"]), row["reason"]) for row in rows}


@cache
def visits(place_id: str) -> dict[tuple[str, date], str]:
    """Where a group is out for the day, by group and day."""
    rows = (row for row in read("year")["visits"] if row["school"] == place_id)
    return {(row["group"], row["day"]): row["what"] for row in rows}
