"""What a threshold found: how much, over which days, from which sessions, in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allpresent.core.calendar.sessions import Session
from allpresent.core.figures.percentages import one_decimal
from allpresent.core.policy.model.response import Of, Threshold
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.counting import Counted
from allpresent.core.thresholds.lookback import Window


@dataclass(frozen=True, slots=True)
class Finding:
    """A pupil is within a threshold. `amount` is exact, in `measure`; `words` say it with the sessions it comes from.

    `sessions` are those that put the pupil there: what was counted, or of an attendance the sessions missed.
    `also` are the findings of the thresholds that have to be met as well (`and`).
    """

    threshold: str
    amount: Fraction
    measure: Measure
    counted: int
    possible: int
    window: Window
    sessions: tuple[Session, ...]
    words: str
    reasons: tuple[str, ...]
    also: tuple[Finding, ...] = ()

    @property
    def said(self) -> str:
        """'13 of 130 sessions missed this school year'."""
        return f"{self.words} in {self.window.words}".replace(" in this ", " this ")


_MISSED = {
    Of.ABSENCE: "missed",
    Of.AUTHORISED: "missed for an authorised reason",
    Of.UNAUTHORISED: "missed without authorisation",
}


def words_of(threshold: Threshold, measure: Measure, found: Counted) -> str:
    """What was counted, in words that a parent would understand: '13 of 130 sessions missed (10.0%)'."""
    if threshold.of is Of.ATTENDANCE:
        return _attended(found)
    if threshold.of is Of.LATE:
        return _late(measure, found)
    if measure is Measure.POINTS:
        return f"{many(found.amount.over, 'point')} from {many(found.sessions, 'session')}"
    rate = measure is Measure.PERCENT
    of = f"{found.sessions} of {many(found.possible, 'session')}" if rate else many(found.sessions, "session")
    how = _MISSED.get(threshold.of) or _with_codes(threshold.codes)
    share = f" ({one_decimal(found.sessions, found.possible)}%)" if rate else ""
    times = f", {many(found.amount.over, 'time')}" if measure is Measure.TIMES else ""
    return f"{of} {how}{share}{times}"


def _attended(found: Counted) -> str:
    if found.sessions == found.possible:
        return f"all {many(found.possible, 'session')} attended"
    missed = f"{found.possible - found.sessions} of {many(found.possible, 'session')} missed"
    return f"{missed} ({one_decimal(found.sessions, found.possible)}% attended)"


def _late(measure: Measure, found: Counted) -> str:
    if measure is Measure.MINUTES:
        return f"{many(found.amount.over, 'minute')} late, {many(found.sessions, 'time')}"
    if measure is Measure.DAYS:
        return f"late on {many(found.amount.over, 'day')}"
    if measure is Measure.PERCENT:
        share = one_decimal(found.sessions, found.possible)
        return f"late in {found.sessions} of {many(found.possible, 'session')} ({share}%)"
    return f"late {many(found.sessions, 'time')}"


def _with_codes(codes: tuple[str, ...]) -> str:
    if not codes:
        return "missed"
    return f"with {' or '.join(filter(None, (', '.join(codes[:-1]), codes[-1])))}"


def many(number: int, one: str) -> str:
    """'1 session', '13 sessions'."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
