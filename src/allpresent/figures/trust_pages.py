"""The schools of a trust as a page and as a file: which changed most, beside last year and beside the nation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from allpresent.core.figures import one_decimal
from allpresent.core.figures.published import Published
from allpresent.figures.charts import Line
from allpresent.figures.dashboard import A_YEAR
from allpresent.figures.files import Cell
from allpresent.figures.shown import ShownRow, shown
from allpresent.figures.trust import OfSchool, TrustFigures, Weeks, difference
from allpresent.shared.words import count_of, short_day

WIDTH, HEIGHT = 130, 28
SAME = 0.05
"""Fewer percentage points than this are no change to one decimal."""


class SchoolLine(NamedTuple):
    """One school of the table. `now`, `before`: its weeks as points of a small chart."""

    of: OfSchool
    shown: ShownRow
    now: str
    before: str

    @property
    def change_words(self) -> str:
        return change_words(self.of.change)


def change_words(points: float | None) -> str:
    """'0.4 points up'; 'no figure' where one of the years has none."""
    if points is None:
        return "no figure"
    if abs(points) < SAME:
        return "the same"
    return f"{abs(points):.1f} points {'up' if points > 0 else 'down'}"


_Order = Callable[[SchoolLine], tuple]
ORDERS: dict[str, tuple[str, _Order]] = {
    "change": ("Fallen most", lambda line: (line.of.change is None, line.of.change or 0)),
    "attendance": ("Lowest attendance", lambda line: (line.of.so_far.figure.attendance_percent or 101,)),
    "persistent": ("Most persistent absence", lambda line: (-(line.of.so_far.persistent_percent or 0),)),
    "registers": ("Most late registers", lambda line: (-line.of.registers.late,)),
    "name": ("Name", lambda line: ()),
}
"""What the table can be sorted by; of equals, by name."""


@dataclass(frozen=True)
class TrustPage:
    """The page of a trust's figures in one order."""

    found: TrustFigures
    order: str

    @cached_property
    def lines(self) -> tuple[SchoolLine, ...]:
        scale = self._scale
        rows = zip(self.found.rows, self._shown[0], strict=True)
        lines = (SchoolLine(row, line, scale.points(row.weeks), scale.points(row.weeks_before)) for row, line in rows)
        return tuple(sorted(lines, key=ORDERS[self.order][1]))

    @property
    def total(self) -> ShownRow:
        return self._shown[1]

    @cached_property
    def _shown(self) -> tuple[tuple[ShownRow, ...], ShownRow]:
        """Without small numbers: who leads a trust does not see pupils."""
        rows = [row.so_far for row in self.found.rows]
        return shown(rows, self.found.so_far, names=False, day=self.found.today)

    @property
    def orders(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, words) for key, (words, _) in ORDERS.items())

    @property
    def change(self) -> float | None:
        return difference(self.found.so_far, self.found.last_year)

    @property
    def change_words(self) -> str:
        return change_words(self.change)

    @property
    def headline(self) -> str:
        number = count_of(len(self.found.schools), "school")
        figure = self.found.so_far.figure
        if not figure.possible:
            return f"No sessions have been recorded in {number} this year"
        said = f"{figure.attendance_percent:.1f}% attendance so far this year in {number}"
        if self.change is None:
            return said
        if abs(self.change) < SAME:
            return f"{said}, as at this time last year"
        return f"{said}, {abs(self.change):.1f} points {'above' if self.change > 0 else 'below'} this time last year"

    @property
    def fallen_words(self) -> str:
        """Which school moved most, in a sentence; '' where none did."""
        changed = [row for row in self.found.rows if row.change is not None and abs(row.change) >= SAME]
        if not changed:
            return ""
        most = max(changed, key=lambda row: abs(row.change))
        return f"{most.school.name} changed most: {change_words(most.change)} on the same days of last year."

    @property
    def published(self) -> tuple[Published, ...]:
        """The national figures that stand beside the schools', each once."""
        return tuple({row.england.phase: row.england for row in self.found.rows if row.england}.values())

    @property
    def points(self) -> list[tuple[str, float | None, float | None]]:
        """The trust week by week: the week, attendance this year and last."""
        now, before = self.found.by_week("weeks"), self.found.by_week("weeks_before")
        mondays = sorted({*now, *(monday + A_YEAR for monday in before)})
        pairs = ((monday, now.get(monday), before.get(monday - A_YEAR)) for monday in mondays)
        return [(short_day(monday), *(one and one.attendance_percent for one in both)) for monday, *both in pairs]

    @property
    def chart(self) -> tuple[list[str], tuple[Line, Line]]:
        year, points = self.found.year, self.points
        before = Line(year._replace(first=year.first - 1).label, [point[2] for point in points])
        return [point[0] for point in points], (Line(year.label, [point[1] for point in points]), before)

    @cached_property
    def _scale(self) -> _Scale:
        rows = self.found.rows
        every = [figure for row in rows for weeks in (row.weeks, row.weeks_before) for figure in weeks.values()]
        found = [figure.attendance_percent for figure in every]
        return _Scale(min(found, default=0), max(found, default=100), self.found)


class _Scale(NamedTuple):
    """One scale for the small charts of all schools, so that they can be compared."""

    lowest: float
    highest: float
    found: TrustFigures

    def points(self, weeks: Weeks) -> str:
        """Weeks as the points of a line, the beginning of their year at the left."""
        return " ".join(self._points(weeks))

    def _points(self, weeks: Weeks) -> Iterator[str]:
        for monday, figure in weeks.items():
            start = self.found.year.starts
            first = start if monday >= start else start - A_YEAR
            across = (monday - first).days / A_YEAR.days * WIDTH
            down = (self.highest - figure.attendance_percent) / ((self.highest - self.lowest) or 1) * HEIGHT
            yield f"{across:.1f},{down:.1f}"


HEADINGS = (
    "school", "attendance %", "points on last year", "this week %", "today %", "pupils", "persistently absent",
    "severely absent", "registers in this week", "of them late", "marks not yet explained", "England %",
)  # fmt: skip


def table(page: TrustPage) -> Iterator[list[Cell]]:
    """The schools as rows of a file, then all of them together."""
    yield list(HEADINGS)
    for line in page.lines:
        yield _cells(line)
    yield _together(page)


def _together(page: TrustPage) -> list[Cell]:
    found, shown = page.found, page.total
    figures = (found.so_far.figure, found.added("week"), found.added("today"))
    so_far, week, today = (_number(figure) if shown.open else None for figure in figures)
    change = None if page.change is None or not shown.open else round(page.change, 1)
    counts = (shown.pupils, shown.persistent, shown.severe)
    return ["All schools", so_far, change, week, today, *counts, *found.registers, found.so_far.codes["N"], None]


def _cells(line: SchoolLine) -> list[Cell]:
    of, change = line.of, line.of.change
    return [
        of.school.name,
        _number(of.so_far.figure) if line.shown.open else None,
        None if change is None or not line.shown.open else round(change, 1),
        _number(of.week) if line.shown.open else None,
        _number(of.today) if line.shown.open else None,
        line.shown.pupils,
        line.shown.persistent,
        line.shown.severe,
        of.registers.taken,
        of.registers.late,
        of.so_far.codes["N"],
        of.england.attendance_percent if of.england else None,
    ]


def _number(figure) -> float | None:
    said = one_decimal(figure.attendance, figure.possible)
    return None if said is None else float(said)
