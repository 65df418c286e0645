"""What one attendance code means: in law, on site and in statistics. Three meanings, kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from allpresent.core.calendar.sessions import Half


class Statistical(StrEnum):
    """How DfE counts a session with this code (DfE absence statistics methodology)."""

    PRESENT = "PRESENT"
    AEA = "AEA"  # approved educational activity: attendance
    AUTH = "AUTH"
    UNAUTH = "UNAUTH"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    ADMIN = "ADMIN"


class EnteredBy(StrEnum):
    """Who may enter a code: suggested by guidance, not law. The office includes the attendance officer."""

    TEACHER = "TEACHER"
    OFFICE = "OFFICE"
    HEAD = "HEAD"
    CALENDAR = "CALENDAR"
    ADMISSIONS = "ADMISSIONS"


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact held beside a mark. Where `required`, the mark may not stand without it."""

    key: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class Code:
    """One code in one meaning, in force from `begins` to `ends`, both included (`ends` None: still in force).

    `table` is 1 to 3 (SI 2024/208 reg 10), or None for a code in no table. `on_site`: the pupil was on the
    premises at some time in the session. `instead` says what a retired code became.
    """

    letter: str
    name: str
    table: int | None
    on_site: bool
    statistical: Statistical
    late: bool
    halves: frozenset[Half]
    entered_by: frozenset[EnteredBy]
    detail: tuple[Detail, ...]
    begins: date
    ends: date | None
    source: str
    unconfirmed: tuple[str, ...]
    instead: str | None = None

    @property
    def present(self) -> bool:
        """Counted as present at the school."""
        return self.statistical is Statistical.PRESENT

    @property
    def attendance(self) -> bool:
        """Counted as attendance: present, or at an approved educational activity."""
        return self.statistical in (Statistical.PRESENT, Statistical.AEA)

    @property
    def absence(self) -> bool:
        """Counted as absence, authorised or not."""
        return self.statistical in (Statistical.AUTH, Statistical.UNAUTH)

    @property
    def possible(self) -> bool:
        """Counted among possible sessions: attendance or absence."""
        return self.attendance or self.absence

    def in_force_on(self, day: date) -> bool:
        """Whether the code has this meaning on the day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)
