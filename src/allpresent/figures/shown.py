"""What of an answer a reader may see: all of it for whoever may open pupils' pages, no small numbers for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from allpresent.core.figures.small import limit_on, shown_line
from allpresent.figures.answer import Row


class ShownRow(NamedTuple):
    """A row as one reader sees it. None: withheld, for it is of too few pupils. `open`: whether percentages stand."""

    row: Row
    open: bool
    pupils: int | None
    persistent: int | None
    severe: int | None


def shown(rows: Sequence[Row], total: Row, *, names: bool, day: date) -> tuple[tuple[ShownRow, ...], ShownRow]:
    """The rows of a table and its total. `names`: whether the reader may know every pupil by name.

    With the row of few pupils goes another, so that neither can be worked out from the total (core.figures.small).
    """
    everything = (*rows, total)
    if names or not rows:
        found = [ShownRow(row, True, row.pupils, row.persistent, row.severe) for row in everything]
        return tuple(found[:-1]), found[-1]
    if 0 < total.pupils < limit_on(day):
        found = [ShownRow(row, False, None, None, None) for row in everything]
        return tuple(found[:-1]), found[-1]
    counts = ([getattr(row, name) for row in rows] for name in ("pupils", "persistent", "severe"))
    lines = zip(
        everything, *(_line(line, of, day) for line, of in zip(counts, _totals(total), strict=True)), strict=True
    )
    found = [_shown(row, *line) for row, *line in lines]
    return tuple(found[:-1]), found[-1]


def _totals(total: Row) -> tuple[int, int, int]:
    return total.pupils, total.persistent, total.severe


def _line(counts: Sequence[int], total: int, day: date) -> tuple[int | None, ...]:
    """Counts and their total. Where they do not add up, a pupil is in several rows or in none: a row of the rest."""
    rest = total - sum(counts)
    if rest <= 0:
        return shown_line(counts, limit_on(day))
    *kept, _, whole = shown_line([*counts, rest], limit_on(day))
    return (*kept, whole)


def _shown(row: Row, pupils: int | None, persistent: int | None, severe: int | None) -> ShownRow:
    if pupils is None:
        return ShownRow(row, False, None, None, None)
    return ShownRow(row, True, pupils, persistent, severe)
