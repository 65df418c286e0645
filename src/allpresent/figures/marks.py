"""The marks of many pupils over the same sessions, counted at once and handed on one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from allpresent.core.calendar.sessions import Session
from allpresent.core.thresholds import History, Slots
from allpresent.core.thresholds.history import What, table_of
from allpresent.figures.sheet import Cells, Sheet

Counts = NDArray[np.int64]
Days = NDArray[np.bool_]
_FOUND = ord("x")


class Marks:
    """`cells`: (pupils, sessions of `slots`); `pupil_ids` row by row; `since`: each one's first day on the roll."""

    def __init__(self, slots: Slots, pupil_ids: list[int], cells: Cells, since: list[date]) -> None:
        self.slots, self.pupil_ids, self.since = slots, pupil_ids, since
        self.cells = np.ascontiguousarray(cells)
        self.row_of = {pupil_id: row for row, pupil_id in enumerate(pupil_ids)}
        self._upto: dict[What, Counts] = {}
        self._days: dict[What, Counts] = {}

    def history(self, row: int, minutes: dict[Session, int] | None = None) -> History:
        return History(self.slots, self.cells[row].tobytes(), self.since[row], minutes or {})

    def shown(self, what: What) -> NDArray[np.bool_]:
        """(pupils, sessions): where what is looked for is found, read by the same tables as one pupil's history."""
        spans = self.slots.spans
        parts = [self._translated(low, high, table_of(what, day)) for low, high, day in spans]
        return np.concatenate(parts, axis=1) == _FOUND if parts else np.zeros(self.cells.shape, bool)

    def _translated(self, low: int, high: int, table: bytes) -> NDArray[np.uint8]:
        part = self.cells[:, low:high]
        return np.frombuffer(part.tobytes().translate(table), np.uint8).reshape(part.shape)

    def upto(self, what: What) -> Counts:
        """(pupils, sessions + 1): how many there are before each place."""
        if what not in self._upto:
            shown = self.shown(what)
            self._upto[what] = np.zeros((len(shown), shown.shape[1] + 1), np.int64)
            np.cumsum(shown, axis=1, out=self._upto[what][:, 1:])
        return self._upto[what]

    def count(self, what: What, low: int, high: int) -> Counts:
        """(pupils,): how many there are from one place to before another."""
        upto = self.upto(what)
        return upto[:, high] - upto[:, low]

    def by_day(self, what: What) -> Counts:
        """(pupils, days): in how many sessions of each day: 0, 1 or 2."""
        if what not in self._days:
            self._days[what] = self._between(what, [*self.day_starts, len(self.slots.sessions)])
        return self._days[what]

    def by_week(self, what: What, low: int, high: int) -> Counts:
        """(pupils, weeks): in how many sessions of each week, cut at the places."""
        weeks = self.weeks(low, high)
        return self._between(what, [*(week[0] for week in weeks), weeks[-1][1]]) if weeks else self.upto(what)[:, :0]

    def weeks(self, low: int, high: int) -> list[tuple[int, int]]:
        """The places of each week from one place to before another."""
        return [(week.low, week.high) for week in self.slots.weeks_between(low, high)]

    def _between(self, what: What, places: list[int]) -> Counts:
        return np.diff(self.upto(what)[:, places], axis=1)

    @cached_property
    def day_starts(self) -> list[int]:
        """The place of the first session of each day."""
        days = [session.day for session in self.slots.sessions]
        return [n for n, day in enumerate(days) if n == 0 or days[n - 1] != day]

    def days_where(self, holds: Callable[[date], bool], low: int, high: int) -> Days:
        """(days,): the days between two places of which something holds."""
        days = ((place, self.slots.sessions[place].day) for place in self.day_starts)
        return np.array([low <= place < high and holds(day) for place, day in days], bool)


def marks_of(sheets: list[Sheet], since: dict[int, date], until: date) -> Marks:
    """The marks of some pupils in sheets of years in order, up to a day. Those from before `since` are left out."""
    ids = sorted(since)
    columns = [sheet.slots(sheet.year.starts, until) for sheet in sheets]
    sessions = [sheet.session(slot) for sheet, slots in zip(sheets, columns, strict=True) for slot in slots.tolist()]
    cells = np.concatenate([_rows(sheet, ids)[:, slots] for sheet, slots in zip(sheets, columns, strict=True)], axis=1)
    slots, starts = Slots(tuple(sessions)), [since[pupil_id] for pupil_id in ids]
    for row, first in enumerate(starts):
        if sessions and first > sessions[0].day:
            cells[row, : slots.between(first, first)[0]] = 0
    return Marks(slots, ids, cells, starts)


def _rows(sheet: Sheet, ids: list[int]) -> Cells:
    """The rows of some pupils; of one without a mark, a row without marks."""
    cells = np.zeros((len(ids), sheet.cells.shape[1]), np.uint8)
    if len(sheet.pupil_ids):
        found = np.minimum(np.searchsorted(sheet.pupil_ids, ids), len(sheet.pupil_ids) - 1)
        there = sheet.pupil_ids[found] == np.asarray(ids, np.int64)
        cells[there] = sheet.cells[found[there]]
    return cells
