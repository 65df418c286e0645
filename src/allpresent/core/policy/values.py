"""The small values a policy file may hold: times, spans, amounts, periods. Each is read from plain text.

Policy files are read as text throughout, so that `9:30`, `no` and `2025-09` mean what they look like.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, PlainValidator

_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
_NOON = {"noon", "12 noon", "midday", "12 midday"}
_BARE_DIGITS = re.compile(r"(\d?\d)(\d\d)? ?(?:h|hrs|hours|o'clock)?", re.IGNORECASE)


def parse_time(value: object) -> time:
    """A wall-clock time from '9:30', '09.30', '9:30 a.m.', '1pm' or (with a warning elsewhere) '13:10 pm'.

    Raises ValueError, in plain words, for anything else.
    """
    if isinstance(value, time):
        return value
    text = " ".join(str(value).split())
    if text.lower() in _NOON:
        return time(12)
    match = _CLOCK.fullmatch(text)
    if match is None or not (match["minute"] or match["half"]):
        raise ValueError(f"'{value}' is not a time of day; write it as {_meant(text)}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise ValueError(f"'{value}' is not a time of day; hours go to 23 and minutes to 59")
    return time(hour, minute)


def _meant(text: str) -> str:
    """How to write the time that '0930' or '9' seems to mean; else examples of times."""
    match = _BARE_DIGITS.fullmatch(text)
    return f"{match[1]}:{match[2] or '00'}" if match else "9:30, 13:10 or 1:10pm"


class Unit(StrEnum):
    """What a span of time is counted in. A school day is a day on which the school meets."""

    MINUTES = "minutes"
    DAYS = "days"
    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    SESSIONS = "sessions"
    WEEKS = "weeks"
    SCHOOL_WEEKS = "school weeks"
    MONTHS = "months"
    HALF_TERMS = "half-terms"
    TERMS = "terms"
    YEARS = "years"


class Span(NamedTuple):
    """A length of time: a number of units."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        word = self.unit.value
        return f"{self.number} {word[:-1] if self.number == 1 else word}"


def parse_span(value: object) -> Span:
    """A span from '5 school days', '1 term' or '10 minutes'. Raises ValueError for anything else."""
    if isinstance(value, Span):
        return value
    number, _, unit = str(value).strip().partition(" ")
    unit = " ".join(unit.lower().split())
    unit = unit if unit.endswith("s") else f"{unit}s"
    if not number.isdecimal() or unit not in {u.value for u in Unit}:
        units = ", ".join(u.value for u in Unit)
        if unit in {"times", "episodes", "occasions", "absences"}:
            raise ValueError(f"'{value}' is a count; define a threshold of episodes or codes, and name it instead")
        raise ValueError(f"'{value}' is not a length of time; write a whole number and one of: {units}")
    return Span(int(number), Unit(unit))


class Measure(StrEnum):
    """What an amount is counted in."""

    PERCENT = "%"
    SESSIONS = "sessions"
    DAYS = "days"
    TIMES = "times"
    MINUTES = "minutes"
    POINTS = "points"


class Amount(NamedTuple):
    """A number to compare with: 90 %, 10 sessions, 3 times."""

    number: Decimal
    measure: Measure

    def __str__(self) -> str:
        if self.measure is Measure.PERCENT:
            return f"{self.number}%"
        return f"{self.number} {self.measure.value[:-1] if self.number == 1 else self.measure.value}"


_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ?(%|sessions?|days?|times?|minutes?|points?)")


def parse_amount(value: object) -> Amount:
    """An amount from '90%', '10 sessions', '3 times' or '6 points'. Raises ValueError for anything else."""
    if isinstance(value, Amount):
        return value
    match = _AMOUNT.fullmatch(str(value).strip().lower())
    if match is None:
        raise ValueError(f"'{value}' is not an amount; write it as 90%, 10 sessions, 5 days, 3 times or 6 points")
    unit = match[2] if match[2] == "%" or match[2].endswith("s") else f"{match[2]}s"
    amount = Amount(Decimal(match[1]), Measure(unit))
    if amount.measure is Measure.PERCENT and amount.number > 100:
        raise ValueError(f"'{value}' is more than 100%")
    return amount


