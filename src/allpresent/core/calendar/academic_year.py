"""The academic year as the statistics count it: 1 August to 31 July."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

_FIRST_MONTH = 8


class AcademicYear(NamedTuple):
    """The year from 1 August `first` to 31 July `first + 1`. Sorts by year.

    Source: DfE pupil absence methodology, table 6 (the autumn period opens on 1 August).
    """

    first: int

    @property
    def starts(self) -> date:
        """1 August, the first day of the year."""
        return date(self.first, _FIRST_MONTH, 1)

    @property
    def ends(self) -> date:
        """31 July, the last day of the year."""
        return date(self.first + 1, _FIRST_MONTH - 1, 31)

    @property
    def label(self) -> str:
        """The year as schools write it, such as '2026/27'."""
        return f"{self.first}/{(self.first + 1) % 100:02}"

    def holds(self, day: date) -> bool:
        """Whether `day` falls in this year."""
        return self.starts <= day <= self.ends


def academic_year_of(day: date) -> AcademicYear:
    """The academic year in which `day` falls."""
    return AcademicYear(day.year if day.month >= _FIRST_MONTH else day.year - 1)
