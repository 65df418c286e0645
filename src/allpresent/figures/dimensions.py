"""What figures can be told apart by: one dimension a line of the list at the end, each of which labels sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.figures.ground import Ground
from allpresent.figures.sheet import HALVES, SLOTS
from allpresent.figures.sums import Labels
from allpresent.people.models import Characteristic, Pupil
from allpresent.shared.words import plain_day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR_GROUPS = ("N1", "N2", "R", *map(str, range(1, 15)), "X")
WITH, WITHOUT = 0, 1


class Value(NamedTuple):
    """One of the things that a dimension tells apart: its name in addresses, and in words."""

    key: str
    words: str


class Cut(NamedTuple):
    """A dimension over one ground. `labels` numbers the values, as `sums` takes them; -1 is none of them."""

    values: tuple[Value, ...]
    labels: Labels


class Dimension(NamedTuple):
    """`of_pupils`: whether it tells pupils apart, so that each can be counted as persistently absent or not.

    `restricted`: only for those who may see restricted facts.
    """

    key: str
    words: str
    cut: Callable[[Ground], Cut]
    of_pupils: bool = True
    restricted: bool = False


def _of_each(ground: Ground, found: Sequence[str], words: Callable[[str], str], order: Sequence[str] = ()) -> Cut:
    """A fact of each pupil, row by row; '' is none."""
    keys = sorted(set(found) - {""}, key=lambda key: (order.index(key) if key in order else len(order), key))
    number = {key: place for place, key in enumerate(keys)}
    labels = np.array([number.get(key, -1) for key in found], np.int16).reshape(-1, 1)
    return Cut(tuple(Value(key, words(key)) for key in keys), labels)


def _year_group(ground: Ground) -> Cut:
    """The year group of that year: today's, as many years back as the sheet is."""
    back = ground.years_back
    return _of_each(ground, [earlier(now, back) for now in ground.fact("year_group")], year_words, YEAR_GROUPS)


def earlier(year_group: str, years: int) -> str:
    """The year group so many years before; '' before nursery. One that is not a number of years stays."""
    if years <= 0 or year_group not in YEAR_GROUPS[:-1]:
        return year_group
    place = YEAR_GROUPS.index(year_group) - years
    return YEAR_GROUPS[place] if place >= 0 else ""


def year_words(key: str) -> str:
    return {"R": "Reception", "X": "No year group"}.get(key, f"Nursery {key[1:]}" if key[0] == "N" else f"Year {key}")


def _group(ground: Ground) -> Cut:
    """The class of each day: a pupil who moved counts in each for its own days."""
    groups = sorted(ground.groups.items(), key=lambda held: held[1].name)
    number = {group_id: place for place, (group_id, _) in enumerate(groups)}
    labels = ground.filled((stretch, number[stretch.what]) for stretch in ground.memberships)
    return Cut(tuple(Value(group.slug, group.name) for _, group in groups), labels)


def _pupil(ground: Ground) -> Cut:
    """Everyone for themselves."""
    rows = np.arange(len(ground.facts), dtype=np.int16).reshape(-1, 1)
    return Cut(tuple(Value(str(facts.id), facts.name) for facts in ground.facts), rows)


def _sex(ground: Ground) -> Cut:
    return _of_each(ground, ground.fact("sex"), lambda key: Pupil.Sex(key).label)


def _characteristic(kind: Characteristic.Kind) -> Callable[[Ground], Cut]:
    def cut(ground: Ground) -> Cut:
        """With it on the day, or without."""
        labels = ground.filled(((stretch, WITH) for stretch in ground.characteristics[kind]), WITHOUT)
        return Cut((Value("yes", kind.label), Value("no", f"Without: {kind.label}")), labels)

    return cut


def _of_slots(found: Iterable[int], values: Iterable[Value]) -> Cut:
    return Cut(tuple(values), np.fromiter(found, np.int16, SLOTS).reshape(1, -1))


def _weekday(ground: Ground) -> Cut:
    first = ground.year.starts.weekday()
    values = (Value(name.lower(), name) for name in WEEKDAYS[:5])
    days = ((first + slot // 2) % 7 for slot in range(SLOTS))
    return _of_slots((day if day < 5 else -1 for day in days), values)


def _half(ground: Ground) -> Cut:
    values = (Value(half.lower(), half.word.capitalize()) for half in HALVES)
    return _of_slots((slot % 2 for slot in range(SLOTS)), values)


def _week(ground: Ground) -> Cut:
    start = monday_of(ground.year.starts)
    numbers = [(ground.year.starts + timedelta(days=slot // 2) - start).days // 7 for slot in range(SLOTS)]
    mondays = [start + timedelta(weeks=n) for n in range(numbers[-1] + 1)]
    return _of_slots(numbers, (Value(str(monday), f"Week of {plain_day(monday)}") for monday in mondays))


def _term(ground: Ground) -> Cut:
    terms = [term for term in ground.calendar.terms if ground.year.holds(term.starts)]
    days = [ground.year.starts + timedelta(days=slot // 2) for slot in range(SLOTS)]
    numbers = (next((n for n, term in enumerate(terms) if term.starts <= day <= term.ends), -1) for day in days)
    return _of_slots(numbers, (Value(str(term.starts), term.name) for term in terms))


_TIMES = (
    Dimension("weekday", "Day of the week", _weekday, of_pupils=False),
    Dimension("half", "Morning or afternoon", _half, of_pupils=False),
    Dimension("week", "Week", _week, of_pupils=False),
    Dimension("term", "Half-term", _term, of_pupils=False),
)
_KINDS = tuple(
    Dimension(kind.value, kind.label, _characteristic(kind), restricted=kind.value in Characteristic.RESTRICTED)
    for kind in Characteristic.Kind
)
DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        Dimension("year_group", "Year group", _year_group),
        Dimension("group", "Class", _group),
        Dimension("sex", "Sex", _sex),
        *_KINDS,
        *_TIMES,
    )
}
"""What pages offer."""
EVERY = DIMENSIONS | {"pupil": Dimension("pupil", "Pupil", _pupil)}
"""And pupil by pupil, for those who may see them."""
