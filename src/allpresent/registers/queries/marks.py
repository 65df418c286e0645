"""Marks of pupils, looking ahead and looking back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.people.models import Pupil
from allpresent.registers.models import CurrentMark, Source


def planned_ahead(pupil_id: int, day: date) -> tuple[tuple[Session, str, str], ...]:
    """The absences entered ahead from a day on, as (session, code, detail): one query."""
    rows = CurrentMark.objects.filter(pupil_id=pupil_id, day__gte=day, source=Source.PLANNED).order_by("day", "half")
    return tuple((Session(on, Half(half)), code, detail) for on, half, code, detail in rows.values_list(*_PLANNED))


_PLANNED = ("day", "half", "code", "detail")


def last_here(pupil_ids: Iterable[int], day: date) -> dict[int, date]:
    """The last day up to a day with a mark of being here, or where the school sent them: one query.

    Pupils who were never here are left out.
    """
    here = [letter for letter, code in code_set_on(day).items() if code.on_site or code.attendance]
    marks = CurrentMark.objects.filter(pupil=OuterRef("pk"), day__lte=day, code__in=here)
    last = Subquery(marks.order_by("-day").values("day")[:1])
    found = Pupil.objects.filter(id__in=list(pupil_ids)).annotate(last=last).values_list("id", "last")
    return {pupil_id: on for pupil_id, on in found if on}
