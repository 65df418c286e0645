"""England's bank holidays, as dated data in `bank_holidays.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from allpresent.core.calendar.words import day_words


class BankHoliday(NamedTuple):
    """One bank holiday. `unconfirmed` says what was not checked, and is empty when nothing is in doubt."""

    day: date
    name: str
    source: str
    unconfirmed: str


class BankHolidaysNotKnown(ValueError):
    """Days were asked about that the list does not reach."""


@cache
def england() -> tuple[BankHoliday, ...]:
    """Every bank holiday in the list, in order of date. The list is whole for each year it touches."""
    lists = tomllib.loads(files(__package__).joinpath("bank_holidays.toml").read_text("utf-8"))["lists"]
    rows = (BankHoliday(day, name, part["source"], part["unconfirmed"]) for part in lists for day, name in part["days"])
    return tuple(sorted(rows))


def england_days(first: date, last: date) -> frozenset[date]:
    """The bank holidays from `first` to `last`, both included.

    Raises BankHolidaysNotKnown when either end lies in a year the list does not hold: a missing year must not
    read as a year without holidays.
    """
    years = england()[0].day.year, england()[-1].day.year
    if first.year < years[0] or last.year > years[1]:
        raise BankHolidaysNotKnown(
            f"England's bank holidays are known for {years[0]} to {years[1]}, but {day_words(first)} to "
            f"{day_words(last)} was asked for. Add the missing years to the list."
        )
    return frozenset(holiday.day for holiday in england() if first <= holiday.day <= last)