class Period(NamedTuple):
    """The stretch of marks a threshold looks at: a named period, or the last so many units, rolling."""

    named: str | None
    last: Span | None

    def __str__(self) -> str:
        return self.named or f"any {self.last}"


PERIODS = ("year to date", "school year", "term", "half-term", "month", "week")


def parse_period(value: object) -> Period:
    """A period from 'year to date', 'term', or a rolling '10 school weeks', 'last 20 school days'.

    Raises ValueError for anything else.
    """
    if isinstance(value, Period):
        return value
    text = re.sub(r"^(?:any|last|rolling) ", "", " ".join(str(value).lower().split()))
    if text in PERIODS:
        return Period(text, None)
    try:
        span = parse_span(text)
    except ValueError:
        names = ", ".join(PERIODS)
        raise ValueError(
            f"'{value}' is not a period; write one of: {names}; or a rolling one such as 10 school weeks"
        ) from None
    if span.unit is Unit.MINUTES or not span.number:
        raise ValueError(f"'{value}' holds no marks to look at; write one session, one school day, or longer")
    return Period(None, span)


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day} {date(2000, self.month, 1):%B}"


_MONTHS = {f"{date(2000, n, 1):%B}".lower(): n for n in range(1, 13)}


def parse_month_day(value: object) -> MonthDay:
    """A day of the year from '31 December'. Raises ValueError for anything else, and for 30 February."""
    if isinstance(value, MonthDay):
        return value
    number, _, month = str(value).strip().partition(" ")
    if not number.isdecimal() or month.strip().lower() not in _MONTHS:
        raise ValueError(f"'{value}' is not a day of the year; write day and month in full: 31 December")
    found = MonthDay(_MONTHS[month.strip().lower()], int(number))
    try:
        date(2000, found.month, found.day)
    except ValueError:
        raise ValueError(f"'{value}' is a day that no year has") from None
    return found


def parse_date(value: object) -> date:
    """A date from '2025-09-01', or '2025-09' for the first of a month. Raises ValueError otherwise."""
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        return date.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else text)
    except ValueError:
        raise ValueError(f"'{value}' is not a date; write year-month-day: 2025-09-01, or 2025-09") from None


def parse_pounds(value: object) -> int:
    """Whole pounds from '£80' or '£2,500'. Raises ValueError for anything else."""
    if isinstance(value, int):
        return value
    match = re.fullmatch(r"£ ?(\d{1,3}(?:,\d{3})+|\d+)", str(value).strip())
    if match is None:
        raise ValueError(f"'{value}' is not a sum in whole pounds; write it as £80")
    return int(match[1].replace(",", ""))


def parse_yes_no(value: object) -> bool:
    """Whether 'yes' or 'no' is written ('true' and 'false' will do). Raises ValueError for anything else."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text not in {"yes", "true", "no", "false"}:
        raise ValueError(f"'{value}' stands here; expected yes or no")
    return text in {"yes", "true"}


def as_list(value: object) -> object:
    """One thing or a list of things, as a list. Nothing is an empty list."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


ClockTime = Annotated[time, PlainValidator(parse_time)]
SpanText = Annotated[Span, PlainValidator(parse_span)]
AmountText = Annotated[Amount, PlainValidator(parse_amount)]
PeriodText = Annotated[Period, PlainValidator(parse_period)]
MonthDayText = Annotated[MonthDay, PlainValidator(parse_month_day)]
Day = Annotated[date, PlainValidator(parse_date)]
Pounds = Annotated[int, PlainValidator(parse_pounds)]
YesNo = Annotated[bool, PlainValidator(parse_yes_no)]
Words = Annotated[tuple[str, ...], BeforeValidator(as_list)]
