"""Marks of one pupil, looking ahead."""

from __future__ import annotations

from datetime import date

from allpresent.core.calendar.sessions import Half, Session
from allpresent.registers.models import CurrentMark, Source


def planned_ahead(pupil_id: int, day: date) -> tuple[tuple[Session, str, str], ...]:
    """The absences entered ahead from a day on, as (session, code, detail): one query."""
    rows = CurrentMark.objects.filter(pupil_id=pupil_id, day__gte=day, source=Source.PLANNED).order_by("day", "half")
    return tuple((Session(on, Half(half)), code, detail) for on, half, code, detail in rows.values_list(*_PLANNED))


_PLANNED = ("day", "half", "code", "detail")
