"""In which band of a scale a pupil is, exactly."""

from __future__ import annotations

from allpresent.core.policy.model.response import Band, Scale, Threshold
from allpresent.core.policy.values import Measure
from allpresent.core.thresholds.assess import looked_at
from allpresent.core.thresholds.counting import Counted, counted, is_above, is_below, measure_of, within
from allpresent.core.thresholds.history import History
from allpresent.core.thresholds.lookback import Lookback


def band_in(scale: Scale, history: History, back: Lookback) -> tuple[Band, Counted] | None:
    """The band of a pupil on the day of `back`, with what was counted; None where nothing was possible or no band fits.

    What falls in a gap between two bands goes where the scale says (`gaps-go-to`), to the upper or the lower.
    """
    window = back.window(scale.over)
    measure = next(filter(None, map(measure_of, scale.bands)), Measure.PERCENT)
    found = counted(_as_threshold(scale), measure, history, *looked_at(history, window)) if window else None
    if found is None:
        return None
    band = next((band for band in scale.bands if within(band, found.amount)), None) or _of_gap(scale, found)
    return (band, found) if band else None


def _as_threshold(scale: Scale) -> Threshold:
    """What the scale counts, without any edge."""
    return Threshold.model_construct(id=scale.id, of=scale.of, over=scale.over)


def _of_gap(scale: Scale, found: Counted) -> Band | None:
    """The band that takes what falls between two bands."""
    under = [band for band in scale.bands if band.ceiling and not is_below(band.ceiling, found.amount)]
    over = [band for band in scale.bands if band.floor and not is_above(band.floor, found.amount)]
    if not scale.gaps_go_to or not under or not over:
        return None
    if scale.gaps_go_to == "lower":
        return max(under, key=lambda band: band.ceiling[0].number if band.ceiling else 0)
    return min(over, key=lambda band: band.floor[0].number if band.floor else 0)
