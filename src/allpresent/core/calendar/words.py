"""Days as people write them."""

from __future__ import annotations

from datetime import date


def day_words(day: date) -> str:
    """The day as '2 November 2026', without a leading nought."""
    return f"{day.day} {day:%B %Y}"
