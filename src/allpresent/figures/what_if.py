"""“What if the line were drawn there?”: a threshold, other numbers and a period, as an address says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.policy.model.response import Ladder, Threshold
from allpresent.core.replay import Side, altered, side_of, sides
from allpresent.figures.asking import OLDEST
from allpresent.figures.lists_words import RESTRICTED
from allpresent.figures.replay import Line, Looked, Replay

LONGEST = 2
"""Academic years at most that are gone through at once."""


@dataclass(frozen=True)
class WhatIf:
    """What is asked. `wrong`: field by field, what cannot be read; then the policy's own line is replayed alone."""

    threshold: Threshold
    other: Threshold
    first: date
    last: date
    looked: Looked
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_altered(self) -> bool:
        return self.other.edges != self.threshold.edges

    @property
    def numbers(self) -> dict[Side, Decimal]:
        """The number of every edge, as asked."""
        found = ((side, side_of(self.other, side)) for side in sides(self.other))
        return {side: amount.number for side, amount in found if amount}

    def of(self, threshold: Threshold) -> WhatIf:
        """The same question about another school's line, which has the same edges."""
        return replace(self, threshold=threshold, other=altered(threshold, self.numbers))


def alterable(thresholds: Iterable[Threshold], *, restricted: bool) -> tuple[Threshold, ...]:
    """The thresholds that have an edge; those that tell restricted facts only for those who may see them."""
    return tuple(
        threshold
        for threshold in thresholds
        if sides(threshold) and (restricted or RESTRICTED.isdisjoint(threshold.for_))
    )


def first_choice(thresholds: Iterable[Threshold], ladders: Iterable[Ladder]) -> Threshold | None:
    """The first threshold that sets a ladder going, else the first."""
    named = {name for ladder in ladders for step in ladder.steps for name in step.threshold}
    known = tuple(thresholds)
    return next((each for each in known if each.id in named), next(iter(known), None))


def what_if(query: Mapping[str, str], threshold: Threshold, today: date, usual: Looked = Looked.DAY) -> WhatIf:
    """The question in an address, about a threshold. Numbers given for another threshold are not read.

    `usual`: how often it is looked at where the address does not say.
    """
    wrong: dict[str, str] = {}
    numbers = _numbers(query, threshold, wrong) if query.get("of") == threshold.id else {}
    other = threshold
    try:
        other = altered(threshold, numbers)
    except ValueError as error:
        wrong[next(iter(numbers)).value] = str(error)
    first, last = _days(query, today, wrong)
    looked = next((each for each in Looked if each.name.lower() == query.get("looked")), usual)
    return WhatIf(threshold, other, first, last, looked, wrong)


def _numbers(query: Mapping[str, str], threshold: Threshold, wrong: dict[str, str]) -> dict[Side, Decimal]:
    found = {}
    for side in sides(threshold):
        given = query.get(side.value, "").strip().removesuffix("%").strip()
        if given:
            try:
                found[side] = _number(given)
            except (InvalidOperation, ValueError):
                wrong[side.value] = f"“{given[:20]}” is not a number. Give one such as 92 or 92.5."
    return found


def _number(given: str) -> Decimal:
    """Raises ValueError or InvalidOperation for what is not a plain number of a size to compare with."""
    number = Decimal(given)
    if not number.is_finite() or len(given) > 8 or "e" in given.lower():
        raise ValueError(given)
    return number


def _days(query: Mapping[str, str], today: date, wrong: dict[str, str]) -> tuple[date, date]:
    year = academic_year_of(today)
    usual = year.starts, today
    if not query.get("first") and not query.get("last"):
        return usual
    try:
        first, last = (date.fromisoformat(query.get(name, "")) for name in ("first", "last"))
    except ValueError:
        wrong["first"] = "Give a first and a last day, such as 1 September 2025 and 20 July 2026."
        return usual
    if not today - OLDEST <= first <= last or first > today:
        wrong["first"] = "The first day comes before the last, not after today and not more than seven years ago."
        return usual
    if academic_year_of(last).first - academic_year_of(first).first >= LONGEST:
        wrong["first"] = f"Choose {LONGEST} school years at most: each day of them is gone through."
        return usual
    return first, min(last, today)


@dataclass(frozen=True)
class Both:
    """The line as the policy draws it, and as it might be drawn."""

    now: Line
    other: Line


def replayed(replay: Replay, asked: WhatIf) -> Both:
    now = Line(replay, asked.threshold, asked.looked)
    return Both(now, Line(replay, asked.other, asked.looked) if asked.is_altered else now)
