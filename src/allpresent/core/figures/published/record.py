"""A published figure: of which schools and days, in which publication, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from allpresent.core.figures.percentages import percent

ENGLAND = "England"


class Phase(StrEnum):
    """DfE's types of school. The value is DfE's `school_type`."""

    PRIMARY = "Primary"
    SECONDARY = "Secondary"
    SPECIAL = "Special"
    ALL = "Total"

    @property
    def words(self) -> str:
        """To be followed by 'schools'."""
        return {"Total": "all state-funded", "Special": "special"}.get(self, f"state-funded {self.lower()}")


class Kind(StrEnum):
    """How long a time a figure is of."""

    YEAR = "year"
    TERM = "term"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication of DfE's. `pooled`: whether its row of all schools is sessions over possible sessions.

    Until summer 2025 that row was the phases' rates weighted by enrolments. `unconfirmed`: what was not checked, or ''.
    """

    title: str
    published: date
    pooled: bool
    unconfirmed: str
    note: str
    licence: str


@dataclass(frozen=True, slots=True)
class Published:
    """The figure of one phase and area over some days, both ends included. Percentages as DfE printed them.

    `counts`: sessions by code letter, empty where only rates are held; `possible` and `enrolments` likewise None.
    """

    publication: Publication
    kind: Kind
    area: str
    la_code: str
    phase: Phase
    starts: date
    ends: date
    attendance_percent: float
    absence_percent: float
    authorised_percent: float | None
    unauthorised_percent: float | None
    persistent_percent: float | None
    possible: int | None
    enrolments: int | None
    counts: Mapping[str, int]

    @property
    def pooled(self) -> bool:
        """Whether the rate is its sessions over its possible sessions: always so for one phase."""
        return self.phase is not Phase.ALL or self.publication.pooled

    def reason_percent(self, letter: str) -> float | None:
        """Sessions with a code as a percentage of possible sessions, pooled; None where counts are not held.

        For all schools before autumn 2025 DfE's own page differs in the second decimal (see `pooled`).
        """
        if not self.possible or letter not in self.counts:
            return None
        return percent(self.counts[letter], self.possible)
