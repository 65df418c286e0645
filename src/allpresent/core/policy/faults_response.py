"""Faults among thresholds, bands and steps: what they name, and how they meet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from allpresent.core.policy.explain import did_you_mean
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.merge import Merged
from allpresent.core.policy.model.content import Content
from allpresent.core.policy.model.response import Band, Step
from allpresent.core.policy.values import Amount, Words


def response_faults(merged: Merged) -> Iterator[Finding]:
    """Every fault of the thresholds, scales and ladders."""
    yield from _thresholds_unknown(merged)
    yield from _bands_apart(merged)
    yield from _steps_unknown(merged)


def _thresholds_unknown(merged: Merged) -> Iterator[Finding]:
    """A step, duty or threshold that waits for a threshold nobody defines."""
    known = [threshold.id for threshold in merged.content.thresholds]
    for path, named in _thresholds_named(merged.content):
        for threshold in named:
            if threshold not in known:
                near = did_you_mean(threshold, known) or "; define it under `thresholds`, and name its id here"
                yield merged.error("threshold-unknown", path, f"there is no threshold '{threshold}'{near}")


def _thresholds_named(content: Content) -> Iterator[tuple[Path, Words]]:
    """Every place that names thresholds."""
    for n, ladder in enumerate(content.ladders):
        for m, step in enumerate(ladder.steps):
            yield ("ladders", n, "steps", m, "threshold"), step.threshold
    for n, duty in enumerate(content.duties):
        yield ("duties", n, "threshold"), duty.threshold
    for n, threshold in enumerate(content.thresholds):
        yield ("thresholds", n, "and"), threshold.and_
    for n, evidence in enumerate(content.evidence):
        yield ("evidence", n, "threshold"), evidence.threshold
    if content.penalty and content.penalty.threshold:
        yield ("penalty", "threshold"), (content.penalty.threshold,)


def _bands_apart(merged: Merged) -> Iterator[Finding]:
    """Two neighbouring bands that overlap, or that leave a gap which nobody owns."""
    for n, scale in enumerate(merged.content.scales):
        ordered = sorted(enumerate(scale.bands), key=lambda item: _bottom(item[1]))
        for (_, lower), (m, upper) in pairwise(ordered):
            says = _overlap(lower, upper) or (None if scale.gaps_go_to else _gap(lower, upper))
            if says:
                yield merged.error("bands-apart", ("scales", n, "bands", m), says)


def _bottom(band: Band) -> Decimal:
    return band.floor[0].number if band.floor else Decimal(-1)


def _overlap(lower: Band, upper: Band) -> str | None:
    """What is wrong where two neighbours share a figure, or None."""
    top, bottom = lower.ceiling, upper.floor
    if top and bottom and (top[0].number, top[1] and bottom[1]) <= (bottom[0].number, False):
        return None
    shared = f"at {bottom[0]}" if top and bottom and top[0] == bottom[0] else f"from {_edge(bottom)} to {_edge(top)}"
    return (
        f"the bands '{lower.label}' and '{upper.label}' overlap {shared}; decide which of them owns that figure: "
        "`at-least` and `at-most` take the edge in, `more-than` and `below` leave it out"
    )


def _edge(edge: tuple[Amount, bool] | None) -> str:
    return str(edge[0]) if edge else "the end"


def _gap(lower: Band, upper: Band) -> str | None:
    """What is wrong where figures between two neighbours are in neither, or None."""
    top, bottom = lower.ceiling, upper.floor
    if top is None or bottom is None or (top[0].number == bottom[0].number and (top[1] or bottom[1])):
        return None
    return (
        f"there is a gap between '{lower.label}' and '{upper.label}', from {top[0]} to {bottom[0]}; "
        "close it, or say with gaps-go-to whether the upper or the lower band takes it"
    )


def _steps_unknown(merged: Merged) -> Iterator[Finding]:
    """A step by the name of an earlier one, or after a step that does not come before it."""
    for n, ladder in enumerate(merged.content.ladders):
        ids = [step.id for step in ladder.steps]
        for m, step in enumerate(ladder.steps):
            path: Path = ("ladders", n, "steps", m)
            if step.id in ids[:m]:
                says = f"two steps are called '{step.id}'; give each its own id"
                yield merged.error("step-twice", (*path, "id"), says)
            for key, earlier in _steps_named(step):
                if earlier not in ids[:m]:
                    yield merged.error("step-unknown", (*path, key), _not_earlier(earlier, ids, m))


def _steps_named(step: Step) -> Iterator[tuple[str, str]]:
    """The earlier steps that a step names, each with the setting that names it."""
    improved = (step.unless_improved,) if step.unless_improved else ()
    for key, named in (("after", step.after), ("unless-improved", improved), ("ends", step.ends)):
        yield from ((key, earlier) for earlier in named)


def _not_earlier(named: str, ids: list[str], number: int) -> str:
    """What is wrong with naming `named` in the step at `number`."""
    if named == ids[number]:
        return f"'{named}' waits for itself; name an earlier step of this ladder"
    if named in ids:
        return f"'{named}' is not an earlier step of this ladder but a later one; put the steps in order"
    before = ", ".join(ids[:number]) or "none"
    near = did_you_mean(named, ids[:number]) or f"; before it come: {before}"
    return f"'{named}' is not an earlier step of this ladder{near}"
