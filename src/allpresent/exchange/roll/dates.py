"""Dates of a file: day first, or ISO. What could be read two ways is refused, never guessed.

Read: 4/3/2015, 04-03-2015, 04.03.2015, 4 March 2015, 4-Mar-2015, 2015-03-04, 2015/03/04, and a spreadsheet's own day
number (42067). Refused: a year of two digits, and a month-first date such as 04/23/2015. One month-first date makes
every other date of its file doubtful, which `Reading` says of the whole file (data standards fact sheet section 7).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from allpresent.exchange.roll.words import BadValue

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", re.ASCII)
_NAMED_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/]([a-z]{3,9})[ \-/,]+(\d{2}|\d{4})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?$", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(21_916, 62_000)
"""The day numbers of a spreadsheet from 1960 to 2069."""

_HOW = "Write it as 04/03/2015 or 2015-03-04."


class MonthFirst(BadValue):
    """A date that can only have its month first."""


def read_date(text: str) -> date:
    """The day. Raises BadValue (MonthFirst when that is what is wrong), saying how to mend it."""
    plain = _MIDNIGHT.sub("", text.strip()).casefold()
    if plain.isascii() and plain.isdigit() and len(plain) == 5 and int(plain) in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(plain))
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
        return _day(text, year, int(month), int(day))
    if found := _DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
        if int(month) > 12 >= int(day):
            raise MonthFirst(f"{text} has its month first. Days come first here. {_HOW}")
        return _day(text, year, int(month), int(day))
    if (found := _NAMED_MONTH.fullmatch(plain)) and found[2][:3] in _MONTHS:
        return _day(text, found[3], _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    raise BadValue(f"“{text}” is not a date. {_HOW}")


def _day(text: str, year: str, month: int, day: int) -> date:
    if len(year) == 2:
        raise BadValue(f"{text} has a year of two digits, which could be either century. {_HOW}")
    try:
        return date(int(year), month, day)
    except ValueError as error:
        raise BadValue(f"{text} is not a day of the calendar. {_HOW}") from error
