"""A pupil's attendance read for their page: every entry of a year, and what a deletion asks of the register."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.actions import Attendance
from allpresent.registers.models import RegisterEntry
from allpresent.registers.queries import marks_between

_FIELDS = ("day", "half", "version", "code", "minutes_late", "detail", "reason", "at", "by_name", "by_position")


class Entry(NamedTuple):
    """One entry of the attendance register, as entered."""

    day: date
    half: str
    version: int
    code: str
    minutes_late: int | None
    detail: str
    reason: str
    at: datetime
    by_name: str
    by_position: str


Entries = dict[Session, tuple[Entry, ...]]
"""The versions of each session that has a mark, first to last."""


def entries_in(pupil_id: int, year: AcademicYear) -> Entries:
    """Every version of every mark of one pupil's year, in order: one query."""
    rows = RegisterEntry.objects.filter(pupil_id=pupil_id, day__gte=year.starts, day__lte=year.ends)
    found: Entries = {}
    for row in rows.order_by("day", "half", "version").values_list(*_FIELDS):
        entry = Entry(*row)
        session = Session(entry.day, Half(entry.half))
        found[session] = (*found.get(session, ()), entry)
    return {session: entries for session, entries in found.items() if entries[-1].code}


def attendance_until(pupil_id: int, today: date) -> Attendance:
    """The marks of a pupil up to today; marks entered ahead prove nothing yet. One query."""
    marks = marks_between([pupil_id], date.min, today).get(pupil_id, {})
    return Attendance(
        last_entry=max((day for day, _ in marks), default=None),
        marks=tuple((Session(day, Half(half)), mark.code) for (day, half), mark in marks.items()),
    )
