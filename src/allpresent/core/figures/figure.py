"""A figure: counts of sessions that belong together, with the percentages they give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import add, attrgetter

from allpresent.core.figures.lines import is_persistent, is_severe
from allpresent.core.figures.percentages import percent


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of sessions, by DfE's definitions. Figures add: a group's figure is the sum of its pupils'.

    Raises ValueError where the counts do not add up. Percentages are unrounded, None where none was possible.
    """

    present: int = 0
    approved_activity: int = 0
    attendance: int = 0
    authorised: int = 0
    unauthorised: int = 0
    absence: int = 0
    possible: int = 0
    late: int = 0

    def __post_init__(self) -> None:
        sums = (
            self.attendance == self.present + self.approved_activity,
            self.absence == self.authorised + self.unauthorised,
            self.possible == self.attendance + self.absence,
        )
        if not all(sums):
            raise ValueError(f"The parts of this figure do not add up to its totals: {self}")

    def __add__(self, other: Figure) -> Figure:
        return Figure(*map(add, _counts(self), _counts(other)))

    @property
    def attendance_percent(self) -> float | None:
        """Attendance as a percentage of possible sessions."""
        return percent(self.attendance, self.possible)

    @property
    def absence_percent(self) -> float | None:
        """All absence as a percentage of possible sessions."""
        return percent(self.absence, self.possible)

    @property
    def authorised_percent(self) -> float | None:
        """Authorised absence as a percentage of possible sessions."""
        return percent(self.authorised, self.possible)

    @property
    def unauthorised_percent(self) -> float | None:
        """Unauthorised absence as a percentage of possible sessions."""
        return percent(self.unauthorised, self.possible)

    @property
    def persistent(self) -> bool | None:
        """Persistent absence: 10% or more of own possible sessions missed, tested on whole numbers.

        None where nothing was possible. In use since 2015/16 (DfE absence statistics methodology 3.2).
        """
        return bool(is_persistent(self.absence, self.possible)) if self.possible else None

    @property
    def severe(self) -> bool | None:
        """Severe absence: 50% or more of own possible sessions missed, so persistent too; None likewise."""
        return bool(is_severe(self.absence, self.possible)) if self.possible else None


_counts = attrgetter(*(field.name for field in fields(Figure)))


def total(figures: Iterable[Figure]) -> Figure:
    """The figure of a whole: its parts' sessions added up, never a mean of percentages.

    Source: DfE absence statistics methodology 3.1.
    """
    return sum(figures, start=Figure())
