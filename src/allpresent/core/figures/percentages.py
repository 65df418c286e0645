"""Percentages: exact from whole numbers, nothing where nothing was possible."""

from __future__ import annotations

from collections.abc import Iterable


def percent(count: int, possible: int) -> float | None:
    """100 x count / possible, unrounded; None where nothing was possible (DfE absence methodology)."""
    return 100 * count / possible if possible else None


def one_decimal(count: int, possible: int) -> str | None:
    """The percentage for people to read, to one decimal, halves up: '9.9' for 13 of 131.

    None where nothing was possible. Rounded from the whole numbers, for show alone: thresholds never see it.
    """
    if not possible:
        return None
    tenths = (2000 * count + possible) // (2 * possible)
    return f"{tenths // 10}.{tenths % 10}"


def enrolment_weighted_percent(rates: Iterable[tuple[float, float]]) -> float | None:
    """DfE's "Total" rate as published until summer 2025: the mean of phases' rates, weighted by enrolments.

    `rates` holds (percentage, enrolments), one a phase. None where there are no enrolments. Our totals are
    pooled, as DfE's have been since autumn 2025; this explains a difference from an older page.
    """
    pairs = tuple(rates)
    enrolments = sum(weight for _, weight in pairs)
    return sum(rate * weight for rate, weight in pairs) / enrolments if enrolments else None
