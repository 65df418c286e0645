"""What the registers and the roll hold of one school, as tables for the warehouse. The same facts, the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from django.db.models import QuerySet

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.figures.dimensions import earlier
from allpresent.figures.queries.sheets import built
from allpresent.figures.sheet import HALVES, LETTERS
from allpresent.people.models import Characteristic, Enrolment, GroupMembership, Pupil
from allpresent.schools.models import School
from allpresent.warehouse.layout import TABLES

_TYPES = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string(), "bool": pa.bool_()}
_BEGINNING = date(1970, 1, 1)
_STRETCH = ("begins", "ends")


class Stretch(NamedTuple):
    """Something that holds of a pupil from a day to a day."""

    pupil: int
    what: str
    begins: date
    ends: date | None


def marks_of(school: School, year: AcademicYear) -> pa.Table:
    """A school's current marks of a year, by pupil and session."""
    sheet = built(school, year)
    rows, slots = np.nonzero(sheet.cells)
    days = (slots // 2 + (year.starts - _BEGINNING).days).astype(np.int32)
    columns = {
        "pupil": pa.array(sheet.pupil_ids[rows]),
        "day": pa.array(days).cast(pa.date32()),
        "half": _one_of(slots % 2, HALVES),
        "code": _one_of(sheet.cells[rows, slots], LETTERS),
    }
    return pa.table(columns).cast(_schema("marks"))


def _one_of(numbers: Any, words: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int64()), pa.array(map(str, words)))


class RollFacts:
    """What a school's roll holds of its pupils, read once and given out year by year."""

    def __init__(self, school: School, today: date) -> None:
        self.school, self.today = school, today

    def of_year(self, year: AcademicYear) -> dict[str, pa.Table]:
        """Every table but the marks. Memberships and characteristics are as they held within the year."""
        enrolments = [row for row in self.enrolments if _touches(year, *row[1:3])]
        pupils = {row[0] for row in enrolments}
        back = academic_year_of(self.today).first - year.first
        return {
            "pupils": _table("pupils", ((id, sex, earlier(of, back)) for id, sex, of in self.pupils if id in pupils)),
            "enrolments": _table("enrolments", enrolments),
            "memberships": _table("memberships", in_turn(_within(year, self.memberships))),
            "characteristics": _table("characteristics", _characteristics(_within(year, self.characteristics))),
            "schools": _table("schools", [self._school()]),
        }

    def _school(self) -> tuple[str, ...]:
        of, trust = self.school, self.school.trust
        return (of.name, of.kind, trust.name if trust else "", of.authority, of.la_code, of.estab, of.urn)

    @cached_property
    def pupils(self) -> list[tuple[int, str, str]]:
        return list(Pupil.objects.filter(school=self.school).order_by("id").values_list("id", "sex", "year_group"))

    @cached_property
    def enrolments(self) -> list[tuple[int, date, date | None, str]]:
        rows = Enrolment.objects.filter(pupil__school=self.school).order_by("pupil_id", "begins", "id")
        return list(rows.values_list("pupil_id", *_STRETCH, "standing"))

    @cached_property
    def memberships(self) -> list[Stretch]:
        return self._stretches(GroupMembership.objects.all(), "group__slug")

    @cached_property
    def characteristics(self) -> list[Stretch]:
        return self._stretches(Characteristic.objects.all(), "kind")

    def _stretches(self, rows: QuerySet, what: str) -> list[Stretch]:
        found = rows.filter(pupil__school=self.school).order_by("pupil_id", "begins", "id")
        return list(map(Stretch._make, found.values_list("pupil_id", what, *_STRETCH)))


def in_turn(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """One class a day: a stretch of a pupil ends, at the latest, on the day before the pupil's next begins."""
    for _, found in groupby(stretches, lambda one: one.pupil):
        held = list(found)
        for one, after in pairwise(held):
            if one.begins < after.begins:
                yield one._replace(ends=min(one.ends, after.begins - timedelta(days=1)))
        yield held[-1]


def joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Stretches of one fact of one pupil, in order, with those that overlap or touch made into one."""
    held: Stretch | None = None
    for one in stretches:
        if held and one.begins <= held.ends + timedelta(days=1):
            held = held._replace(ends=max(held.ends, one.ends))
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _characteristics(stretches: Iterable[Stretch]) -> Iterator[tuple[int, str, bool, date, date]]:
    ordered = sorted(stretches, key=lambda one: one[:3])
    for (pupil, kind), found in groupby(ordered, lambda one: one[:2]):
        restricted = kind in Characteristic.RESTRICTED
        yield from ((pupil, kind, restricted, one.begins, one.ends) for one in joined(found))


def _within(year: AcademicYear, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """As much of each as lies in the year."""
    for one in stretches:
        if _touches(year, one.begins, one.ends):
            ends = min(one.ends or year.ends, year.ends)
            yield one._replace(begins=max(one.begins, year.starts), ends=ends)


def _touches(year: AcademicYear, begins: date, ends: date | None) -> bool:
    return begins <= year.ends and (ends is None or ends >= year.starts)


def _table(name: str, rows: Iterable[Sequence[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in TABLES[name]]
    return pa.table(dict(zip(TABLES[name], columns, strict=True)), schema=_schema(name))


def _schema(name: str) -> pa.Schema:
    return pa.schema([(column, _TYPES[kind]) for column, kind in TABLES[name].items()])
