"""Many figures at once, by the same definitions as one: `core.figures.parts` over columns of numbers."""

from __future__ import annotations

from datetime import date
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allpresent.core.codes import CodeSet, code_set_on, code_spans
from allpresent.core.figures import Figure, Parts, parts
from allpresent.figures.sheet import BYTE, SLOTS, Sheet, count

Numbers = NDArray[np.int64]
Labels = NDArray[np.integer]


class Sums(NamedTuple):
    """One figure a label. `parts`: each part as a column of numbers. `counts`: (labels, letters), sessions by code."""

    parts: Parts[Numbers]
    counts: Numbers

    def figure(self, label: int = 0) -> Figure:
        return Figure(*(int(part[label]) for part in self.parts))

    def figures(self) -> tuple[Figure, ...]:
        return tuple(Figure(*row) for row in np.stack(self.parts, axis=1).tolist())

    def count(self, letter: str, label: int = 0) -> int:
        """Sessions with one code."""
        return int(self.counts[label, BYTE[letter]])


def sums(sheet: Sheet, first: date, last: date, labels: Labels | None = None, size: int = 1) -> Sums:
    """The figures of the days from first to last, both included, one for each label from 0 to `size` - 1.

    `labels` says to which figure each session of each pupil belongs, and takes the shape (pupils, SLOTS), (pupils, 1)
    or (1, SLOTS); -1 is left out. Without labels, one figure of everything. Each mark is read with its day's meaning.
    """
    found = [_of_span(sheet, span, labels, size) for span in code_spans(first, last) if code_set_on(span[1])]
    return Sums(
        Parts(*(sum(columns[1:], columns[0]) for columns in zip(*(one.parts for one in found), strict=True))),
        sum((one.counts for one in found[1:]), found[0].counts),
    )


def _of_span(sheet: Sheet, span: tuple[date, date], labels: Labels | None, size: int) -> Sums:
    counts = counted(sheet, sheet.slots(*span), labels, size)
    return Sums(parts_of(counts, code_set_on(span[1])), counts)


def parts_of(counts: Numbers, codes: CodeSet) -> Parts[Numbers]:
    """The parts of figures whose sessions by code are the rows of `counts`."""
    return parts(lambda letter: counts[:, BYTE[letter]], codes)


def counted(sheet: Sheet, slots: NDArray[np.intp], labels: Labels | None, size: int) -> Numbers:
    """(labels, letters): how many sessions of the slots have each label and each code.

    Labels of pupils alone, or of slots alone, are summed from counts that the sheet keeps.
    """
    if labels is None:
        return sheet.by_slot(slots).sum(axis=0, keepdims=True)
    if labels.shape[1] == 1 and labels.shape[0] > 1:
        return _summed(sheet.by_pupil(slots), labels[:, 0], size)
    if labels.shape[0] == 1:
        return _summed(sheet.by_slot(slots), np.broadcast_to(labels[0], SLOTS)[slots], size)
    return count(sheet.cells[:, slots], labels[:, slots], size)


def _summed(counts: Numbers, labels: Labels, size: int) -> Numbers:
    found = np.zeros((size + 1, counts.shape[1]), np.int64)
    np.add.at(found, labels + 1, counts)
    return found[1:]


def together(some: Sums, others: Sums) -> Sums:
    """Figures of two years, label by label."""
    return Sums(Parts(*map(add, some.parts, others.parts)), some.counts + others.counts)


def rows_of(sheet: Sheet) -> Labels:
    """A label for each pupil of the sheet."""
    return np.arange(len(sheet.pupil_ids)).reshape(-1, 1)
