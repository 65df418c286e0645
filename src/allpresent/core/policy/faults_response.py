"""Faults among thresholds, bands and steps: what they name, and how they meet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from allpresent.core.policy.explain import did_you_mean
from allpresent.core.policy.findings import Finding, Path
from allpresent.core.policy.merge import Merged
from allpresent.core.policy.model.content import Content
from allpresent.core.policy.model.response import Band
from allpresent.core.policy.values import Words


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
                near = did_you_mean(threshold, known)
                yield merged.error("threshold-unknown", path, f"there is no threshold '{threshold}'{near}")


def _thresholds_named(content: Content) -> Iterator[tuple[Path, Words]]:
    """Every place that names thresholds."""
    for n, ladder in enumerate(content.ladders):
        for m, step in enumerate(ladder.steps):
            yield ("ladders", n, "steps", m, "threshold"), step.threshold
    for n, duty in enumerate(content.duties):
        yield ("duties", n, "threshold"), (duty.threshold,) if duty.threshold else ()
    for n, threshold in enumerate(content.thresholds):
        yield ("thresholds", n, "and"), threshold.and_


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
    return f"the bands '{lower.label}' and '{upper.label}' overlap; give each its own edge"


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
        seen: list[str] = []
        for m, step in enumerate(ladder.steps):
            path: Path = ("ladders", n, "steps", m)
            if step.id in seen:
                says = f"two steps are called '{step.id}'; give each its own id"
                yield merged.error("step-twice", (*path, "id"), says)
            improved = (step.unless_improved,) if step.unless_improved else ()
            for key, named in (("after", step.after), ("unless-improved", improved), ("ends", step.ends)):
                for earlier in named:
                    if earlier not in seen:
                        says = f"'{earlier}' is not an earlier step of this ladder{did_you_mean(earlier, seen)}"
                        yield merged.error("step-unknown", (*path, key), says)
            seen.append(step.id)
