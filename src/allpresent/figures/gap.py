"""From a school's own figure to DfE's, one step at a time: what each leaves out or takes back, and for which pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes.letters import LETTERS
from allpresent.core.figures import Figure, Parts
from allpresent.core.figures.differences import Change, Share, Step
from allpresent.core.figures.lines import is_persistent, is_severe
from allpresent.core.figures.national import Enrolled, Rule
from allpresent.figures.ground import Ground
from allpresent.figures.national import LABEL, RULES, enrolled_of, rule_labels
from allpresent.figures.queries.sheets import sheet_of
from allpresent.figures.sheet import Sheet
from allpresent.figures.sums import Labels, Numbers, rows_of, sums

Part = Callable[[Parts[Numbers]], Any]


class Measure(StrEnum):
    """What is compared, as addresses name it."""

    ATTENDANCE = "attendance"
    ABSENCE = "absence"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    PERSISTENT = "persistent"
    SEVERE = "severe"

    @property
    def of_pupils(self) -> bool:
        """Whether it is a part of the pupils, not of their sessions."""
        return self in (Measure.PERSISTENT, Measure.SEVERE)

    @property
    def words(self) -> str:
        return {
            "authorised": "Authorised absence",
            "unauthorised": "Unauthorised absence",
            "persistent": "Persistent absence",
            "severe": "Severe absence",
        }.get(self, self.capitalize())


class Window(NamedTuple):
    """What DfE's figure is of: its first and last day, and the moment (UTC) whose registers it saw; None for now."""

    first: date
    last: date
    known: datetime | None = None


class Level(NamedTuple):
    """What is counted after a step: each pupil's parts, row by row of the sheet. `name` is the step's."""

    name: str
    parts: Parts[Numbers]

    def shares(self, measure: Measure) -> tuple[Numbers, Numbers]:
        """Each pupil's share, as two columns of numbers."""
        some = self.parts.possible > 0
        if measure.of_pupils:
            line = is_persistent if measure is Measure.PERSISTENT else is_severe
            return (line(self.parts.absence, self.parts.possible) & some).astype(int), some.astype(int)
        return getattr(self.parts, measure.value), self.parts.possible

    def share(self, measure: Measure) -> Share:
        """The share of the whole."""
        return Share(*(int(column.sum()) for column in self.shares(measure)))

    @property
    def figure(self) -> Figure:
        return Figure(*(int(column.sum()) for column in self.parts))


class Amended(NamedTuple):
    """A session that was marked otherwise when DfE read the registers. '' is a blank."""

    session: Session
    then: str
    now: str


class Explained(NamedTuple):
    """A step, and the pupils whom it changes, by id."""

    step: Step
    pupils: dict[int, Change]


@dataclass(frozen=True)
class Gap:
    """A school's own year up to `today`, and the same as DfE counts it in a window of that year."""

    ground: Ground
    window: Window
    today: date

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Our own figure first, DfE's last. Steps that could not change anything are left out."""
        return tuple(self._levels())

    @property
    def ours(self) -> Level:
        return self.levels[0]

    @property
    def national(self) -> Level:
        return self.levels[-1]

    @cached_property
    def enrolled(self) -> dict[int, Enrolled]:
        return enrolled_of(self.ground)

    @cached_property
    def rules(self) -> Labels:
        return rule_labels(self.ground, self.enrolled)

    def steps(self, measure: Measure) -> tuple[Explained, ...]:
        """Each step from our own figure to DfE's."""
        return tuple(self._explained(measure, *pair) for pair in pairwise(self.levels))

    @cached_property
    def amended(self) -> dict[int, list[Amended]]:
        """By pupil, the sessions of the window that have been entered or amended since DfE read the registers."""
        found: dict[int, list[Amended]] = defaultdict(list)
        first, last = (
            self.ground.sheet.slot(Session(day, half)) for day, half in zip(self.window[:2], Half, strict=True)
        )
        then, now = (sheet.cells[:, first : last + 1] for sheet in (self.seen, self.ground.sheet))
        for row, place in np.argwhere(then != now).tolist():
            letters = LETTERS[then[row, place]], LETTERS[now[row, place]]
            found[int(self.seen.pupil_ids[row])].append(Amended(self.seen.session(first + place), *letters))
        return found

    def left_out(self, rule: Rule) -> tuple[int, Figure]:
        """Everything in the window that stands under one rule: of how many pupils, and their figure."""
        rows = rows_of(self.seen)
        labels = np.where(self.rules == LABEL[rule], rows, -1)
        level = Level(rule, sums(self.seen, self.window.first, self.window.last, labels, len(rows)).parts)
        return int((level.parts.possible > 0).sum()), level.figure

    @cached_property
    def seen(self) -> Sheet:
        """The sheet as DfE saw it."""
        if self.window.known is None:
            return self.ground.sheet
        return sheet_of(self.ground.school, self.ground.year, known=self.window.known)

    def _levels(self) -> Iterator[Level]:
        now, (first, last, known) = self.ground.sheet, self.window
        yield _level("ours", now, self.ground.year.starts, self.today)
        if last < self.today:
            yield _level("later", now, self.ground.year.starts, last)
        yield _level("earlier", now, first, last)
        if known is not None:
            yield _level("entered", _without_new(now, self.seen), first, last)
            yield _level("changed", self.seen, first, last)
        yield from self._by_rule()

    def _by_rule(self) -> Iterator[Level]:
        """One rule after another, those that nobody in the window stands under left out."""
        slots = self.seen.slots(self.window.first, self.window.last)
        found = np.unique(self.rules[:, slots][self.seen.cells[:, slots] > 0])
        labels = np.broadcast_to(rows_of(self.seen), self.rules.shape)
        for number in (number for number in found.tolist() if RULES[number] is not Rule.COUNTED):
            labels = np.where(self.rules == number, -1, labels)
            yield _level(RULES[number], self.seen, self.window.first, self.window.last, labels)

    def _explained(self, measure: Measure, before: Level, after: Level) -> Explained:
        step = Step(after.name, before.share(measure), after.share(measure))
        columns = [*before.shares(measure), *after.shares(measure)]
        changed = np.flatnonzero((columns[0] != columns[2]) | (columns[1] != columns[3]))
        ids = self.ground.sheet.pupil_ids[changed].tolist()
        rows = zip(*(column[changed].tolist() for column in columns), strict=True)
        pupils = {pupil: Change(Share(a, b), Share(c, d)) for pupil, (a, b, c, d) in zip(ids, rows, strict=True)}
        return Explained(step, pupils)


def _level(name: str, sheet: Sheet, first: date, last: date, labels: Labels | None = None) -> Level:
    rows = rows_of(sheet)
    return Level(name, sums(sheet, first, last, rows if labels is None else labels, len(rows)).parts)


def _without_new(now: Sheet, then: Sheet) -> Sheet:
    """The sheet of now without the marks of sessions that were still blank then."""
    return Sheet(now.year, now.pupil_ids, np.where(then.cells > 0, now.cells, 0).astype(np.uint8))
