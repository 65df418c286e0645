"""Pages of the class tracker, made of facts that are loaded already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from allpresent.core.figures import Figure, total
from allpresent.core.thresholds.movement import Movement, Steps
from allpresent.figures.tracker import Child, HalfTerms, Listing
from allpresent.schools.models import Group
from allpresent.shared.words import count_of

ARROWS = {Movement.UP: "↑", Movement.STEADY: "→", Movement.DOWN: "↓"}


class ClassRow(NamedTuple):
    """A class in the list of classes."""

    group: Group
    pupils: int
    now: Figure
    all_present: int
    up: int


def class_row(group: Group, children: tuple[Child, ...]) -> ClassRow:
    return ClassRow(
        group,
        len(children),
        total(child.now for child in children),
        sum(child.all_present for child in children),
        sum(child.moved is Movement.UP for child in children),
    )


class Row(NamedTuple):
    """A pupil of the class as the page shows them. `restriction`: '' where there is none."""

    child: Child
    restriction: str

    @property
    def arrow(self) -> str:
        return ARROWS[self.child.moved] if self.child.moved else ""

    @property
    def says(self) -> str:
        return self.child.moved.value if self.child.moved else "too soon to say"


@dataclass(frozen=True)
class ClassPage:
    """A class on a day. `good` and `asked`: what the policy celebrates, and has a conversation about."""

    group: Group
    terms: HalfTerms
    rows: tuple[Row, ...]
    good: tuple[Listing, ...]
    asked: tuple[Listing, ...]
    steps: Steps

    @property
    def all_present(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.child.all_present)

    @property
    def improved(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.child.moved is Movement.UP)

    @property
    def headline(self) -> str:
        """What is best of the class this half-term."""
        present, up = len(self.all_present), len(self.improved)
        if present:
            return f"{self.group.name}: {present} of {len(self.rows)} here for every session"
        if up:
            return f"{self.group.name}: {count_of(up, 'is', 'are')} going up"
        return f"{self.group.name} this half-term"

    @property
    def rule(self) -> str:
        """How an arrow comes about, in a sentence."""
        up, down = (f"{float(points):g}" for points in (self.steps.up, self.steps.down))
        far = f"{up} points" if up == down else f"{up} points (up) or {down} points (down)"
        return (
            f"An arrow points up or down where attendance this half-term differs from the half-term before by {far} "
            f"or more. It says nothing until each holds {self.steps.least} sessions."
        )


class WallName(NamedTuple):
    """A name on the wall. `percent`: None where it is not shown."""

    name: str
    percent: float | None
    all_present: bool
    improved: bool


@dataclass(frozen=True)
class Wall:
    """What a class may be shown: names by name, nobody's low number, nobody's fall. `line` in percent.

    `left_out`: how many are not named, because of a restriction about an adult.
    """

    group: Group
    line: int
    names: tuple[WallName, ...]
    left_out: int


def wall(group: Group, rows: Iterable[Row], line: int) -> Wall:
    shown = [row for row in rows if not row.restriction]
    return Wall(group, line, tuple(_wall_name(row, line) for row in shown), len(tuple(rows)) - len(shown))


def _wall_name(row: Row, line: int) -> WallName:
    child, pupil = row.child, row.child.pupil
    enough = 100 * child.now.attendance >= line * child.now.possible
    return WallName(
        f"{pupil.known_as or pupil.forename} {pupil.surname[:1]}",
        child.now.attendance_percent if enough else None,
        child.all_present,
        child.moved is Movement.UP,
    )
