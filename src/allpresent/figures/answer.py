"""Answering a question about figures: sums over each academic year of the period, put together value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.figures import Figure, percent, total
from allpresent.core.figures.lines import is_persistent, is_severe
from allpresent.figures.dimensions import EVERY, Cut, Value
from allpresent.figures.ground import Ground
from allpresent.figures.sheet import LETTERS, Ids
from allpresent.figures.sums import Labels, Numbers, rows_of, sums
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
    """What each pupil missed of what was possible for them, in the sessions that the question is about: columns."""

    pupil_ids: Ids
    absence: Numbers
    possible: Numbers

    @classmethod
    def together(cls, parts: Iterable[Own]) -> Own:
        """Of several rows, or of two years: a pupil of more than one of them once."""
        ids, absence, possible = (np.concatenate(columns) for columns in zip(NOBODY, *parts, strict=True))
        each, places = np.unique(ids, return_inverse=True)
        return cls(each, *(np.bincount(places, column, len(each)).astype(np.int64) for column in (absence, possible)))


NOBODY = Own(*(np.empty(0, np.int64) for _ in Own._fields))


@dataclass
class Row:
    """One line of an answer. `own`: by pupil; `codes`: sessions by letter."""

    key: Key
    figure: Figure = field(default_factory=Figure)
    codes: Counter[str] = field(default_factory=Counter)
    own: Own = NOBODY

    @property
    def pupils(self) -> int:
        """Pupils with a possible session."""
        return len(self.own.pupil_ids)

    @cached_property
    def persistent(self) -> int:
        return int(np.sum(is_persistent(self.own.absence, self.own.possible)))

    @cached_property
    def severe(self) -> int:
        return int(np.sum(is_severe(self.own.absence, self.own.possible)))

    @property
    def persistent_percent(self) -> float | None:
        return percent(self.persistent, self.pupils)

    @property
    def severe_percent(self) -> float | None:
        return percent(self.severe, self.pupils)


def together(key: Key, rows: Sequence[Row]) -> Row:
    """Rows as one."""
    codes: Counter[str] = Counter()
    for row in rows:
        codes.update(row.codes)
    return Row(key, total(row.figure for row in rows), codes, Own.together(row.own for row in rows))


@dataclass(frozen=True)
class Answer:
    """`rows` in the order of their values; a session that has no value of a dimension is in none of them."""

    rows: tuple[Row, ...]
    question: Question
    grounds: tuple[Ground, ...]

    @cached_property
    def total(self) -> Row:
        """Everything that the question asks about."""
        whole = replace(self.question, by=())
        return together((), [row for ground in self.grounds for row in _rows(ground, whole)])


def answered(school: School, question: Question, *, today: date, grounds: Mapping[int, Ground] | None = None) -> Answer:
    """The figures of a question. `grounds`: years that were read already.

    Raises KeyError for a dimension that there is not. A value that nobody has gives an answer without sessions.
    """
    held = grounds or {}
    years = tuple(
        held.get(year.first) or Ground(school, year, today=today, known=question.known) for year in question.years
    )
    found: dict[Key, list[Row]] = {}
    for row in (row for ground in years for row in _rows(ground, question) if row.codes):
        found.setdefault(row.key, []).append(row)
    rows = tuple(same[0] if len(same) == 1 else together(key, same) for key, same in found.items())
    return Answer(rows, question, years)


def _rows(ground: Ground, question: Question) -> Iterable[Row]:
    cuts = [EVERY[key].cut(ground) for key in question.by]
    keys, labels = _product(cuts)
    labels = _left_out(labels, ground, question.only)
    first, last = max(question.first, ground.year.starts), min(question.last, ground.year.ends)
    if not ground.sheet.slots(first, last).size:
        return ()
    whole = sums(ground.sheet, first, last, labels, len(keys))
    own = _own(ground, first, last, labels, len(keys)) if question.of_pupils else [NOBODY] * len(keys)
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


def _own(ground: Ground, first: date, last: date, labels: Labels, size: int) -> list[Own]:
    """What each pupil missed of their own sessions, in the row in which they were last counted."""
    sheet, rows = ground.sheet, rows_of(ground.sheet)
    each = sums(sheet, first, last, np.where(labels >= 0, rows, -1), len(rows)).parts
    counted = each.possible > 0
    where = np.where(counted, _last_label(ground, first, last, labels), -1)
    order = np.argsort(where, kind="stable")
    ends = np.searchsorted(where[order], np.arange(size + 1))
    places = (np.sort(order[ends[number] : ends[number + 1]]) for number in range(size))
    return [Own(sheet.pupil_ids[these], each.absence[these], each.possible[these]) for these in places]


def _last_label(ground: Ground, first: date, last: date, labels: Labels) -> Labels:
    if labels.shape[1] == 1:
        return np.broadcast_to(labels, (len(ground.sheet.pupil_ids), 1))[:, 0]
    slots = ground.sheet.slots(first, last)
    counted = (labels[:, slots] >= 0) & (ground.sheet.cells[:, slots] > 0)
    latest = slots[counted.shape[1] - 1 - np.argmax(counted[:, ::-1], axis=1)]
    whole = np.broadcast_to(labels, (len(latest), labels.shape[1]))
    return whole[np.arange(len(latest)), latest]
