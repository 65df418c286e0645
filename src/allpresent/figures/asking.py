"""A question as an address says it, so that it can be kept, sent and asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.london import at
from allpresent.figures.answer import Question
from allpresent.figures.dimensions import DIMENSIONS, Dimension

OLDEST = timedelta(days=7 * 366)
ORDERS = ("name", "absence", "attendance", "unauthorised", "late")


@dataclass(frozen=True)
class Asked:
    """A question, how its answer is shown, and what is wrong with the address ('' for nothing).

    `code`: a code whose sessions are shown beside the figures, or ''. `known_on`: the day at whose end it was known.
    """

    question: Question
    show_pupils: bool = False
    order: str = "name"
    code: str = ""
    known_on: date | None = None
    wrong: str = ""


def offered(*, restricted: bool) -> tuple[Dimension, ...]:
    """The dimensions that somebody may tell pupils apart by."""
    return tuple(dimension for dimension in DIMENSIONS.values() if restricted or not dimension.restricted)


def asked(query: QueryDict, today: date, may: Iterable[Dimension]) -> Asked:
    """The question in an address. What cannot be read is said, and the year so far is answered instead."""
    keys = {dimension.key for dimension in may}
    days = _days(query, today)
    wrong = days if isinstance(days, str) else ""
    first, last = (academic_year_of(today).starts, today) if isinstance(days, str) else days
    known_on = _day(query.get("known", ""))
    known = None if known_on is None or known_on >= today else _end_of(known_on)
    by = tuple(dict.fromkeys(key for key in query.getlist("by") if key in keys))[:2]
    only = tuple((key, query[key]) for key in DIMENSIONS if key in keys and query.get(key))
    return Asked(
        Question(first, last, by, only, known),
        show_pupils=query.get("show") == "pupils",
        order=query["order"] if query.get("order") in ORDERS else "name",
        code=query.get("code", "")[:2],
        known_on=known_on,
        wrong=wrong,
    )


def known_then(query: QueryDict, today: date) -> tuple[date, datetime | None]:
    """The day of this school year at whose end figures are wanted as known then, and that moment.

    Today and None where no such day is given.
    """
    day = _day(query.get("known", ""))
    if day is None or not academic_year_of(today).starts <= day < today:
        return today, None
    return day, _end_of(day)


def address_of(asked: Asked, *, moving: bool = False) -> str:
    """The address of a question, and nothing else. `moving`: without its days, so that it is of the year so far."""
    question, kept = asked.question, QueryDict(mutable=True)
    days = {} if moving else {"first": question.first, "last": question.last}
    shown = {
        "show": "pupils" if asked.show_pupils else "",
        "order": "" if asked.order == ORDERS[0] else asked.order,
        "code": asked.code,
        "known": asked.known_on or "",
    }
    kept.setlist("by", list(question.by))
    for key, value in {**days, **dict(question.only), **shown}.items():
        if value:
            kept[key] = str(value)[:80]
    return kept.urlencode()


def left_out(query: QueryDict, may: Iterable[Dimension]) -> bool:
    """Whether an address tells apart or leaves out pupils by something that is not among what somebody may."""
    closed = DIMENSIONS.keys() - {dimension.key for dimension in may}
    return any(query.get(key) for key in closed) or any(value in closed for value in query.getlist("by"))


def _days(query: Mapping[str, str], today: date) -> tuple[date, date] | str:
    """The first and last day, or what is wrong with them. Days to come are left out."""
    if not query.get("first") and not query.get("last"):
        return academic_year_of(today).starts, today
    first, last = _day(query.get("first", "")), _day(query.get("last", "") or str(today))
    if first is None or last is None:
        return "Give a first and a last day, such as 1 September 2026 and 23 October 2026."
    if not today - OLDEST <= first <= last:
        return "The first day comes before the last, and not more than seven years ago."
    if first > today:
        return "The first day has not come yet: choose an earlier one."
    return first, min(last, today)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _end_of(day: date) -> datetime:
    return at(day + timedelta(days=1), time(0)) - timedelta(microseconds=1)
