"""Every school of a trust side by side, from their sheets of marks: no more queries for forty schools than for two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.db.models import Count, Min

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.figures import Figure, total
from allpresent.core.figures.published import Kind, Published, newest
from allpresent.core.policy.findings import PolicyProblem
from allpresent.figures.answer import Question, Row, answered, together
from allpresent.figures.dashboard import A_YEAR
from allpresent.figures.dimensions import EVERY, Cut, Value
from allpresent.figures.ground import Ground, grounds_of_schools
from allpresent.figures.national import phase_by
from allpresent.figures.sums import sums
from allpresent.people.models import Pupil
from allpresent.registers.models import Submission
from allpresent.schools.models import School
from allpresent.schools.queries import Setting, setting_of

Weeks = dict[date, Figure]
"""By Monday."""


class Registers(NamedTuple):
    """Registers of this week that are in, and how many of them came after the time that the policy gives."""

    taken: int = 0
    late: int = 0


class OfSchool(NamedTuple):
    """One school: the year so far, the same days of last year, today, this week, and every week of both years."""

    school: School
    so_far: Row
    last_year: Row
    today: Figure
    week: Figure
    weeks: Weeks
    weeks_before: Weeks
    registers: Registers
    england: Published | None

    @property
    def change(self) -> float | None:
        """Percentage points of attendance against last year; None where either year has no figure."""
        return difference(self.so_far, self.last_year)


def difference(now: Row, before: Row) -> float | None:
    """Percentage points of attendance from one row to another; None where either has no figure."""
    one, other = now.figure.attendance_percent, before.figure.attendance_percent
    return None if one is None or other is None else one - other


@dataclass(frozen=True)
class TrustFigures:
    """The schools of a trust on a day. Everything else is worked out from their sheets."""

    schools: tuple[School, ...]
    today: date

    @property
    def year(self) -> AcademicYear:
        return academic_year_of(self.today)

    @cached_property
    def rows(self) -> tuple[OfSchool, ...]:
        """By name."""
        registers, phases = _registers(self.schools, self.today), _year_groups(self.schools)
        return tuple(self._row(school, registers[school.id], phases[school.id]) for school in self.schools)

    @cached_property
    def so_far(self) -> Row:
        """All schools together, pooled as DfE pools them: sessions over sessions, enrolments over enrolments."""
        return together((), [row.so_far for row in self.rows])

    @cached_property
    def last_year(self) -> Row:
        return together((), [row.last_year for row in self.rows])

    @property
    def registers(self) -> Registers:
        return Registers(*(sum(of) for of in zip(*(row.registers for row in self.rows), strict=True)))

    def added(self, name: str) -> Figure:
        """The figures of all schools 'today' or of the 'week', added up."""
        return total(getattr(row, name) for row in self.rows)

    def by_week(self, name: str) -> Weeks:
        """All schools in each of the 'weeks' or 'weeks_before'."""
        found: Weeks = defaultdict(Figure)
        for monday, figure in chain.from_iterable(getattr(row, name).items() for row in self.rows):
            found[monday] += figure
        return found

    @cached_property
    def _grounds(self) -> dict[int, dict[int, Ground]]:
        return grounds_of_schools(self.schools, (self.year, AcademicYear(self.year.first - 1)), today=self.today)

    @cached_property
    def _weeks(self) -> dict[int, Cut]:
        """The weeks of each year: the same for every school."""
        some = next(iter(self._grounds.values()))
        return {year: EVERY["week"].cut(ground) for year, ground in some.items()}

    def _row(self, school: School, registers: Registers, year_groups: Counter[str]) -> OfSchool:
        this = self.year.first
        return OfSchool(
            school=school,
            so_far=self._answered(school, self.year.starts, self.today),
            last_year=self._answered(school, self.year.starts - A_YEAR, self.today - A_YEAR),
            today=self._figure(school, self.today),
            week=self._figure(school, monday_of(self.today)),
            weeks=self._by_week(school, this, self.today),
            weeks_before=self._by_week(school, this - 1, AcademicYear(this - 1).ends),
            registers=registers,
            england=newest(phase_by(school, year_groups), Kind.YEAR, self.today),
        )

    def _answered(self, school: School, first: date, last: date) -> Row:
        found = answered(school, Question(first, last), today=self.today, grounds=self._grounds[school.id])
        return replace(next(iter(found.rows), Row(())), key=(Value(school.slug, school.name),))

    def _figure(self, school: School, first: date) -> Figure:
        first = max(first, self.year.starts)
        return sums(self._grounds[school.id][self.year.first].sheet, first, self.today).figure()

    def _by_week(self, school: School, year: int, last: date) -> Weeks:
        cut, ground = self._weeks[year], self._grounds[school.id][year]
        figures = sums(ground.sheet, ground.year.starts, last, cut.labels, len(cut.values)).figures()
        mondays = (date.fromisoformat(value.key) for value in cut.values)
        return {monday: figure for monday, figure in zip(mondays, figures, strict=True) if figure.possible}


def _year_groups(schools: Sequence[School]) -> dict[int, Counter[str]]:
    """How many pupils of each school are in each year group: one query."""
    rows = Pupil.objects.filter(school__in=schools).order_by().values_list("school_id", "year_group")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for school_id, year_group, number in rows.annotate(Count("id")):
        found[school_id][year_group] += number
    return found


def _registers(schools: Sequence[School], today: date) -> dict[int, Registers]:
    """Registers of this week that are in, by school: one query."""
    rows = Submission.objects.filter(school__in=schools, day__gte=monday_of(today), day__lte=today)
    firsts = rows.values_list("school_id", "group", "group__year_group", "day", "half").annotate(Min("at"))
    settings = {school.id: setting_of(school) for school in schools}
    found: dict[int, Registers] = defaultdict(Registers)
    for school_id, _, year_group, day, half, at in firsts:
        due = _due(settings[school_id], Session(day, Half(half)), year_group)
        taken, late = found[school_id]
        found[school_id] = Registers(taken + 1, late + (due is not None and at > due))
    return found


def _due(setting: Setting, session: Session, year_group: str) -> datetime | None:
    """When a register was to be in; None where no policy says so."""
    try:
        return setting.window(session, year_group).due_at(session.day)
    except PolicyProblem:
        return None
