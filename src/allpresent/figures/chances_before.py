"""What the curve would have said at this school on the same day of last year, beside what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from allpresent.core.chances import RECENT_DAYS, Model, Standing, standing
from allpresent.core.figures import is_persistent
from allpresent.figures.chances_known import Years, known_on, missed, school_days
from allpresent.figures.sheet import Sheet

A_YEAR = timedelta(weeks=52)
EDGES = ((0.0, 0.3, "less than 3 in 10"), (0.3, 0.7, "3 to 7 in 10"), (0.7, 1.01, "7 in 10 or more"))
FEWEST = 30
"""Pupils below which nothing is shown: with so few, chance alone would look like a finding."""


class Group(NamedTuple):
    """Pupils of whom about the same would have been said. `expected`: their chances added up; `came`: how many did."""

    words: str
    pupils: int
    expected: float
    came: int


class LastYear(NamedTuple):
    """The day of last year, and the groups."""

    day: date
    groups: tuple[Group, ...]


def last_year_of(years: Years, model: Model) -> LastYear | None:
    """Last year at this school, for pupils whose end was still open on the day and who stayed to the end.

    Without the year before that, which is not read. None where they are fewer than FEWEST.
    """
    sheet, day = years.before.sheet, years.today - A_YEAR
    found = list(_said_and_came(sheet, day, model))
    if len(found) < FEWEST:
        return None
    groups = (_group(words, [one for one in found if low <= one[0] < high]) for low, high, words in EDGES)
    return LastYear(day, tuple(groups))


def _said_and_came(sheet: Sheet, day: date, model: Model) -> Iterator[tuple[float, bool]]:
    whole = missed(sheet, sheet.year.starts, sheet.year.ends)
    stayed = _at_the_end(sheet)
    for pupil_id, known in known_on(sheet, day, {}).items():
        absence, possible = whole[pupil_id]
        then = replace(known, left=possible - known.possible)
        if pupil_id in stayed and standing(then) is Standing.OPEN:
            yield model.chance(then), bool(is_persistent(absence, possible))


def _at_the_end(sheet: Sheet) -> set[int]:
    """Pupils with a possible session in the last weeks of the year."""
    days = school_days(sheet, sheet.year.ends)[-RECENT_DAYS:]
    found = missed(sheet, days[0], days[-1]) if days else {}
    return {pupil_id for pupil_id, (_, possible) in found.items() if possible}


def _group(words: str, found: list[tuple[float, bool]]) -> Group:
    return Group(words, len(found), sum(said for said, _ in found), sum(came for _, came in found))
