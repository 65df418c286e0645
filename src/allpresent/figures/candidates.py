"""A quick first look at many pupils: who may be within a threshold or make a shape. Core then decides, one by one.

It leaves nobody out whom core would find; of what is counted in percent or sessions, it takes nobody in either.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allpresent.core.policy.model.response import Of, Pattern, Threshold
from allpresent.core.policy.select import WEEKDAYS
from allpresent.core.policy.values import Amount, Measure
from allpresent.core.thresholds import Lookback
from allpresent.core.thresholds.counting import measure_of, what_of
from allpresent.core.thresholds.history import ABSENCE, LATE, POSSIBLE, What
from allpresent.core.thresholds.rules import Rule, change, rule
from allpresent.figures.marks import Counts, Marks

Rows = NDArray[np.bool_]


class Stretch(NamedTuple):
    """Marks from the place `low` to before `high`, seen from a day of a calendar. `own`: the policy gives an edge."""

    marks: Marks
    low: int
    high: int
    back: Lookback
    own: bool = False


def may_be_within(threshold: Threshold, at: Stretch) -> tuple[Rows, bool]:
    """(pupils,): who may be within a threshold, whoever it is about; and whether that is certain."""
    if threshold.of is Of.PATTERN and threshold.pattern:
        measure = measure_of(threshold)
        found = may_make(threshold.pattern, at._replace(own=measure is not None), threshold)
        return found, False
    return _counted(threshold, at)


def surely_within(threshold: Threshold, at: Stretch) -> Rows:
    """(pupils,): of those who may be within a threshold, of whom it is certain."""
    if threshold.pattern and measure_of(threshold) is None:
        return surely_make(threshold.pattern, at)
    certain = not threshold.pattern and _counted(threshold, at)[1]
    return np.full(len(at.marks.pupil_ids), certain)


def surely_make(pattern: Pattern, at: Stretch) -> Rows:
    """(pupils,): of those who may make a shape by our own rule, of whom it is certain."""
    if pattern in (Pattern.FALLING, Pattern.RISING):
        return ~odd_weeks(at)
    return np.full(len(at.marks.pupil_ids), pattern in (Pattern.FIRST_WEEK, Pattern.BROKEN_WEEKS))


def _counted(threshold: Threshold, at: Stretch) -> tuple[Rows, bool]:
    what = what_of(threshold.of, threshold.codes, threshold.points)
    sessions, possible = (at.marks.count(each, at.low, at.high) for each in (what, POSSIBLE))
    over, under, certain = _amount(measure_of(threshold), what, sessions, possible)
    there = (possible > 0) | ((sessions > 0) & (measure_of(threshold) is not Measure.PERCENT))
    if not certain:
        floor = threshold.floor
        return (there & (sessions > 0) if floor and floor[0].number > 0 else there), False
    return there & _on_side(threshold.floor, over, under, 1) & _on_side(threshold.ceiling, over, under, -1), True


def _amount(measure: Measure | None, what: What, sessions: Counts, possible: Counts) -> tuple[Counts, Counts, bool]:
    one = np.ones_like(sessions)
    if measure is Measure.PERCENT:
        return 100 * sessions, possible, True
    if measure is Measure.DAYS and what is not LATE:
        return sessions, 2 * one, True
    return sessions, one, measure is Measure.SESSIONS or (measure is Measure.TIMES and what is LATE)


def _on_side(edge: tuple[Amount, bool] | None, over: Counts, under: Counts, side: int) -> Rows:
    """Whether amounts lie on one side of an edge: 1 over it, -1 under it; or on it, where the edge is taken in."""
    if edge is None:
        return np.ones(len(over), bool)
    top, bottom = edge[0].number.as_integer_ratio()
    apart = side * (over * bottom - top * under)
    return apart >= 0 if edge[1] else apart > 0


def may_make(pattern: Pattern, at: Stretch, threshold: Threshold | None = None) -> Rows:
    """(pupils,): who may make a shape."""
    if pattern is Pattern.SAME_WEEKDAY:
        return _weekday(at, ABSENCE, threshold)
    return _FIRST_LOOKS[pattern](at)


def may_be_late(at: Stretch) -> Rows:
    """Who may be late on one weekday."""
    return _weekday(at, LATE, None)


def _weekday(at: Stretch, what: What, threshold: Threshold | None) -> Rows:
    days = at.marks.by_day(what) > 0
    named = [WEEKDAYS.index(day) for day in threshold.weekdays] if threshold else []
    groups = [named] if named else [[day] for day in range(7)]
    asked = rule("same-weekday" if len(groups[0]) == 1 else "several-weekdays")
    all_days = days @ at.marks.days_where(lambda day: True, at.low, at.high).astype(np.int64)
    on = [
        days @ at.marks.days_where(lambda day, group=group: day.weekday() in group, at.low, at.high).astype(np.int64)
        for group in groups
    ]
    most = np.max(on, axis=0)
    return (most >= (1 if at.own else asked.times)) & (100 * most >= asked.share * all_days)


def _half(at: Stretch) -> Rows:
    alone = at.marks.by_day(ABSENCE) == 1
    number = alone @ at.marks.days_where(lambda day: True, at.low, at.high).astype(np.int64)
    return number >= (1 if at.own else rule("same-half").times)


def _run(at: Stretch) -> Rows:
    return at.marks.count(ABSENCE, at.low, at.high) >= (1 if at.own else rule("run").times)


def _beside(at: Stretch) -> Rows:
    beside = at.marks.days_where(lambda day: day in at.back.beside_holidays, at.low, at.high)
    number = (at.marks.by_day(ABSENCE) > 0) @ beside.astype(np.int64)
    return number >= (1 if at.own else rule("beside-holidays").times)


def _first_week(at: Stretch) -> Rows:
    weeks = [week for week in at.marks.slots.weeks if week.monday in at.back.first_weeks]
    cut = [(max(week.low, at.low), min(week.high, at.high)) for week in weeks]
    found = [at.marks.count(ABSENCE, low, high) for low, high in cut if low < high]
    number = sum(found, np.zeros(len(at.marks.pupil_ids), np.int64))
    return number >= (1 if at.own else rule("first-week").times)


def _broken(at: Stretch) -> Rows:
    missed, possible = (at.marks.by_week(what, at.low, at.high) for what in (ABSENCE, POSSIBLE))
    number = ((missed > 0) & (missed < possible)).sum(axis=1)
    asked = rule("broken-weeks")
    often = 100 * number >= asked.share * (possible > 0).sum(axis=1)
    return often & (number >= (1 if at.own else asked.times))


def _falling(at: Stretch) -> Rows:
    return _changed(at, 1, "falling")


def _rising(at: Stretch) -> Rows:
    return _changed(at, -1, "rising")


def _changed(at: Stretch, way: int, name: str) -> Rows:
    """Whose attendance changed, by the same comparisons as core's. A pupil with an odd week always may be one."""
    how, weeks = change(), at.marks.weeks(at.low, at.high)
    if not weeks:
        return np.zeros(len(at.marks.pupil_ids), bool)
    recent = weeks[-how.weeks :]
    before = _part(at, at.marks.slots.between(at.back.year_starts, at.back.day)[0], recent[0][0])
    found = _sudden(at, way, rule(name), before, recent)
    if len(weeks) >= how.thirds:
        found |= _steady(at, way, rule(name), weeks)
    return found | odd_weeks(at)


