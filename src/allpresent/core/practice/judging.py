"""The occasions of one clock, counted: how many were on time, and how late the others were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from allpresent.core.practice.clock import Case, Clock, Verdict

_JUDGED = (Verdict.ON_TIME, Verdict.LATE, Verdict.NOT_DONE)
"""What a share on time is a share of. Occasions not needed or still open are for nobody's account."""


class Judged(NamedTuple):
    """A case with what is said of it."""

    case: Case
    verdict: Verdict
    late_by: timedelta


@dataclass(frozen=True)
class Practice:
    """One clock over a period, its cases in the order in which they were due."""

    clock: Clock
    cases: tuple[Judged, ...]

    def count(self, verdict: Verdict) -> int:
        """The number of cases of which this is said."""
        return sum(judged.verdict is verdict for judged in self.cases)

    @property
    def judged(self) -> int:
        """The number of cases that were on time, late or not done."""
        return sum(self.count(verdict) for verdict in _JUDGED)

    @property
    def share_on_time(self) -> Fraction | None:
        """Cases on time of those judged, exactly; None where there is nothing to judge."""
        return Fraction(self.count(Verdict.ON_TIME), self.judged) if self.judged else None

    @property
    def usual_delay(self) -> timedelta | None:
        """The median delay of the late cases; None where none was late."""
        late = [judged.late_by.total_seconds() for judged in self.cases if judged.verdict is Verdict.LATE]
        return timedelta(seconds=median(late)) if late else None

    @property
    def longest_delay(self) -> timedelta | None:
        """The longest delay of the late cases; None where none was late."""
        return max((judged.late_by for judged in self.cases if judged.verdict is Verdict.LATE), default=None)


def judge(clock: Clock, cases: Iterable[Case], *, now: datetime) -> Practice:
    """What is said at `now` (aware) of every case of a clock. (Clauses M-3.1b, O-B-24: practice is looked at.)"""
    due = sorted(cases, key=lambda case: (case.due, case.subject))
    return Practice(clock, tuple(Judged(case, case.verdict(now), case.late_by(now)) for case in due))
