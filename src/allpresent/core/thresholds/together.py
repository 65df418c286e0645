"""Two children of one family who are absent on the same days."""

from __future__ import annotations

from datetime import date

from allpresent.core.thresholds.finding import many
from allpresent.core.thresholds.history import ABSENCE, History
from allpresent.core.thresholds.rules import rule
from allpresent.core.thresholds.shape import Shape, percentage


def together(one: History, other: History, first: date, last: date) -> Shape | None:
    """The days from one to another, both included, on which both were absent, whole or in part; None without any.

    The places are those of `one`; the rate is of the days of whoever missed fewer.
    """
    days, others = _days(one, first, last), _days(other, first, last)
    both = days.keys() & others.keys()
    if not both:
        return None
    fewer = min(len(days), len(others))
    asked = rule("together")
    return Shape(
        places=tuple(sorted(place for day in both for place in days[day])),
        times=len(both),
        rate=percentage(len(both), fewer),
        stands_out=100 * len(both) >= asked.share * fewer,
        enough=len(both) >= asked.times,
        words=f"both absent on {many(len(both), 'day')}, of {len(days)} and {len(others)} days absent",
    )


def _days(history: History, first: date, last: date) -> dict[date, list[int]]:
    low, high = history.slots.between(max(first, history.since), last)
    found: dict[date, list[int]] = {}
    for place in history.places(ABSENCE, low, high):
        found.setdefault(history.slots.sessions[place].day, []).append(place)
    return found
