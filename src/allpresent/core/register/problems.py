"""What can be wrong with a mark, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class ProblemKind(StrEnum):
    """The kind of a problem, for pages that treat some kinds in their own way."""

    NOT_IN_GROUP = "not in group"
    TWICE = "twice"
    NOT_ON_ROLL = "not on roll"
    ON_ROLL = "on roll"
    NOT_EXPECTED = "not expected"
    CLEARED = "cleared"
    UNKNOWN_CODE = "unknown code"
    WRONG_HALF = "wrong half"
    NOT_YOURS = "not yours to enter"
    NOT_OPEN = "not open"
    CLOSED = "closed"
    LOCKED = "locked"
    CONFLICT = "conflict"
    AGE = "age"
    DETAIL = "detail"
    MINUTES = "minutes"
    NEEDS_ARRIVAL = "needs arrival"
    REASON_KNOWN = "reason known"
    TOO_OLD = "too old"
    REASON = "reason"
    SAME_CODE = "same code"
    NOT_AN_ARRIVAL = "not an arrival"
    BETTER_REASON = "better reason"


class Fault(NamedTuple):
    """Something wrong, not yet tied to a pupil."""

    kind: ProblemKind
    message: str


class Problem(NamedTuple):
    """Something wrong with one pupil's mark.

    Of a conflict, `yours` is the code handed in and `theirs` the one in the register (None: blank). Else
    both None.
    """

    pupil: int
    kind: ProblemKind
    message: str
    yours: str | None = None
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class Problems:
    """Every problem found, at least one. While there is one, nothing is accepted."""

    problems: tuple[Problem, ...]


def conflict(*, yours: str, theirs: str | None) -> Fault:
    """Two people's marks meet: the version on the screen is no longer the one in the register."""
    told = f"{theirs or 'a blank'} is in the register, and you chose {yours}"
    return Fault(ProblemKind.CONFLICT, f"a colleague saved first: {told}. Choose which stands.")


def problem_of(fault: Fault, *, pupil: int, name: str, yours: str, theirs: str | None) -> Problem:
    """A fault as one pupil's problem: her name in front, and both marks where they conflict."""
    message = f"{name}: {fault.message}"
    if fault.kind is ProblemKind.CONFLICT:
        return Problem(pupil, fault.kind, message, yours, theirs)
    return Problem(pupil, fault.kind, message)
