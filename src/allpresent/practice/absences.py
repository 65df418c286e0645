"""The absences of a period that nobody could explain when they were marked: when each was noted, and when known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.response import Missing
from allpresent.people.models import Pupil
from allpresent.registers.models import RegisterEntry
from allpresent.schools.models import School

UNKNOWN = "N"


class Unexplained(NamedTuple):
    """One session marked N: since when, and from when another code stood in its place (None: it stands still)."""

    pupil_id: int
    session: Session
    noted_at: datetime
    known_at: datetime | None


@dataclass(frozen=True)
class DayAway:
    """The unexplained sessions of one pupil on one day, and which school day of the absence it was."""

    pupil_id: int
    year_group: str
    day: date
    sessions: tuple[Unexplained, ...]
    number: int

    @property
    def known_at(self) -> datetime | None:
        """When the last of its sessions was explained; None while one is not."""
        moments = [one.known_at for one in self.sessions]
        return max(moment for moment in moments if moment) if all(moments) else None

    def as_missing(self, circumstances: frozenset[Circumstance] = frozenset()) -> Missing:
        """As the rules of the response see it."""
        halves = tuple(one.session.half for one in self.sessions)
        return Missing(self.day, halves, self.number, self.year_group, circumstances)


def unexplained(school: School, first: date, last: date) -> tuple[Unexplained, ...]:
    """Every session of a period that was ever marked N, by pupil, then in order: one query."""
    same = {name: OuterRef(name) for name in ("pupil", "day", "half")}
    entries = (
        RegisterEntry.objects.filter(pupil__school=school, day__gte=first, day__lte=last)
        .filter(Exists(RegisterEntry.objects.filter(**same, code=UNKNOWN)))
        .order_by("pupil", "day", "half", "version")
        .values_list("pupil", "day", "half", "code", "at")
    )
    return tuple(_spell(key, tuple(rows)) for key, rows in groupby(entries, key=lambda row: row[:3]))


def _spell(key: tuple[int, date, str], rows: tuple[tuple, ...]) -> Unexplained:
    pupil_id, day, half = key
    place = next(n for n, row in enumerate(rows) if row[3] == UNKNOWN)
    known = next((row[4] for row in rows[place:] if row[3] != UNKNOWN), None)
    return Unexplained(pupil_id, Session(day, Half(half)), rows[place][4], known)


def days_away(school: School, calendar: SchoolCalendar, sessions: Iterable[Unexplained]) -> tuple[DayAway, ...]:
    """The same by day, each with its number: 2 on the school day after a first unexplained one. One query."""
    years = dict(Pupil.objects.filter(school=school).values_list("id", "year_group"))
    return tuple(_numbered(calendar, sessions, years))


def _numbered(calendar: SchoolCalendar, sessions: Iterable[Unexplained], years: dict[int, str]) -> Iterator[DayAway]:
    before: tuple[int, date, int] = (0, date.min, 0)
    for (pupil_id, day), group in groupby(sessions, key=lambda one: (one.pupil_id, one.session.day)):
        previous = next(iter(calendar.previous_school_days(day, 1)), None)
        number = before[2] + 1 if before[:2] == (pupil_id, previous) else 1
        before = (pupil_id, day, number)
        yield DayAway(pupil_id, years.get(pupil_id, ""), day, tuple(group), number)