def odd_weeks(at: Stretch) -> Rows:
    """Who has a week of which no session was possible: core leaves it out, so that their weeks are not the school's."""
    return (at.marks.by_week(POSSIBLE, at.low, at.high) == 0).any(axis=1)


class _Part(NamedTuple):
    """Sessions missed and possible in a stretch, pupil by pupil."""

    missed: Counts
    possible: Counts


def _part(at: Stretch, low: int, high: int) -> _Part:
    return _Part(at.marks.count(ABSENCE, low, high), at.marks.count(POSSIBLE, low, high))


def _sudden(at: Stretch, way: int, asked: Rule, before: _Part, recent: list[tuple[int, int]]) -> Rows:
    how, now = change(), _part(at, recent[0][0], at.high)
    hit = sum(at.marks.count(ABSENCE, *week) > 0 for week in recent)
    found = _further(way, 0 if at.own else asked.points, before, now)
    found &= (now.possible >= how.sessions) & (before.possible >= how.before)
    return found & (hit >= how.hit) if way > 0 else found


def _steady(at: Stretch, way: int, asked: Rule, weeks: list[tuple[int, int]]) -> Rows:
    how, third = change(), len(weeks) // 3
    cuts = (weeks[0][0], weeks[third][0], weeks[-third][0], at.high)
    first, middle, last = (_part(at, *ends) for ends in pairwise(cuts))
    enough = np.min([part.possible for part in (first, middle, last)], axis=0) >= how.third
    steps = _further(way, how.step, first, middle) & _further(way, how.step, middle, last)
    return enough & steps & _further(way, 0 if at.own else asked.steady, first, last)


def _further(way: int, points: int, before: _Part, after: _Part) -> Rows:
    """Whether absence changed by so many percentage points or more, in the way looked for."""
    apart = 100 * way * (after.missed * before.possible - before.missed * after.possible)
    return (apart > 0) & (apart >= points * before.possible * after.possible)


_FIRST_LOOKS: dict[Pattern, Callable[[Stretch], Rows]] = {
    Pattern.SAME_HALF: _half,
    Pattern.RUN: _run,
    Pattern.BESIDE_HOLIDAYS: _beside,
    Pattern.FALLING: _falling,
    Pattern.RISING: _rising,
    Pattern.FIRST_WEEK: _first_week,
    Pattern.BROKEN_WEEKS: _broken,
}
