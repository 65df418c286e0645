"""Terms, and the sessions inside them on which a school does not meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from allpresent.core.calendar.sessions import Half, Session


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included; none if `last` is earlier."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True)
class Term:
    """A block of term, from `starts` to `ends`, both included. A half-term break ends one block."""

    name: str
    starts: date
    ends: date


class ClosureKind(StrEnum):
    """Why a school does not meet. None of the three leaves a possible session."""

    PLANNED = "planned"
    STAFF_DAY = "staff day"
    UNEXPECTED = "unexpected"

    @property
    def code(self) -> str:
        """The code every pupil has: '#' for a planned closure or staff day, 'Y4' for an unexpected one.

        Source: attendance codes fact sheet section 2, rows Y4 and #.
        """
        return "Y4" if self is ClosureKind.UNEXPECTED else "#"


@dataclass(frozen=True)
class Closure:
    """A run of days, or of one half of each day, on which the whole school or some year groups do not meet.

    `half` None means the whole day. `year_groups` empty means everyone; otherwise only those groups are not
    due, as when starts are staggered (absence methodology: #, if their full year's education is still
    offered).
    """

    starts: date
    ends: date
    kind: ClosureKind
    reason: str
    half: Half | None = None
    year_groups: frozenset[str] = frozenset()

    def sessions(self) -> Iterator[Session]:
        """Every session the closure takes out, in order, weekends included."""
        halves = tuple(Half) if self.half is None else (self.half,)
        return (Session(day, half) for day in days_from(self.starts, self.ends) for half in halves)
