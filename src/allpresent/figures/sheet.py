"""A year of a school's marks as a table of bytes: pupils in rows, the sessions of 1 August to 31 July in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes.letters import BYTE, LETTERS

SLOTS = 366 * 2
"""A morning and an afternoon of every day: slot 0 is the morning of 1 August."""
HALVES = tuple(Half)

Ids = NDArray[np.int64]
Cells = NDArray[np.uint8]
Entry = tuple[int, Any, str, str]
"""A pupil's id, a day (a date, or as SQLite keeps it), a half and a code."""


def count(cells: Cells, labels: NDArray[np.integer], size: int) -> NDArray[np.int64]:
    """(labels, letters): how many cells have each label from 0 to `size` - 1 and each letter. -1 is left out.

    `labels` has the shape of the cells, or is broadcast to it.
    """
    keys = (labels.astype(np.int32) + 1) * len(LETTERS) + cells
    return np.bincount(keys.ravel(), minlength=(size + 1) * len(LETTERS)).reshape(size + 1, -1)[1:]


class Sheet:
    """`pupil_ids`: ascending. `cells`: (pupils, SLOTS)."""

    def __init__(self, year: AcademicYear, pupil_ids: Ids, cells: Cells) -> None:
        self.year, self.pupil_ids, self.cells = year, pupil_ids, cells
        self.by_pupil, self.by_slot = _Kept(self._by_pupil), _Kept(self._by_slot)

    def slot(self, session: Session) -> int:
        """The column of a session of this year."""
        return (session.day - self.year.starts).days * 2 + HALVES.index(session.half)

    def session(self, slot: int) -> Session:
        return Session(self.year.starts + timedelta(days=slot // 2), HALVES[slot % 2])

    @cached_property
    def used(self) -> NDArray[np.intp]:
        """The columns in which anybody has a mark, in order."""
        return np.flatnonzero(self.cells.any(axis=0))

    def slots(self, first: date, last: date) -> NDArray[np.intp]:
        """The used columns of the days from first to last, both included."""
        low, high = ((day - self.year.starts).days * 2 for day in (first, last + timedelta(days=1)))
        return self.used[np.searchsorted(self.used, low) : np.searchsorted(self.used, high)]

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {pupil_id: row for row, pupil_id in enumerate(self.pupil_ids.tolist())}

    def row_of(self, pupil_id: int) -> int | None:
        return self._rows.get(pupil_id)

    def marks_of(self, row: int, first: date, last: date) -> Iterator[tuple[Session, str]]:
        """A pupil's marks of some days, in order; sessions without one are left out."""
        cells = self.cells[row]
        return ((self.session(slot), LETTERS[cells[slot]]) for slot in self.slots(first, last).tolist() if cells[slot])

    def folded(self, entries: Iterable[Entry]) -> Sheet:
        """This sheet with further entries, in the order in which they were made: the last of a session stands."""
        found = [entry for entry in entries if entry[1] in self._slot_of_day]
        if not found:
            return self
        wider = self._with_rows({entry[0] for entry in found})
        rows = np.searchsorted(wider.pupil_ids, np.fromiter((entry[0] for entry in found), np.int64, len(found)))
        slots = [self._slot_of_day[day] + (half == Half.PM) for _, day, half, _ in found]
        wider.cells[rows, slots] = [BYTE[code] for _, _, _, code in found]
        return wider

    def _by_pupil(self, slots: NDArray[np.intp]) -> NDArray[np.int64]:
        rows = np.arange(len(self.pupil_ids)).reshape(-1, 1)
        return count(self.cells[:, slots], rows, len(rows))

    def _by_slot(self, slots: NDArray[np.intp]) -> NDArray[np.int64]:
        return count(self.cells[:, slots], np.arange(len(slots)).reshape(1, -1), len(slots))

    @cached_property
    def _slot_of_day(self) -> dict[object, int]:
        """The morning's column of each day, by date and as SQLite writes it."""
        days = ((self.year.starts + timedelta(days=n), n * 2) for n in range(SLOTS // 2))
        return {key: slot for day, slot in days for key in (day, day.isoformat()) if self.year.holds(day)}

    def _with_rows(self, pupil_ids: Iterable[int]) -> Sheet:
        ids = np.union1d(self.pupil_ids, np.fromiter(pupil_ids, np.int64))
        cells = np.zeros((len(ids), SLOTS), np.uint8)
        cells[np.searchsorted(ids, self.pupil_ids)] = self.cells
        return Sheet(self.year, ids, cells)


class _Kept:
    """Counts of a sheet over some slots, (pupils or slots, letters); those asked for lately are kept."""

    MOST = 8

    def __init__(self, count: Callable[[NDArray[np.intp]], NDArray[np.int64]]) -> None:
        self._count = count
        self._held: dict[tuple[int, int], NDArray[np.int64]] = {}

    def __call__(self, slots: NDArray[np.intp]) -> NDArray[np.int64]:
        """`slots`: as `Sheet.slots` gives them, so that the first and the number of them say which."""
        key = (int(slots[0]) if slots.size else 0, slots.size)
        if key not in self._held:
            if len(self._held) == self.MOST:
                self._held.pop(next(iter(self._held)), None)
            self._held[key] = self._count(slots)
        return self._held[key]


def blank_sheet(year: AcademicYear) -> Sheet:
    return Sheet(year, np.empty(0, np.int64), np.empty((0, SLOTS), np.uint8))
