"""The page of “what if”, made of two lines that have been replayed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from allpresent.core.figures.small import limit_on, shown_line
from allpresent.core.replay import Follows
from allpresent.figures.queries.lists import Listed
from allpresent.figures.replay import Line
from allpresent.figures.what_if import Both, WhatIf

KINDS = (("Letters", attrgetter("is_letter")), ("Meetings", attrgetter("is_meeting")))
Count = int | None
"""None: withheld, for it is of too few pupils."""


class Pair(NamedTuple):
    """A line of a table: what it counts, by the policy as it is, and by the line drawn elsewhere."""

    words: str
    now: Count
    other: Count
    reasons: tuple[str, ...] = ()
    at_most: bool = False


class Person(NamedTuple):
    """A pupil for whom something differs: first day over each line (None: never), steps due by the other."""

    pupil: Listed
    now: date | None
    other: date | None
    steps: tuple[tuple[str, date], ...]


class WhatIfPage:
    """`names`: whether the reader may know every pupil by name; others see no count of a few."""

    def __init__(self, asked: WhatIf, both: Both, *, names: bool) -> None:
        self.asked, self.both, self.names = asked, both, names

    @property
    def headline(self) -> str:
        now, other = (self._within(line) for line in (self.both.now, self.both.other))
        return f"{other}, not {now}" if self.asked.is_altered else f"{now}"

    def _within(self, line: Line) -> str:
        number = len(line.spells)
        shown = self._shown(number)
        many = "a few" if shown is None else str(shown)
        return f"{many} within “{line.threshold.edges}”"

    def _shown(self, number: int) -> Count:
        return number if self.names or not 0 < number < limit_on(self.asked.last) else None

    @property
    def months(self) -> tuple[Pair, ...]:
        """In which month each pupil was first over the line."""
        first = [Counter(_month(day) for day in _firsts(line).values()) for line in (self.both.now, self.both.other)]
        months = sorted(first[0].keys() | first[1].keys())
        if not months:
            return ()
        columns = [self._column([found[month] for month in months]) for found in first]
        words = [f"{date(year, month, 1):%B %Y}" for year, month in months]
        return tuple(Pair(*row) for row in zip([*words, "All"], *columns, strict=True))

    def _column(self, counts: Sequence[int]) -> Sequence[Count]:
        return (*counts, sum(counts)) if self.names else shown_line(counts, limit_on(self.asked.last))

    @property
    def steps(self) -> tuple[Pair, ...]:
        """The steps of the policy's ladders that the line sets going."""
        rows = zip(self.both.now.following, self.both.other.following, strict=True)
        return tuple(self._step(now, other) for now, other in rows)

    def _step(self, now: Follows, other: Follows) -> Pair:
        counts = (len(each.acts) if each.at_most is None else each.at_most for each in (now, other))
        reasons = now.step.clause or now.ladder.clause
        return Pair(_name(now), *map(self._shown, counts), reasons, now.at_most is not None)

    @property
    def sums(self) -> tuple[Pair, ...]:
        """Letters and meetings: due by the line alone, and such as may follow."""
        return tuple(self._sums())

    def _sums(self) -> Iterator[Pair]:
        lines = (self.both.now.following, self.both.other.following)
        for words, holds in KINDS:
            due, may = zip(*(totals(found, holds) for found in lines), strict=True)
            if any(due):
                yield Pair(f"{words} that the line alone makes due", *map(self._shown, due))
            if any(may):
                yield Pair(f"{words} that may follow straight after", *map(self._shown, may), at_most=True)

    @property
    def people(self) -> tuple[Person, ...]:
        """Who is over one line alone, or on another day first, by name. Empty for those who may not know names."""
        now, other = _firsts(self.both.now), _firsts(self.both.other)
        changed = [pupil_id for pupil_id in now.keys() | other.keys() if now.get(pupil_id) != other.get(pupil_id)]
        pupils = self.both.now.replay.pupils
        due = self._due if self.names else {}
        found = (Person(pupils[each], now.get(each), other.get(each), tuple(due.get(each, ()))) for each in changed)
        return tuple(sorted(found, key=lambda person: (person.pupil.name, person.pupil.id))) if self.names else ()

    @property
    def _due(self) -> dict[int, list[tuple[str, date]]]:
        found: dict[int, list[tuple[str, date]]] = defaultdict(list)
        for follows in self.both.other.following:
            for act in follows.acts:
                found[act.pupil].append((_name(follows), act.on))
        return found


def totals(found: Iterable[Follows], holds: Callable[[Follows], bool]) -> tuple[int, int]:
    """How many acts are due, and how many may follow at most, of the steps of one kind."""
    steps = [each for each in found if holds(each)]
    return sum(len(each.acts) for each in steps), sum(each.at_most or 0 for each in steps)


def _name(found: Follows) -> str:
    called = f" ({found.step.called})" if found.step.called else ""
    return f"{found.step.label}{called}"


def _firsts(line: Line) -> dict[int, date]:
    return {pupil_id: held[0].first for pupil_id, held in line.spells.items()}


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


class SchoolRow(NamedTuple):
    """A school of the trust. `wrong`: why its line could not be replayed, or ''. Counts as the reader may see them."""

    name: str
    slug: str
    wrong: str
    pupils: tuple[Count, Count] = (0, 0)
    letters: tuple[Count, Count] = (0, 0)
    meetings: tuple[Count, Count] = (0, 0)


def school_row(name: str, slug: str, both: Both, day: date) -> SchoolRow:
    """Letters that the line makes due; meetings that may follow, at most, with those that it makes due."""
    lines = (both.now, both.other)
    letters, meetings = ([totals(line.following, holds) for line in lines] for _, holds in KINDS)
    counts = (
        [len(line.spells) for line in lines],
        [due for due, _ in letters],
        [due + may for due, may in meetings],
    )
    below = limit_on(day)
    hidden = (tuple(None if 0 < count < below else count for count in pair) for pair in counts)
    return SchoolRow(name, slug, "", *hidden)
