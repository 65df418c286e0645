"""A shape that a pupil's marks make: what is common to all patterns."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.core.policy.model.words import Weekday
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.counting import Ratio
from allpresent.core.thresholds.history import History
from allpresent.core.thresholds.lookback import Lookback


class Look(NamedTuple):
    """Where a shape is looked for: marks from the place `low` to before `high`, seen from a day of a calendar."""

    history: History
    low: int
    high: int
    back: Lookback
    weekdays: tuple[Weekday, ...] = ()


class Shape(NamedTuple):
    """A shape with the places of the sessions that make it. `times` it happened; `rate` in percent or points.

    `stands_out`: it is more than chance would give. `enough`: it happened often enough to speak of by our own rule.
    """

    places: tuple[int, ...]
    times: int
    rate: Ratio
    stands_out: bool
    enough: bool
    words: str

    def amount(self, measure: Measure, history: History) -> Ratio:
        """How much of it there is, in what an edge of a policy may be given in."""
        sessions = history.sessions(self.places)
        if measure in (Measure.PERCENT, Measure.POINTS):
            return self.rate
        if measure is Measure.TIMES:
            return Ratio(self.times)
        if measure is Measure.DAYS:
            return Ratio(len({session.day for session in sessions}))
        if measure is Measure.MINUTES:
            return Ratio(sum(history.minutes.get(session, 0) for session in sessions))
        return Ratio(len(sessions))


def percentage(part: int, whole: int) -> Ratio:
    """A part of a whole as a percentage; 0 of nothing."""
    return Ratio(100 * part, whole) if whole else Ratio(0)
