"""The school year of a synthetic England: 190 days, each with its term, half-term, week and weekday."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np

from allpresent.simulate.calibration import Floats, Ints, assumed

PUBLISHED_WEEKS = (37, 38, 39, 40, 41, 42, 43, 45, 46, 47, 48, 49)


class Year(NamedTuple):
    """Columns, one value a day. `week`: its place among PUBLISHED_WEEKS, -1 after Christmas."""

    days: tuple[date, ...]
    half_term: Ints
    weekday: Ints
    week: Ints

    @property
    def term(self) -> Ints:
        return self.half_term // 2

    @property
    def sessions(self) -> int:
        return 2 * len(self.days)


@cache
def the_year() -> Year:
    """The year 2024/25, as assumed.toml gives its half-terms."""
    spans, closed = assumed()["half_terms"], set(assumed()["closed"])
    found = [(day, place) for place, span in enumerate(spans) for day in _school_days(*span) if day not in closed]
    days = tuple(day for day, _ in found)
    return Year(
        days,
        np.array([place for _, place in found]),
        np.array([day.weekday() for day in days]),
        np.array([_week(day, place) for day, place in found]),
    )


def _school_days(first: date, last: date) -> list[date]:
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5]


def _week(day: date, half_term: int) -> int:
    """The published week that is nearest: nothing is published of the first week, nor of the last before Christmas."""
    if half_term > 1:
        return -1
    return min(range(len(PUBLISHED_WEEKS)), key=lambda n: abs(PUBLISHED_WEEKS[n] - day.isocalendar().week))


def by_day(per_week: list[float], per_weekday: list[float], year: Year) -> Floats:
    """How much likelier than usual something is on each day: its published weeks, then its weekdays; about 1."""
    weeks = np.array([*per_week, np.mean(per_week)]) / np.mean(per_week)
    return weeks[year.week] * (np.array(per_weekday) / np.mean(per_weekday))[year.weekday]
