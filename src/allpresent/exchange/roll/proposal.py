"""What an import would do, as lines that a person reads and a plan that can be written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from allpresent.exchange.roll.matching import Choice
from allpresent.people.bulk_plan import RollPlan


class Section(StrEnum):
    """A part of the preview, in the order in which it is read."""

    ERRORS = "errors"
    CONFLICTS = "conflicts"
    ADDS = "adds"
    CHANGES = "changes"
    WARNINGS = "warnings"
    GROUPS = "groups"
    MISSING = "missing"


class Piece(NamedTuple):
    """One fact that changes: its words, what is held, what the file says."""

    label: str
    old: str
    new: str


class Line(NamedTuple):
    """One line of the preview. `row` is 0 where no row of the file is meant."""

    section: Section
    row: int
    name: str
    says: str = ""
    pieces: tuple[Piece, ...] = ()
    choices: tuple[str, ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class Context:
    """What an import is told beside the file. `day`: when the facts of the file begin to hold."""

    today: date
    day: date
    source: str
    decisions: Mapping[int, Choice]
    is_school_day: Callable[[date], bool]


@dataclass(frozen=True)
class Proposal:
    """The preview, and the plan that its `Import` button writes."""

    plan: RollPlan
    lines: tuple[Line, ...]
    unchanged: int

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.section.value for line in self.lines)
        undecided = sum(line.section is Section.CONFLICTS and not line.chosen for line in self.lines)
        return {section.value: found[section.value] for section in Section} | {
            "unchanged": self.unchanged,
            "undecided": undecided,
        }

    @property
    def blocked(self) -> bool:
        """Whether something must be mended or decided first."""
        return bool(self.counts["errors"] or self.counts["undecided"])

    @property
    def changes_nothing(self) -> bool:
        plan = self.plan
        return not (plan.pupils or plan.adult_changes or plan.new_adults or plan.new_groups)

    @property
    def digest(self) -> str:
        """The same for two proposals that would write the same."""
        return hashlib.sha256(repr(self.plan).encode()).hexdigest()
