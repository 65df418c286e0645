"""How many pupils missed how much: DfE's eleven bands of absence, and the persistent and severe in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from allpresent.core.figures.figure import Figure
from allpresent.core.figures.lines import reaches_band
from allpresent.core.figures.percentages import percent

BANDS = 11  # 0 to under 5%, 5 to under 10%, ... 45 to under 50%, and 50% or more
FIRST_PERSISTENT = 2
SEVERE = 10


class Bands(NamedTuple):
    """Enrolments in each of the eleven bands of own absence, lowest first."""

    counts: tuple[int, ...]

    @property
    def enrolments(self) -> int:
        """Enrolments with any possible session."""
        return sum(self.counts)

    @property
    def persistent(self) -> int:
        """Enrolments that missed 10% or more of their own possible sessions."""
        return sum(self.counts[FIRST_PERSISTENT:])

    @property
    def severe(self) -> int:
        """Enrolments that missed 50% or more: part of the persistent, not beside them."""
        return self.counts[SEVERE]

    @property
    def persistent_percent(self) -> float | None:
        """Persistent absentees as a percentage of enrolments; None where there are none."""
        return percent(self.persistent, self.enrolments)

    @property
    def severe_percent(self) -> float | None:
        """Severe absentees as a percentage of enrolments; None where there are none."""
        return percent(self.severe, self.enrolments)


def band_of(figure: Figure) -> int | None:
    """The band of one pupil's figure, 0 to 10, by whole numbers alone; None where nothing was possible."""
    if not figure.possible:
        return None
    return sum(bool(reaches_band(figure.absence, figure.possible, band)) for band in range(1, BANDS))


def bands(figures: Iterable[Figure]) -> Bands:
    """Figures, one an enrolment, counted into bands; with nothing possible, into none.

    Source: DfE absence statistics methodology 3.2.
    """
    found = Counter(map(band_of, figures))
    return Bands(tuple(found[band] for band in range(BANDS)))
