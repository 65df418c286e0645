"""The lists of a school on a day: who is within which threshold of its policy, and who makes which shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.policy.model.response import Pattern, Threshold
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Measure, Period
from allpresent.core.thresholds import (
    Finding,
    History,
    Look,
    Lookback,
    Shape,
    Whom,
    Window,
    assess,
    is_about,
    late_weekday,
    looked_at,
    shape_of,
    thresholds_of,
    together,
)
from allpresent.core.thresholds.counting import measure_of
from allpresent.figures.candidates import (
    Rows,
    Stretch,
    may_be_late,
    may_be_within,
    may_make,
    surely_make,
    surely_within,
)
from allpresent.figures.marks import Marks, marks_of
from allpresent.figures.queries.lists import Listed, circumstances, families, listed, minutes_late
from allpresent.figures.queries.sheets import sheet_of
from allpresent.figures.sheet import Sheet
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of

TERM = Period("term", None)


class Within(NamedTuple):
    """A pupil who is within a threshold, and what puts them there."""

    pupil: Listed
    finding: Finding


class Shown(NamedTuple):
    """A pupil whose marks make a shape."""

    pupil: Listed
    shape: Shape
    sessions: tuple[Session, ...]


class Pair(NamedTuple):
    """Two children of one family who are absent together."""

    one: Listed
    other: Listed
    shape: Shape


class Lists:
    """One school on one day, as its register stands now. `since`: the earliest day of which it will be asked.

    `group_ids`: only of the pupils of these groups; `only`: of this pupil. Everything is read once, when first asked
    for.
    """

    def __init__(
        self,
        school: School,
        day: date,
        *,
        since: date | None = None,
        group_ids: frozenset[int] | None = None,
        only: int | None = None,
    ) -> None:
        self.school, self.day, self.since, self.group_ids, self.only = school, day, since or day, group_ids, only

    @cached_property
    def policy(self) -> Policy:
        return setting_of(self.school).policy_on(self.day)

    @cached_property
    def thresholds(self) -> dict[str, Threshold]:
        return thresholds_of(self.policy)

    @cached_property
    def _stretches(self) -> tuple[Listed, ...]:
        return listed(self.school, self.since, self.day, self.group_ids, self.only)

    def pupils(self, day: date) -> dict[int, Listed]:
        """The pupils on the roll on a day."""
        return {pupil.id: pupil for pupil in self._stretches if pupil.on_roll(day)}

    def day_of(self, day: date) -> OneDay:
        """The same lists as they would have been on a day, by the marks that the register has now."""
        return OneDay(self, day)

    @cached_property
    def _looks_back(self) -> bool:
        """Whether a threshold looks at marks of the year before."""
        back = Lookback(setting_of(self.school).calendar, self.since)
        windows = (back.window(each.over) for each in self.thresholds.values())
        return any(window and window.first < academic_year_of(self.since).starts for window in windows)

    @cached_property
    def years(self) -> list[AcademicYear]:
        last = academic_year_of(self.day)
        first = academic_year_of(self.since).first - int(self._looks_back)
        return [AcademicYear(year) for year in range(first, last.first + 1)]

    def marks(self, day: date) -> Marks:
        """The marks of the pupils on the roll on a day, and maybe of others: all days share one table of marks."""
        return self._of_all if self._once_each else self._marks(self.pupils(day).values())

    @cached_property
    def _of_all(self) -> Marks:
        return self._marks(self._stretches)

    @cached_property
    def _once_each(self) -> bool:
        """Whether nobody left and came back."""
        return len({pupil.id for pupil in self._stretches}) == len(self._stretches)

    def _marks(self, pupils: Iterable[Listed]) -> Marks:
        return marks_of(self._sheets, {pupil.id: pupil.begins for pupil in pupils}, self.day)

    @cached_property
    def _sheets(self) -> list[Sheet]:
        return [sheet_of(self.school, year) for year in self.years]

    @cached_property
    def circumstances(self) -> dict:
        """Of every pupil, on the last day. Asked for only where a threshold names some."""
        return circumstances(self.school, self.day, self._stretches)

    @cached_property
    def minutes(self) -> dict[int, dict[Session, int]]:
        """How late each pupil was, where a threshold counts minutes; of nobody where none does."""
        if not any(measure_of(each) is Measure.MINUTES for each in self.thresholds.values()):
            return {}
        return minutes_late(self.school, self.years[0].starts, self.day, self.only)

    @cached_property
    def families(self) -> tuple[frozenset[int], ...]:
        return families(self.school)


class OneDay:
    """The lists of one day."""

    def __init__(self, lists: Lists, day: date) -> None:
        self.lists, self.day = lists, day
        self.pupils, self.marks = lists.pupils(day), lists.marks(day)
        self._backs: dict[str, Lookback] = {}

    def back(self, year_group: str = "") -> Lookback:
        """The calendar of a year group, which may have closures of its own."""
        calendar = setting_of(self.lists.school).calendar
        key = year_group if year_group in self._closed_apart else ""
        if key not in self._backs:
            self._backs[key] = Lookback(calendar.for_year_group(key) if key else calendar, self.day)
        return self._backs[key]

    @cached_property
    def _closed_apart(self) -> frozenset[str]:
        """The year groups with closures of their own."""
        closures = setting_of(self.lists.school).calendar.closures
        return frozenset().union(*(closure.year_groups for closure in closures))

    def within(self, threshold: Threshold) -> tuple[Within, ...]:
        """Who is within a threshold, by name."""
        rows, _ = self._candidates(threshold)
        return tuple(self._named((row, self._assessed(threshold, row)) for row in rows))

    def number_within(self, threshold: Threshold) -> int:
        """How many are within a threshold."""
        rows, sure = self._candidates(threshold)
        return sum(bool(sure[row]) or self._assessed(threshold, row) is not None for row in rows)

    def finding(self, threshold: Threshold, pupil_id: int) -> Finding | None:
        """What puts one pupil within a threshold."""
        return self._assessed(threshold, self.row(pupil_id)) if pupil_id in self.pupils else None

    def is_about(self, threshold: Threshold, pupil_id: int) -> bool:
        """Whether a threshold is about such a pupil at all."""
        return is_about(threshold, self.whom(self.pupils[pupil_id], circumstances=bool(threshold.for_)))

    def row(self, pupil_id: int) -> int:
        return self.marks.row_of[pupil_id]

    def pupil(self, row: int) -> Listed:
        return self.pupils[self.marks.pupil_ids[row]]

    def history(self, row: int) -> History:
        return self.marks.history(row, self.lists.minutes.get(self.marks.pupil_ids[row]))

    def shown(self, pattern: Pattern, over: Period = TERM) -> tuple[Shown, ...]:
        """Whose marks make a shape, by our own rule, over a period, by name."""
        return self._shapes(over, lambda at: may_make(pattern, at), lambda look: shape_of(pattern, look))

    def number_shown(self, pattern: Pattern, over: Period = TERM) -> int:
        """How many make it."""
        window = self.back().window(over)
        if window is None:
            return 0
        at = Stretch(self.marks, *self.marks.slots.between(window.first, window.last), self.back())
        sure = surely_make(pattern, at) & ~self._apart
        rows = self._rows(may_make(pattern, at))
        return sum(bool(sure[row]) or shape_of(pattern, self._look(row, window)) is not None for row in rows)

    def late(self, over: Period = TERM) -> tuple[Shown, ...]:
        """Who is late on one weekday."""
        return self._shapes(over, may_be_late, late_shape)

    def together(self, over: Period = TERM) -> tuple[Pair, ...]:
        """Children of one family who are absent on the same days."""
        window = self.back().window(over)
        if window is None:
            return ()
        pairs = {
            pair for family in self.lists.families for pair in combinations(sorted(family & self.pupils.keys()), 2)
        }
        found = (self._pair(*pair, window) for pair in sorted(pairs))
        return tuple(pair for pair in found if pair and pair.shape.enough and pair.shape.stands_out)

    def _pair(self, one: int, other: int, window: Window) -> Pair | None:
        histories = (self.history(self.row(one)), self.history(self.row(other)))
        shape = together(*histories, window.first, window.last)
        return Pair(self.pupils[one], self.pupils[other], shape) if shape else None

    def _shapes(self, over: Period, first_look, look_for) -> tuple[Shown, ...]:
        window = self.back().window(over)
        if window is None:
            return ()
        ends = self.marks.slots.between(window.first, window.last)
        found = []
        for row in self._rows(first_look(Stretch(self.marks, *ends, self.back()))):
            look = self._look(row, window)
            if shape := look_for(look):
                found.append(Shown(self.pupil(row), shape, look.history.sessions(shape.places)))
        return tuple(sorted(found, key=lambda shown: shown.pupil.name))

    def _look(self, row: int, window: Window) -> Look:
        history = self.history(row)
        return Look(history, *looked_at(history, window), self.back(self.pupil(row).year_group))

    def _candidates(self, threshold: Threshold) -> tuple[list[int], Rows]:
        """The rows of who may be within a threshold; and (pupils,) of whom it is certain."""
        window = self.back().window(threshold.over)
        if window is None:
            return [], self._there
        at = Stretch(self.marks, *self.marks.slots.between(window.first, window.last), self.back())
        rows, _ = may_be_within(threshold, at)
        sure = surely_within(threshold, at) & ~self._apart & (not threshold.and_)
        return self._about(threshold, self._rows(rows)), sure

    def _rows(self, found: Rows) -> list[int]:
        """The rows that are to be looked at more closely: none of pupils who were not on the roll on the day."""
        return np.flatnonzero((found | self._apart) & self._there).tolist()

    @cached_property
    def _there(self) -> Rows:
        """(pupils,): who was on the roll on the day."""
        return np.array([pupil_id in self.pupils for pupil_id in self.marks.pupil_ids], bool)

    @cached_property
    def _apart(self) -> Rows:
        """(pupils,): who is in a year group with closures of its own, so that the school's weeks are not theirs."""
        there = (self.pupils.get(pupil_id) for pupil_id in self.marks.pupil_ids)
        return np.array([bool(pupil and pupil.year_group in self._closed_apart) for pupil in there], bool)

    def _about(self, threshold: Threshold, found: list[int]) -> list[int]:
        if not threshold.for_ and not threshold.year_groups:
            return found
        return [row for row in found if is_about(threshold, self.whom(self.pupil(row), circumstances=True))]

    def whom(self, pupil: Listed, *, circumstances: bool) -> Whom:
        held = self.lists.circumstances[pupil.id] if circumstances else frozenset()
        return Whom(held, pupil.year_group)

    def _assessed(self, threshold: Threshold, row: int) -> Finding | None:
        others = tuple(self.lists.thresholds.values())
        asked = others if threshold.and_ else (threshold,)
        pupil = self.pupil(row)
        whom = self.whom(pupil, circumstances=any(each.for_ for each in asked))
        return assess(threshold, self.history(row), self.back(pupil.year_group), whom=whom, others=others)

    def _named(self, found: Iterable[tuple[int, Finding | None]]) -> Iterator[Within]:
        within = (Within(self.pupil(row), finding) for row, finding in found if finding)
        return iter(sorted(within, key=lambda each: (each.pupil.name, each.pupil.id)))


def late_shape(look: Look) -> Shape | None:
    shape = late_weekday(look)
    return shape if shape and shape.stands_out and shape.enough else None
