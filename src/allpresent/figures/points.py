"""Percentages and percentage points in words: two decimals, rounded so that what is shown adds up as it stands."""

from __future__ import annotations

from fractions import Fraction

from allpresent.core.figures.differences import Share, hundredths

NO_FIGURE = "no figure"


def percent_words(share: Share) -> str:
    """'93.12%', or 'no figure' of nothing."""
    return NO_FIGURE if share.percent is None else f"{hundredths(share.percent) / 100:.2f}%"


def step_words(before: Share, after: Share) -> str:
    """What leads from one shown percentage to the other: '+0.12', '−0.03', '0.00'."""
    if before.percent is None or after.percent is None:
        return NO_FIGURE
    return signed(hundredths(after.percent) - hundredths(before.percent))


def signed(hundredth: int) -> str:
    """Hundredths of a point with their sign, as people write it."""
    return _minus(f"{hundredth / 100:+.2f}") if hundredth else "0.00"


def part_words(points: Fraction | None) -> str:
    """A pupil's part of a step, to three decimals: '+0.012'."""
    return NO_FIGURE if points is None else _minus(f"{float(points):+.3f}")


def share_words(share: Share) -> str:
    """'28 of 30', or 'none' where nothing is counted."""
    return f"{share.part} of {share.of}" if share.of else "none"


def _minus(text: str) -> str:
    return text.replace("-", "−")
