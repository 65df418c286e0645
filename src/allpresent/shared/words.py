"""Dates, times and counts as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from allpresent.core.calendar.words import day_words
from allpresent.shared.clock import LONDON


def long_day(day: date) -> str:
    """'Tuesday 15 September 2026'."""
    return f"{day:%A} {day_words(day)}"


def short_day(day: date) -> str:
    """'Tue 15 Sep'."""
    return f"{day:%a} {day.day} {day:%b}"


def plain_day(day: date) -> str:
    """'15 September 2026'."""
    return day_words(day)


def clock_time(moment: datetime | time) -> str:
    """'8:54', London wall time."""
    wall = moment.astimezone(LONDON).time() if isinstance(moment, datetime) else moment
    return f"{wall.hour}:{wall:%M}"


def moment(at: datetime) -> str:
    """'15 September 2026 at 8:54'."""
    return f"{plain_day(at.astimezone(LONDON).date())} at {clock_time(at)}"


def percent(value: float | None) -> str:
    """'94.1%', or 'no figure' where nothing was possible."""
    return "no figure" if value is None else f"{value:.1f}%"


def count_of(number: int, one: str, many: str = "") -> str:
    """'1 pupil', '3 pupils', 'no pupils'."""
    noun = one if number == 1 else many or one + "s"
    return f"{number or 'no'} {noun}"


FILTERS: dict[str, Callable[..., str]] = {
    "long_day": long_day,
    "short_day": short_day,
    "plain_day": plain_day,
    "clock_time": clock_time,
    "moment": moment,
    "percent": percent,
    "count_of": count_of,
}
