"""The school's figures on one page: now, against before and against the nation; who, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.codes import code_set_on
from allpresent.core.figures import Figure
from allpresent.core.figures.published import Kind, Published, newest
from allpresent.figures.answer import Answer, Question, Row, answered
from allpresent.figures.charts import Line
from allpresent.figures.dimensions import DIMENSIONS
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.national import phase_of
from allpresent.figures.sheet import HALVES
from allpresent.figures.shown import ShownRow, shown
from allpresent.schools.models import School
from allpresent.shared.words import count_of, plain_day, short_day

A_YEAR = timedelta(weeks=52)


class Tile(NamedTuple):
    """One figure of the strip at the top: its words, its days and, beside it, what it is compared with."""

    words: str
    first: date
    last: date
    figure: Figure


class Reason(NamedTuple):
    """One code of absence: sessions, and its part of the possible ones."""

    letter: str
    name: str
    sessions: int
    percent: float | None


class Point(NamedTuple):
    """A week of the trend, this year and last."""

    monday: date
    now: float | None
    before: float | None


@dataclass(frozen=True)
class Dashboard:
    """Everything is worked out from two sheets of marks: of the academic year of a day and of the one before.

    `known`: as the registers stood at that moment (UTC); None for now.
    """

    school: School
    today: date
    seen: frozenset[str]
    names: bool
    known: datetime | None = None

    @cached_property
    def _grounds(self) -> dict[int, Ground]:
        this = academic_year_of(self.today)
        years = (this, AcademicYear(this.first - 1))
        if self.known is None:
            return grounds_of(self.school, years, today=self.today)
        return {year.first: Ground(self.school, year, today=self.today, known=self.known) for year in years}

    @property
    def starts(self) -> date:
        return academic_year_of(self.today).starts

    @property
    def query(self) -> str:
        """The days of the year so far, as addresses say them."""
        return f"first={self.starts}&last={self.today}{self.known_query}"

    @property
    def known_query(self) -> str:
        """The end of an address that asks what was known on the day."""
        return f"&known={self.today}" if self.known else ""

    def _ask(self, first: date, last: date, *by: str) -> Answer:
        return answered(self.school, Question(first, last, by), today=self.today, grounds=self._grounds)

    @cached_property
    def so_far(self) -> Row:
        """The academic year to date: all pupils."""
        return self._ask(self.starts, self.today).total

    @cached_property
    def last_year(self) -> Row:
        """The same days of the year before, weekday by weekday."""
        return self._ask(self.starts - A_YEAR, self.today - A_YEAR).total

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        days = (("Today", self.today), ("This week", monday_of(self.today)), ("This year so far", self.starts))
        found = [Tile(words, first, self.today, self._figure(first)) for words, first in days[:2]]
        return (*found, Tile(days[2][0], self.starts, self.today, self.so_far.figure))

    def _figure(self, first: date) -> Figure:
        return self._ask(first, self.today, "half").total.figure

    @cached_property
    def change(self) -> float | None:
        """Percentage points of attendance against last year; None where either year has no figure."""
        now, before = self.so_far.figure.attendance_percent, self.last_year.figure.attendance_percent
        return None if now is None or before is None else now - before

    @cached_property
    def trend(self) -> tuple[Point, ...]:
        now = {row.key[0].key: row.figure for row in self._ask(self.starts, self.today, "week").rows}
        before = {
            row.key[0].key: row.figure
            for row in self._ask(self.starts - A_YEAR, self.starts - timedelta(days=1), "week").rows
        }
        mondays = sorted({*now, *(str(date.fromisoformat(key) + A_YEAR) for key in before)})
        return tuple(self._point(date.fromisoformat(key), now, before) for key in mondays)

    def _point(self, monday: date, now: dict[str, Figure], before: dict[str, Figure]) -> Point:
        figures = now.get(str(monday), Figure()), before.get(str(monday - A_YEAR), Figure())
        return Point(monday, *(figure.attendance_percent for figure in figures))

    @cached_property
    def england(self) -> Published | None:
        """The newest figure of a year that DfE has published for schools of this phase; None where none is held."""
        phase = phase_of(self._grounds[academic_year_of(self.today).first])
        return newest(phase, Kind.YEAR, self.today)

    @property
    def lines(self) -> tuple[list[str], tuple[Line, Line]]:
        """The trend as a chart takes it."""
        labels = [short_day(point.monday) for point in self.trend]
        year = academic_year_of(self.today)
        before = Line(AcademicYear(year.first - 1).label, [point.before for point in self.trend])
        return labels, (Line(year.label, [point.now for point in self.trend]), before)

    def of(self, dimension: str) -> tuple[tuple[ShownRow, ...], ShownRow]:
        """The year so far, told apart by one dimension: its rows, and all of them together."""
        rows = self._ask(self.starts, self.today, dimension).rows
        return shown(rows, self.so_far, names=self.names, day=self.today)

    @cached_property
    def circumstances(self) -> tuple[tuple[str, ShownRow], ...]:
        """(dimension, row) of each characteristic that anybody has, for those who may see it."""
        return tuple(self._circumstances())

    def _circumstances(self) -> Iterator[tuple[str, ShownRow]]:
        held = self._grounds[academic_year_of(self.today).first].characteristics
        for dimension in DIMENSIONS.values():
            if dimension.key in held and (dimension.key in self.seen or not dimension.restricted):
                rows, _ = self.of(dimension.key)
                yield from ((dimension.key, line) for line in rows if line.row.key[0].key == "yes")

    @cached_property
    def when(self) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
        """Weekday by weekday: (its name, the figure of each half of the day)."""
        found = {
            tuple(value.key for value in row.key): row
            for row in self._ask(self.starts, self.today, "weekday", "half").rows
        }
        names = {row.key[0].key: row.key[0].words for row in found.values()}
        return tuple(
            (
                words,
                tuple(found[key, half.lower()].figure if (key, half.lower()) in found else Figure() for half in HALVES),
            )
            for key, words in names.items()
        )

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Codes of absence of the year so far, the most frequent first."""
        codes, possible = code_set_on(self.today), self.so_far.figure.possible
        found = [
            (letter, number)
            for letter, number in self.so_far.codes.most_common()
            if letter in codes and codes[letter].absence
        ]
        return tuple(
            Reason(letter, codes[letter].name, number, 100 * number / possible) for letter, number in found if possible
        )

    @property
    def headline(self) -> str:
        """The sentence at the top: where attendance is, and which way it moved."""
        if not self.so_far.figure.possible:
            return "No sessions have been recorded this year"
        said = f"{self.so_far.figure.attendance_percent:.1f}% attendance so far this year"
        if self.change is None:
            return said
        if abs(self.change) < 0.05:
            return f"{said}, as at this time last year"
        return f"{said}, {abs(self.change):.1f} points {'above' if self.change > 0 else 'below'} this time last year"

    @property
    def persistent_words(self) -> str:
        _, total = self.of("year_group")
        if total.persistent is None or total.severe is None:
            return "Few are persistently absent"
        return (
            f"{count_of(total.persistent, 'is', 'are')} persistently absent, {total.severe or 'none'} of them severely"
        )

    @property
    def period_words(self) -> str:
        return f"{plain_day(self.starts)} to {plain_day(self.today)}"
