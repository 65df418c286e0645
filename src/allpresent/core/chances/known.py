"""What is known of a pupil's year on a day: all that a chance is worked out from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

RECENT_DAYS = 20
"""School days in the last four weeks."""


@dataclass(frozen=True, slots=True)
class Known:
    """Counts of sessions: missed of those possible, so far and in the last RECENT_DAYS school days; and those `left`.

    `last_year`: the share of possible sessions missed in the year before, None where it is not known. Raises
    ValueError for counts that cannot be.
    """

    missed: int
    possible: int
    recent_missed: int
    recent_possible: int
    left: int
    last_year: Fraction | None = None

    def __post_init__(self) -> None:
        counts_are = (
            0 <= self.recent_missed <= self.recent_possible,
            self.recent_missed <= self.missed <= self.possible,
            self.recent_possible - self.recent_missed <= self.possible - self.missed,
            self.left >= 0,
            self.last_year is None or 0 <= self.last_year <= 1,
        )
        if not all(counts_are):
            raise ValueError(f"These sessions of a pupil cannot be: {self}")

    @property
    def year(self) -> int:
        """The possible sessions of the whole year: those so far and those left."""
        return self.possible + self.left

    @property
    def room(self) -> Fraction:
        """How many more sessions she can miss before the year ends at 10%; 0 or less: it will, whatever comes."""
        return Fraction(self.year, 10) - self.missed

    def after(self, missed: int, possible: int) -> Known:
        """The same pupil once so many more sessions have passed, so many of them missed: they are then the recent ones.

        Raises ValueError where fewer are left than pass.
        """
        return replace(
            self,
            missed=self.missed + missed,
            possible=self.possible + possible,
            recent_missed=missed,
            recent_possible=possible,
            left=self.left - possible,
        )
