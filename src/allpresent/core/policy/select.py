"""Which of several statements holds for a day and a year group: the most particular one that applies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from allpresent.core.policy.model.day import Selected
from allpresent.core.policy.model.words import Weekday

S = TypeVar("S", bound=Selected)
WEEKDAYS = tuple(Weekday)


def rank(statement: Selected) -> int:
    """How particular a statement is: year groups weigh more than weekdays, both more than neither."""
    return 2 * bool(statement.year_groups) + bool(statement.weekdays)


def applies(statement: Selected, weekday: Weekday, year_group: str | None) -> bool:
    """Whether a statement speaks of this weekday and year group. No year group: only general statements."""
    on_day = not statement.weekdays or weekday in statement.weekdays
    return on_day and (not statement.year_groups or year_group in statement.year_groups)


def most_particular(statements: Iterable[S], day: date, year_group: str | None) -> S | None:
    """The most particular statement that applies on `day`, or None. Of equals, the first."""
    return particular(statements, WEEKDAYS[day.weekday()], year_group)


def particular(statements: Iterable[S], weekday: Weekday, year_group: str | None) -> S | None:
    """The most particular statement that applies on a weekday, or None. Of equals, the first."""
    found = [statement for statement in statements if applies(statement, weekday, year_group)]
    return max(found, key=rank, default=None)


def clashes(statements: Sequence[S]) -> Iterable[tuple[S, S]]:
    """Pairs of equally particular statements that both apply to one weekday and year group."""
    for number, first in enumerate(statements):
        for second in statements[number + 1 :]:
            if rank(first) == rank(second) and _share(first, second):
                yield first, second


def _share(first: Selected, second: Selected) -> bool:
    """Whether some weekday and year group is spoken of by both."""
    days = not first.weekdays or not second.weekdays or set(first.weekdays) & set(second.weekdays)
    years = not first.year_groups or not second.year_groups or set(first.year_groups) & set(second.year_groups)
    return bool(days) and bool(years)
