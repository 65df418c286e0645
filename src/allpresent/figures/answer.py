"""Answering a question about figures: sums over each academic year of the period, put together value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from typing import NamedTuple

import numpy as np

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.figures import Figure, percent
from allpresent.core.figures.lines import is_persistent, is_severe
from allpresent.figures.dimensions import EVERY, Cut, Value
from allpresent.figures.ground import Ground
from allpresent.figures.sheet import LETTERS
from allpresent.figures.sums import Labels, rows_of, sums
from allpresent.schools.models import School

Key = tuple[Value, ...]


@dataclass(frozen=True)
class Question:
    """Which sessions, told apart by what. `by`: keys of dimensions, two at most. `only`: (dimension, value) pairs.

    `known`: as the registers stood at that moment (UTC); None for now.
    """

    first: date
    last: date
    by: tuple[str, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    known: datetime | None = None

    @property
    def years(self) -> tuple[AcademicYear, ...]:
        first, last = (academic_year_of(day).first for day in (self.first, self.last))
        return tuple(map(AcademicYear, range(first, last + 1)))

    @property
    def of_pupils(self) -> bool:
        """Whether each row is a set of pupils, some of whom are persistently absent."""
        return all(EVERY[key].of_pupils for key in self.by)


class Own(NamedTuple):
    """What one pupil missed of what was possible for them, in the sessions that the question is about."""

    absence: int
    possible: int


@dataclass
class Row:
    """One line of an answer. `own`: by pupil; `codes`: sessions by letter."""

    key: Key
    figure: Figure = field(default_factory=Figure)
    codes: Counter[str] = field(default_factory=Counter)
    own: dict[int, Own] = field(default_factory=dict)

    @property
    def pupils(self) -> int:
        """Pupils with a possible session."""
        return len(self.own)

    @property
    def persistent(self) -> int:
        return sum(bool(is_persistent(*own)) for own in self.own.values())

    @property
    def severe(self) -> int:
        return sum(bool(is_severe(*own)) for own in self.own.values())

    @property
    def persistent_percent(self) -> float | None:
        return percent(self.persistent, self.pupils)

    @property
    def severe_percent(self) -> float | None:
        return percent(self.severe, self.pupils)

    def __add__(self, other: Row) -> Row:
        own = dict(self.own)
        for pupil_id, more in other.own.items():
            absence, possible = own.get(pupil_id, (0, 0))
            own[pupil_id] = Own(absence + more.absence, possible + more.possible)
        return Row(self.key, self.figure + other.figure, self.codes + other.codes, own)


class Answer(NamedTuple):
    """`rows` in the order of their values; `total`: everything that the question asks about."""

    rows: tuple[Row, ...]
    total: Row


def answered(school: School, question: Question, *, today: date, grounds: Mapping[int, Ground] | None = None) -> Answer:
    """The figures of a question. `grounds`: years that were read already.

    Raises KeyError for a dimension that there is not. A value that nobody has gives an answer without sessions.
    """
    held = grounds or {}
    years = [held.get(year.first) or Ground(school, year, today=today, known=question.known) for year in question.years]
    found: dict[Key, Row] = {}
    for row in (row for ground in years for row in _rows(ground, question)):
        found[row.key] = found[row.key] + row if row.key in found else row
    total = reduce(Row.__add__, found.values(), Row(()))
    return Answer(tuple(row for row in found.values() if row.figure.possible or row.codes), total)


def _rows(ground: Ground, question: Question) -> Iterable[Row]:
    cuts = [EVERY[key].cut(ground) for key in question.by]
    keys, labels = _product(cuts)
    labels = _left_out(labels, ground, question.only)
    first, last = max(question.first, ground.year.starts), min(question.last, ground.year.ends)
    if not ground.sheet.slots(first, last).size:
        return ()
    whole = sums(ground.sheet, first, last, labels, len(keys))
    own = _own(ground, first, last, labels, len(keys))
    counts = (
        Counter({letter: n for letter, n in zip(LETTERS, row, strict=True) if n and letter})
        for row in whole.counts.tolist()
    )
    return tuple(map(Row, keys, whole.figures(), counts, own))


def _product(cuts: Iterable[Cut]) -> tuple[list[Key], Labels]:
    """Every pair of values, and the labels that number the pairs. Without cuts, one value of everything."""
    keys: list[Key] = [()]
    labels: Labels = np.zeros((1, 1), np.int32)
    for cut in cuts:
        keys = [(*key, value) for key in keys for value in cut.values]
        both = labels.astype(np.int32) * len(cut.values) + cut.labels
        labels = np.where((labels < 0) | (cut.labels < 0), -1, both)
    return keys, labels


def _left_out(labels: Labels, ground: Ground, only: Iterable[tuple[str, str]]) -> Labels:
    for name, wanted in only:
        cut = EVERY[name].cut(ground)
        place = next((n for n, value in enumerate(cut.values) if value.key == wanted), None)
        inside = np.zeros((1, 1), bool) if place is None else cut.labels == place
        labels = np.where(inside, labels, -1)
    return labels


def _own(ground: Ground, first: date, last: date, labels: Labels, size: int) -> list[dict[int, Own]]:
    """What each pupil missed of their own sessions, in the row in which they were last counted."""
    rows = rows_of(ground.sheet)
    each = sums(ground.sheet, first, last, np.where(labels >= 0, rows, -1), len(rows)).parts
    where = _last_label(ground, first, last, labels)
    found: list[dict[int, Own]] = [{} for _ in range(size)]
    ids = ground.sheet.pupil_ids.tolist()
    for row in np.flatnonzero(each.possible).tolist():
        found[where[row]][ids[row]] = Own(int(each.absence[row]), int(each.possible[row]))
    return found


def _last_label(ground: Ground, first: date, last: date, labels: Labels) -> list[int]:
    if labels.shape[1] == 1:
        return np.broadcast_to(labels, (len(ground.sheet.pupil_ids), 1))[:, 0].tolist()
    slots = ground.sheet.slots(first, last)
    counted = (labels[:, slots] >= 0) & (ground.sheet.cells[:, slots] > 0)
    latest = slots[counted.shape[1] - 1 - np.argmax(counted[:, ::-1], axis=1)]
    whole = np.broadcast_to(labels, (len(latest), labels.shape[1]))
    return whole[np.arange(len(latest)), latest].tolist()
