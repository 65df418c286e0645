"""What figures of one school's year are counted over: its sheet of marks, and the dated facts of its pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.figures.queries.sheets import sheet_of, sheets_of_schools
from allpresent.figures.sheet import SLOTS, Sheet
from allpresent.figures.sums import Labels
from allpresent.people.models import Characteristic, GroupMembership, Pupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of


class PupilFacts(NamedTuple):
    """What is known of a pupil whatever the day. `year_group` is the one of today."""

    id: int
    surname: str
    forename: str
    known_as: str
    year_group: str
    sex: str
    born: date

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.known_as or self.forename}"


_SHORT = ("id", "year_group", "sex")


class GroupName(NamedTuple):
    """A class: its name in addresses, and in words."""

    slug: str
    name: str


class Stretch(NamedTuple):
    """Something that holds of a pupil from a day to a day (None: still)."""

    pupil_id: int
    what: str | int
    begins: date
    ends: date | None


def grounds_of(school: School, years: Sequence[AcademicYear], *, today: date) -> dict[int, Ground]:
    """Several years of a school, their sheets read together; by the year's number."""
    return grounds_of_schools([school], years, today=today)[school.id]


def grounds_of_schools(
    schools: Sequence[School], years: Sequence[AcademicYear], *, today: date
) -> dict[int, dict[int, Ground]]:
    """The same of several schools, by school: as many queries as for one, once their sheets are at hand."""
    found = {school.id: {year.first: Ground(school, year, today=today) for year in years} for school in schools}
    for school_id, sheets in sheets_of_schools(schools, years).items():
        for year, sheet in sheets.items():
            found[school_id][year.first].sheet = sheet
    return found


class Ground:
    """A school in one academic year. Facts are read when first asked for, one query each."""

    def __init__(self, school: School, year: AcademicYear, *, today: date, known: datetime | None = None) -> None:
        self.school, self.year, self.today, self.known = school, year, today, known

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.school, self.year, known=self.known)

    @property
    def years_back(self) -> int:
        """How many academic years ago this one was."""
        return academic_year_of(self.today).first - self.year.first

    @property
    def calendar(self) -> SchoolCalendar:
        return setting_of(self.school).calendar

    @cached_property
    def pupils(self) -> dict[int, PupilFacts]:
        """Every pupil who was ever on the school's roll."""
        rows = Pupil.objects.filter(school=self.school).order_by().values_list(*PupilFacts._fields)
        return {row[0]: PupilFacts._make(row) for row in rows}

    @cached_property
    def facts(self) -> tuple[PupilFacts, ...]:
        """The pupils of the sheet, row by row."""
        return tuple(self.pupils[pupil_id] for pupil_id in self.sheet.pupil_ids.tolist())

    def fact(self, name: str) -> list[str]:
        """One fact of the pupils of the sheet, row by row: 'year_group' or 'sex'."""
        place = _SHORT.index(name)
        return [self._short[pupil_id][place] for pupil_id in self.sheet.pupil_ids.tolist()]

    @cached_property
    def _short(self) -> dict[int, tuple]:
        if "pupils" in self.__dict__:
            return {id: (id, facts.year_group, facts.sex) for id, facts in self.pupils.items()}
        return {row[0]: row for row in Pupil.objects.filter(school=self.school).order_by().values_list(*_SHORT)}

    @cached_property
    def memberships(self) -> tuple[Stretch, ...]:
        """Who was in which group (`what`: its id) in this year."""
        return tuple(Stretch(*row[:4]) for row in self._members)

    @cached_property
    def groups(self) -> dict[int, GroupName]:
        """The groups that anybody was in this year, by id."""
        return {row[1]: GroupName(*row[4:]) for row in self._members}

    @cached_property
    def _members(self) -> tuple[tuple, ...]:
        rows = self._of_year(GroupMembership.objects.filter(pupil__school=self.school))
        return tuple(rows.values_list("pupil_id", "group_id", "begins", "ends", "group__slug", "group__name"))

    @cached_property
    def characteristics(self) -> dict[str, list[Stretch]]:
        """Which characteristic held of whom in this year, by kind."""
        found: dict[str, list[Stretch]] = defaultdict(list)
        rows = self._of_year(Characteristic.objects.filter(pupil__school=self.school))
        for row in rows.values_list("pupil_id", "kind", "begins", "ends"):
            found[row[1]].append(Stretch._make(row))
        return found

    def _of_year(self, rows: QuerySet) -> QuerySet:
        year = Q(begins__lte=self.year.ends) & (Q(ends__isnull=True) | Q(ends__gte=self.year.starts))
        return rows.filter(year).order_by("begins")

    def filled(self, stretches: Iterable[tuple[Stretch, int]], blank: int = -1) -> Labels:
        """The number given with each stretch, on the days on which it holds; elsewhere `blank`.

        (pupils, SLOTS), or (pupils, 1) where nothing changes within the days that have marks.
        """
        given = [(stretch, number) for stretch, number in stretches if self._met(stretch)]
        whole = self._whole(given)
        labels = np.full((len(self.sheet.pupil_ids), 1 if whole else SLOTS), blank, np.int16)
        for stretch, number in given:
            row = self.sheet.row_of(stretch.pupil_id)
            if row is not None:
                labels[row, slice(None) if whole else self._span(stretch)] = number
        return labels

    @cached_property
    def _ends(self) -> tuple[date, date] | None:
        """The first and the last day with a mark."""
        used = self.sheet.used
        return (self.sheet.session(int(used[0])).day, self.sheet.session(int(used[-1])).day) if used.size else None

    def _met(self, stretch: Stretch) -> bool:
        """Whether any day with marks lies within it."""
        if self._ends is None:
            return False
        first, last = self._ends
        return stretch.begins <= last and (stretch.ends is None or stretch.ends >= first)

    def _whole(self, stretches: Sequence[tuple[Stretch, int]]) -> bool:
        """Whether each of these holds on every day with marks, and no pupil has two."""
        if self._ends is None or len({stretch.pupil_id for stretch, _ in stretches}) < len(stretches):
            return False
        first, last = self._ends
        return all(
            stretch.begins <= first and (stretch.ends is None or stretch.ends >= last) for stretch, _ in stretches
        )

    def _span(self, stretch: Stretch) -> slice:
        first = max(stretch.begins, self.year.starts)
        last = min(stretch.ends or self.year.ends, self.year.ends) + timedelta(days=1)
        return slice(*((day - self.year.starts).days * 2 for day in (first, last)))
