"""Small numbers: which counts of a table are withheld, so that none of them can be worked out from the rest.

A count of pupils from 1 up to the limit is withheld; nought is shown. A total gives a lone withheld count away, so
others are withheld with it. What a reader knows is assumed to be everything shown, that rows and columns add up, and
that whatever is withheld is at least 1. A withheld count is safe when it could be another number as well.

Between tables that add up one has two ways to go from one table to the next: add 1 along a row and take 1 away down a
column, over and over until the way closes. So a table is a map: rows and columns are places (the totals are one more
of each), withheld counts are the roads, and a count is safe when a way round leads through it (`_way`).
"""

from __future__ import annotations

import heapq
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Table = tuple[tuple[int, ...], ...]
Shown = tuple[tuple[int | None, ...], ...]
"""Counts by row, the totals last in each and in a last row; None is withheld."""
_LEAST = 1


class Cell(NamedTuple):
    """A place in a table with its totals."""

    row: int
    column: int


class _Stop(NamedTuple):
    """A row or a column of the map."""

    is_row: bool
    number: int


def limit_on(day: date) -> int:
    """Below how many pupils counts are withheld on a day. Raises ValueError for days before the first limit held."""
    held = [row for row in _limits() if row[0] <= day]
    if not held:
        raise ValueError(f"No limit for small numbers is held for {day:%Y}; the first is of {_limits()[0][0]:%Y}.")
    return held[-1][1]


def shown_table(counts: Sequence[Sequence[int]], below: int) -> Shown:
    """A table of counts of pupils with its totals added, and None in place of what is withheld.

    `counts`: rows of equal length. Raises ValueError for rows of unequal length, none, or a count below nought.
    """
    if not counts or not counts[0] or len({len(row) for row in counts}) > 1 or min(map(min, counts)) < 0:
        raise ValueError("A table of counts has rows of one length, of numbers from nought up.")
    table = _with_totals(counts)
    hidden = _hidden(table, below)
    return tuple(
        tuple(None if Cell(row, column) in hidden else count for column, count in enumerate(line))
        for row, line in enumerate(table)
    )


def shown_line(counts: Sequence[int], below: int) -> tuple[int | None, ...]:
    """The same of one line of counts: its total comes last. Raises ValueError likewise."""
    return shown_table([counts], below)[0]


def _with_totals(counts: Sequence[Sequence[int]]) -> Table:
    rows = [(*row, sum(row)) for row in counts]
    return (*rows, tuple(map(sum, zip(*rows, strict=True))))


def _hidden(table: Table, below: int) -> frozenset[Cell]:
    """The small counts, and with each whatever must be withheld so that it is safe: then that is safe too."""
    small = [cell for cell in _cells(table) if 0 < _at(table, cell) < below]
    hidden = frozenset(small)
    for cell in small:
        ways = (_way(table, hidden, cell, by_row) for by_row in (True, False))
        hidden = hidden.union(min(way for way in ways if way)[1])
    return hidden


def _way(table: Table, hidden: frozenset[Cell], cell: Cell, by_row: bool) -> tuple[int, tuple[Cell, ...]] | None:
    """The cheapest way round that begins along a cell, from its row or from its column: its price, and its cells.

    Dijkstra's. None where there is no way.
    """
    ends = _Stop(True, cell.row), _Stop(False, cell.column)
    goal, start = ends if by_row else ends[::-1]
    waiting: list[tuple[int, _Stop, tuple[Cell, ...]]] = [(0, start, (cell,))] if _may(table, cell, by_row) else []
    seen = {start}
    while waiting:
        paid, stop, taken = heapq.heappop(waiting)
        if stop == goal:
            return paid, taken
        seen.add(stop)
        for road, onward in _roads(table, stop):
            if road != cell and onward not in seen:
                heapq.heappush(waiting, (paid + _price(table, hidden, road), onward, (*taken, road)))
    return None


def _roads(table: Table, stop: _Stop) -> Iterator[tuple[Cell, _Stop]]:
    """The ways out of a row or a column, and where each leads."""
    for number in range(len(table[0]) if stop.is_row else len(table)):
        cell = Cell(stop.number, number) if stop.is_row else Cell(number, stop.number)
        if _may(table, cell, stop.is_row):
            yield cell, _Stop(not stop.is_row, number)


def _may(table: Table, cell: Cell, by_row: bool) -> bool:
    """Whether a way may lead along a cell, out of its row or out of its column.

    Out of a row, a count becomes 1 more and a total 1 less (the total of all counts as a count); out of a column the
    other way about. What becomes less has to be able to, and nought is never withheld.
    """
    more = by_row != _is_margin(table, cell)
    return _at(table, cell) >= (_LEAST if more else _LEAST + 1)


def _price(table: Table, hidden: frozenset[Cell], cell: Cell) -> int:
    """Nothing where a count is withheld already; otherwise the pupils in it, and a total costs more than any count."""
    if cell in hidden:
        return 0
    is_total = cell.row == len(table) - 1 or cell.column == len(table[0]) - 1
    return _at(table, cell) + (table[-1][-1] if is_total else 0)


def _is_margin(table: Table, cell: Cell) -> bool:
    """Whether a cell is the total of a row or of a column, but not of both."""
    return (cell.row == len(table) - 1) != (cell.column == len(table[0]) - 1)


def _at(table: Table, cell: Cell) -> int:
    return table[cell.row][cell.column]


def _cells(table: Table) -> Iterator[Cell]:
    return (Cell(row, column) for row, line in enumerate(table) for column in range(len(line)))


@cache
def _limits() -> tuple[tuple[date, int], ...]:
    """The day from which each limit holds, and the limit, oldest first."""
    text = files(__package__).joinpath("small.toml").read_text("utf-8")
    return tuple(sorted((row["from"], row["below"]) for row in tomllib.loads(text)["limits"]))
