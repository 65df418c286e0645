"""Groups that a file names: those held, whatever the spelling of spaces and capitals, and those it would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allpresent.exchange.roll.proposal import Line, Section
from allpresent.exchange.roll.rows import Problem
from allpresent.exchange.roll.words import folded
from allpresent.people.bulk_queries import HeldGroup


class Groups:
    """The groups of a school, with those that a file adds."""

    def __init__(self, held: Sequence[HeldGroup]) -> None:
        self._held = {folded(group.name): group for group in held}
        self._new: dict[str, tuple[str, set[str]]] = {}
        self.problems: list[Problem] = []

    def named(self, name: str, row: int, year_group: str) -> str:
        """The group's name as it is kept. A group that was closed is a problem of the row."""
        held = self._held.get(folded(name))
        if held is None:
            kept, years = self._new.setdefault(folded(name), (name, set()))
            years.add(year_group)
            return kept
        if held.closed:
            self.problems.append(
                Problem(row, "Class", f"{held.name} was closed. Name another, or open it again first.")
            )
        return held.name

    def new(self) -> tuple[tuple[str, str], ...]:
        """(name, year group) of each group to be made; no year where its pupils are of several."""
        return tuple((name, next(iter(years)) if len(years) == 1 else "") for name, years in self._new.values())

    def lines(self) -> Iterator[Line]:
        for name, year_group in self.new():
            yield Line(Section.GROUPS, 0, name, f"Year {year_group}" if year_group else "")
