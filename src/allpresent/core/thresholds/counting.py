"""Counting what a threshold counts, in what it counts it in, and comparing without ever rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from allpresent.core.codes.letters import BYTE
from allpresent.core.policy.model.response import Edges, Of, Threshold
from allpresent.core.policy.values import Amount, Measure
from allpresent.core.thresholds.history import ABSENCE, ATTENDANCE, LATE, POSSIBLE, History, What

_WHAT = {
    Of.ATTENDANCE: ATTENDANCE,
    Of.ABSENCE: ABSENCE,
    Of.AUTHORISED: What("authorised"),
    Of.UNAUTHORISED: What("unauthorised"),
    Of.LATE: LATE,
}


class Ratio(NamedTuple):
    """An exact amount: a numerator over a denominator that is not 0. 13 of 130 as a percentage is 1300 over 130."""

    over: int
    under: int = 1


class Counted(NamedTuple):
    """What was counted in a stretch of marks: the exact amount, sessions counted, sessions possible."""

    amount: Ratio
    sessions: int
    possible: int


def what_of(of: Of, codes: tuple[str, ...] = (), points: Mapping[str, int] | None = None) -> What:
    """Which marks count: a part of a figure, or the codes that are named. For patterns, absence."""
    if points:
        return What(codes=tuple(points))
    return What(codes=codes) if codes else _WHAT.get(of, ABSENCE)


def measure_of(edges: Edges) -> Measure | None:
    """What an edge is counted in; None without one."""
    edge = edges.floor or edges.ceiling
    return edge[0].measure if edge else None


def counted(threshold: Threshold, measure: Measure, history: History, low: int, high: int) -> Counted | None:
    """What the threshold counts from a place in the marks to before another; None where there is nothing to count over.

    A percentage is of possible sessions. A day is two sessions, but of lateness each day on which it happened. Times
    are unbroken runs, but of lateness each arrival. Minutes are those written down. Points are what each mark is worth.
    """
    what = what_of(threshold.of, threshold.codes, threshold.points)
    sessions, possible = history.count(what, low, high), history.count(POSSIBLE, low, high)
    if not possible and (not sessions or measure is Measure.PERCENT):
        return None
    if measure is Measure.PERCENT:
        return Counted(Ratio(100 * sessions, possible), sessions, possible)
    if measure is Measure.POINTS:
        worth = sum(history.cells.count(BYTE[letter], low, high) * worth for letter, worth in threshold.points.items())
        return Counted(Ratio(worth), sessions, possible)
    late = what is LATE
    return Counted(_WAYS[measure](history, what, late, low, high), sessions, possible)


def _days(history: History, what: What, late: bool, low: int, high: int) -> Ratio:
    if not late:
        return Ratio(history.count(what, low, high), 2)
    return Ratio(len({session.day for session in history.sessions(history.places(what, low, high))}))


def _times(history: History, what: What, late: bool, low: int, high: int) -> Ratio:
    return Ratio(history.count(what, low, high) if late else sum(1 for _ in history.runs(what, low, high)))


def _sessions(history: History, what: What, late: bool, low: int, high: int) -> Ratio:
    return Ratio(history.count(what, low, high))


def _minutes(history: History, what: What, late: bool, low: int, high: int) -> Ratio:
    found = history.sessions(history.places(what, low, high))
    return Ratio(sum(history.minutes.get(session, 0) for session in found))


_WAYS: dict[Measure, Callable[[History, What, bool, int, int], Ratio]] = {
    Measure.SESSIONS: _sessions,
    Measure.DAYS: _days,
    Measure.TIMES: _times,
    Measure.MINUTES: _minutes,
}


def within(edges: Edges, amount: Ratio) -> bool:
    """Whether an exact amount lies between the edges, in whole numbers: 13 of 130 is 10%, 90.0% is not below 90%."""
    return is_above(edges.floor, amount) and is_below(edges.ceiling, amount)


def is_above(edge: tuple[Amount, bool] | None, amount: Ratio) -> bool:
    """Whether an amount is over a lower edge, or on one that is taken in; always without an edge."""
    apart = _apart(edge, amount)
    return apart is None or apart > 0 or (apart == 0 and bool(edge and edge[1]))


def is_below(edge: tuple[Amount, bool] | None, amount: Ratio) -> bool:
    """Whether an amount is under an upper edge, or on one that is taken in; always without an edge."""
    apart = _apart(edge, amount)
    return apart is None or apart < 0 or (apart == 0 and bool(edge and edge[1]))


def _apart(edge: tuple[Amount, bool] | None, amount: Ratio) -> int | None:
    """On which side of an edge an amount lies: below 0 under it, above 0 over it, 0 on it."""
    if edge is None:
        return None
    top, bottom = edge[0].number.as_integer_ratio()
    return amount.over * bottom - top * amount.under
