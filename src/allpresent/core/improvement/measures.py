"""What a target or a goal can be stated in, and how far it is reached: exact, in whole numbers."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.figures import Figure, percent


class Measure(StrEnum):
    """A percentage that a target or a goal is stated in."""

    ATTENDANCE = "attendance"
    PUNCTUALITY = "punctuality"
    UNAUTHORISED = "unauthorised absence"
    PERSISTENT = "persistent absence"
    SEVERE = "severe absence"

    @property
    def more_is_better(self) -> bool:
        """Whether a higher percentage is the better one."""
        return self in (Measure.ATTENDANCE, Measure.PUNCTUALITY)

    @property
    def of_pupils(self) -> bool:
        """Whether pupils are counted, not sessions."""
        return self in (Measure.PERSISTENT, Measure.SEVERE)

    @property
    def means(self) -> str:
        """What is counted, of what."""
        return _MEANS[self]


_MEANS = {
    Measure.ATTENDANCE: "sessions attended, of possible sessions",
    Measure.PUNCTUALITY: "arrivals on time, of all arrivals at the register, late ones among them (L and U)",
    Measure.UNAUTHORISED: "sessions missed without authorisation, of possible sessions",
    Measure.PERSISTENT: "pupils who missed 10% or more of their own sessions, of all pupils",
    Measure.SEVERE: "pupils who missed 50% or more of their own sessions, of all pupils",
}


class Counted(NamedTuple):
    """What was counted of some pupils over some days.

    `after_close`: sessions marked late after the register closed. `persistent` and `severe`: pupils, of `pupils`.
    """

    figure: Figure
    after_close: int
    pupils: int
    persistent: int
    severe: int


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Unrounded; None of nothing."""
        return percent(self.part, self.whole)


def share_of(measure: Measure, counted: Counted) -> Share:
    """What a measure is, of what was counted: DfE's rates (absence statistics methodology).

    DfE publishes no rate of punctuality. Ours is of sessions at whose register a pupil came: those marked present,
    and U. `late` of a figure is L + U, so what is left of the arrivals was on time. (M-1a)
    """
    figure = counted.figure
    arrivals = figure.present + counted.after_close
    return {
        Measure.ATTENDANCE: Share(figure.attendance, figure.possible),
        Measure.PUNCTUALITY: Share(arrivals - figure.late, arrivals),
        Measure.UNAUTHORISED: Share(figure.unauthorised, figure.possible),
        Measure.PERSISTENT: Share(counted.persistent, counted.pupils),
        Measure.SEVERE: Share(counted.severe, counted.pupils),
    }[measure]


def reached(measure: Measure, share: Share, target: Decimal) -> bool | None:
    """Whether a share is at the target (a percentage) or better; None of nothing. 95.96% is not 96%: unrounded."""
    if not share.whole:
        return None
    short = _short_of(measure, share, target)
    return short <= 0


class Standing(StrEnum):
    """How a goal stands."""

    NOTHING_YET = "nothing counted yet"
    REACHED = "reached"
    NEARER = "nearer than at the start"
    NO_NEARER = "no nearer than at the start"
    FURTHER = "further away than at the start"


def standing(measure: Measure, start: Share, now: Share, target: Decimal) -> Standing:
    """How a goal stands (M-3.1d): at its target, or how far from it in comparison with the start.

    A goal that started from nothing counted is no nearer until it is reached.
    """
    if not now.whole:
        return Standing.NOTHING_YET
    short = _short_of(measure, now, target)
    if short <= 0:
        return Standing.REACHED
    before = _short_of(measure, start, target) if start.whole else short
    if short == before:
        return Standing.NO_NEARER
    return Standing.NEARER if short < before else Standing.FURTHER


def _short_of(measure: Measure, share: Share, target: Decimal) -> Fraction:
    """Percentage points between a share and its target: below nought where it is better."""
    gap = Fraction(target) - Fraction(100 * share.part, share.whole)
    return gap if measure.more_is_better else -gap
