"""Attendance that falls or rises, suddenly or steadily (O-A-3, M-1c, M-3.2b, O-App2-1, O-App2-2).

Suddenly: the last weeks against the pupil's own before, this school year. Steadily: each third of the period against
the third before it.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.figures.percentages import one_decimal
from allpresent.core.thresholds.counting import Ratio
from allpresent.core.thresholds.history import ABSENCE, POSSIBLE, History, Week
from allpresent.core.thresholds.rules import Rule, change, rule
from allpresent.core.thresholds.shape import Look, Shape
from allpresent.core.thresholds.weeks import weeks_of

FALLING, RISING = 1, -1


class _Part(NamedTuple):
    """A stretch of marks: places, sessions missed, sessions possible."""

    low: int
    high: int
    missed: int
    possible: int

    @property
    def attended(self) -> str:
        return f"{one_decimal(self.possible - self.missed, self.possible)}%"


def falling(look: Look) -> Shape | None:
    """Attendance went down. The rate is by how many percentage points; the sessions are those missed since."""
    return _changed(look, FALLING, rule("falling"))


def rising(look: Look) -> Shape | None:
    """Attendance went up. The sessions are those missed in the stretches that are compared."""
    return _changed(look, RISING, rule("rising"))


def _changed(look: Look, way: int, asked: Rule) -> Shape | None:
    """The sudden change, or the steady one where that is the one that stands out; None where there is none."""
    weeks = list(weeks_of(look))
    found = [shape for shape in (_sudden(look, weeks, way, asked), _steady(look, weeks, way, asked)) if shape]
    return next((shape for shape in found if shape.stands_out and shape.enough), found[0] if found else None)


def _sudden(look: Look, weeks: list[Week], way: int, asked: Rule) -> Shape | None:
    how = change()
    if not weeks:
        return None
    recent = weeks[-how.weeks :]
    now = _part(look.history, recent[0].low, look.high)
    before = _part(look.history, _year_starts(look), recent[0].low)
    if now.possible < how.sessions or before.possible < how.before:
        return None
    points = _points(before, now, way)
    hit = sum(look.history.has(ABSENCE, week.low, week.high) for week in recent)
    return None if points.over <= 0 else Shape(
        places=look.history.places(ABSENCE, now.low if way is FALLING else before.low, now.high),
        times=1,
        rate=points,
        stands_out=way is RISING or hit >= how.hit,
        enough=points.over >= asked.points * points.under,
        words=f"{now.attended} attended in the last {len(recent)} weeks, {before.attended} before",
    )  # fmt: skip


def _year_starts(look: Look) -> int:
    first = max(look.back.year_starts, look.history.since)
    return bisect_left(look.history.slots.sessions, Session(first, Half.AM))


def _steady(look: Look, weeks: list[Week], way: int, asked: Rule) -> Shape | None:
    how = change()
    if len(weeks) < how.thirds:
        return None
    third = len(weeks) // 3
    starts = (weeks[0].low, weeks[third].low, weeks[-third].low, look.high)
    first, middle, last = (_part(look.history, *ends) for ends in pairwise(starts))
    if min(first.possible, middle.possible, last.possible) < how.third:
        return None
    points = _points(first, last, way)
    steps = (_points(first, middle, way), _points(middle, last, way))
    return None if points.over <= 0 else Shape(
        places=look.history.places(ABSENCE, look.low, look.high),
        times=1,
        rate=points,
        stands_out=all(step.over >= how.step * step.under for step in steps),
        enough=points.over >= asked.steady * points.under,
        words=f"{first.attended} attended at first, then {middle.attended}, then {last.attended}",
    )  # fmt: skip


def _part(history: History, low: int, high: int) -> _Part:
    return _Part(low, high, history.count(ABSENCE, low, high), history.count(POSSIBLE, low, high))


def _points(before: _Part, after: _Part, way: int) -> Ratio:
    """By how many percentage points absence changed, in the way looked for."""
    return Ratio(
        100 * way * (after.missed * before.possible - before.missed * after.possible),
        after.possible * before.possible,
    )
