"""Whether a pupil is within a threshold on a day: any threshold that a policy can state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from allpresent.core.policy.model.response import Edges, Of, Pattern, Threshold
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.counting import Counted, counted, measure_of, what_of, within
from allpresent.core.thresholds.finding import Finding, words_of
from allpresent.core.thresholds.history import ABSENCE, POSSIBLE, History
from allpresent.core.thresholds.lookback import Lookback, Window
from allpresent.core.thresholds.shape import Look, Shape
from allpresent.core.thresholds.trend import falling, rising
from allpresent.core.thresholds.weekdays import same_half, same_weekday
from allpresent.core.thresholds.weeks import beside_holidays, broken_weeks, first_week, run

SHAPES: dict[Pattern, Callable[[Look], Shape | None]] = {
    Pattern.SAME_WEEKDAY: same_weekday,
    Pattern.SAME_HALF: same_half,
    Pattern.RUN: run,
    Pattern.BESIDE_HOLIDAYS: beside_holidays,
    Pattern.FALLING: falling,
    Pattern.RISING: rising,
    Pattern.FIRST_WEEK: first_week,
    Pattern.BROKEN_WEEKS: broken_weeks,
}


@dataclass(frozen=True, slots=True)
class Whom:
    """What thresholds ask about a pupil, as it is on the day."""

    circumstances: frozenset[Circumstance] = frozenset()
    year_group: str = ""


ANYBODY = Whom()


def assess(
    threshold: Threshold,
    history: History,
    back: Lookback,
    *,
    whom: Whom = ANYBODY,
    others: Iterable[Threshold] = (),
) -> Finding | None:
    """What puts a pupil within a threshold on the day of `back`; None where nothing does, or it is not about them.

    Every circumstance that it names is enough by itself; `others` are the thresholds that its `and` may name, and
    theirs in turn. An edge is decided in whole numbers. A pupil without a possible session is within no rate; marks
    after the day, or from before the pupil's present stretch on the roll, are not looked at. Raises KeyError where
    `and` names none of `others`, ValueError where the period is in minutes.
    Source: O-A-3, O-A-5.1, O-A-5.2, O-B-3.1.3, O-B-20.2, M-3.2b; DfE absence statistics methodology 3.2.
    """
    found = []
    for each in _with_others(threshold, others):
        finding = _assess(each, history, back, whom)
        if finding is None:
            return None
        found.append(finding)
    return replace(found[0], also=tuple(found[1:])) if len(found) > 1 else found[0]


def _with_others(threshold: Threshold, others: Iterable[Threshold]) -> Iterator[Threshold]:
    """A threshold and all that have to be met with it, each once, even where two name one another."""
    if not threshold.and_:
        yield threshold
        return
    known = {other.id: other for other in others} | {threshold.id: threshold}
    waiting, seen = [threshold.id], {threshold.id}
    while waiting:
        each = known[waiting.pop(0)]
        yield each
        waiting += [name for name in each.and_ if name not in seen]
        seen.update(each.and_)


def is_about(threshold: Threshold, whom: Whom) -> bool:
    """Whether a threshold is about such a pupil at all."""
    years = not threshold.year_groups or whom.year_group in threshold.year_groups
    return years and (not threshold.for_ or not whom.circumstances.isdisjoint(threshold.for_))


def looked_at(history: History, window: Window) -> tuple[int, int]:
    """The places of the marks that a window holds for a pupil: none from before they came on the roll."""
    return history.slots.between(max(window.first, history.since), window.last)


def _assess(threshold: Threshold, history: History, back: Lookback, whom: Whom) -> Finding | None:
    window = back.window(threshold.over)
    if window is None or not is_about(threshold, whom):
        return None
    ends = looked_at(history, window)
    if threshold.of is Of.PATTERN:
        return _of_pattern(threshold, history, back, window, ends)
    measure = measure_of(threshold) or Measure.PERCENT
    found = counted(threshold, measure, history, *ends)
    if found is None or not within(threshold, found.amount):
        return None
    what = ABSENCE if threshold.of is Of.ATTENDANCE else what_of(threshold.of, threshold.codes, threshold.points)
    return _finding(threshold, measure, found, window, history, history.places(what, *ends))


def shape_of(pattern: Pattern, look: Look, edges: Edges | None = None) -> Shape | None:
    """The shape that marks make, where it is one to speak of: more than chance, and often enough by our own rule.

    With an edge, often enough is what the edge says.
    """
    found = SHAPES[pattern](look)
    if found is None or not found.stands_out:
        return None
    measure = measure_of(edges) if edges else None
    enough = within(edges, found.amount(measure, look.history)) if edges and measure else found.enough
    return found if enough else None


def _of_pattern(
    threshold: Threshold, history: History, back: Lookback, window: Window, ends: tuple[int, int]
) -> Finding | None:
    look = Look(history, *ends, back, threshold.weekdays)
    shape = shape_of(threshold.pattern, look, threshold) if threshold.pattern else None
    if shape is None:
        return None
    measure = measure_of(threshold) or Measure.PERCENT
    found = Counted(shape.amount(measure, history), len(shape.places), history.count(POSSIBLE, *ends))
    return _finding(threshold, measure, found, window, history, shape.places, shape.words)


def _finding(
    threshold: Threshold, measure: Measure, found: Counted, window: Window, history: History,
    places: tuple[int, ...], words: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        threshold=threshold.id,
        amount=Fraction(*found.amount),
        measure=measure,
        counted=found.sessions,
        possible=found.possible,
        window=window,
        sessions=history.sessions(places),
        words=words or words_of(threshold, measure, found),
        reasons=threshold.clause or threshold.source,
    )


def thresholds_of(policy: Policy) -> dict[str, Threshold]:
    """The thresholds of a policy by name, in its own order."""
    return {threshold.id: threshold for threshold in policy.content.thresholds}
