"""Compulsory school age: the day it begins, the day it ends, and who is of it.

Source: Education Act 1996 s8, carried in `compulsory_age.toml`. Policies often give 1 January, 1 April or
1 September as the start; in law it begins on the prescribed day before (31 December, 31 March, 31 August).
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from allpresent.core.calendar.ages import birthday

_START_AGE = 5


def compulsory_from(born: date) -> date:
    """The first day of compulsory school age for a child born on `born`.

    The fifth birthday if it is a prescribed day, otherwise the next prescribed day (EA 1996 s8(2)).
    """
    fifth = birthday(born, _START_AGE)
    rule = _rule("starts", born)
    days = (_in_year(text, year) for year in (fifth.year, fifth.year + 1) for text in rule["prescribed_days"])
    return next(day for day in days if day >= fifth)


def compulsory_until(born: date) -> date:
    """The last day of compulsory school age: the school leaving date, itself included.

    The last Friday in June of the school year in which the child turns 16 (EA 1996 s8(3)). That school year
    is taken to turn on 1 September.
    """
    rule = _rule("ends", born)
    turned = birthday(born, rule["turns"])
    year = turned.year if turned < _in_year(rule["before"], turned.year) else turned.year + 1
    return _last_weekday(year, rule["leaving_month"], rule["leaving_weekday"])


def is_compulsory_age(born: date, day: date) -> bool:
    """Whether a child born on `born` is of compulsory school age on `day` (both end days included)."""
    return compulsory_from(born) <= day <= compulsory_until(born)


def _last_weekday(year: int, month: int, weekday: int) -> date:
    """The last such weekday (Monday 0) of a month other than December."""
    last = date(year, month + 1, 1) - timedelta(days=1)
    return next(day for back in count() if (day := last - timedelta(days=back)).weekday() == weekday)


def _in_year(month_and_day: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def _rule(name: str, born: date) -> dict[str, Any]:
    """The latest rule of this name that reaches children born on `born`."""
    reaching = [rule for rule in _rules()[name] if rule.get("born_from", date.min) <= born]
    return max(reaching, key=lambda rule: rule.get("born_from", date.min))


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files(__package__).joinpath("compulsory_age.toml").read_text("utf-8"))
