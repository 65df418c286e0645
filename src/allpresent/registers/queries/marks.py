"""Marks of pupils, looking ahead and looking back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on, code_spans
from allpresent.people.models import Pupil
from allpresent.registers.models import CurrentMark, RegisterEntry, Source
from allpresent.schools.models import School


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


def counts_between(school: School, first: date, last: date) -> dict[int, Counter[tuple[date, str]]]:
    """How often each pupil had each code, by pupil, then by (a day with the same meaning of codes, code).

    One query for each set of codes that was in force between: as a rule one.
    """
    found: dict[int, Counter[tuple[date, str]]] = defaultdict(Counter)
    for starts, ends in code_spans(first, last):
        marks = CurrentMark.objects.filter(school=school, day__gte=starts, day__lte=ends).exclude(code="")
        for pupil_id, code, number in marks.values_list("pupil_id", "code").annotate(number=Count("id")).order_by():
            found[pupil_id][ends, code] += number
    return found


class Entered(NamedTuple):
    """The newest entry of one pupil's session: the mark, when it was entered (UTC) and by whom."""

    pupil_id: int
    day: date
    half: str
    version: int
    code: str
    minutes_late: int | None
    source: str
    at: datetime
    by_name: str


def newest_entries(pupil_ids: Iterable[int], first: date, last: date) -> tuple[Entered, ...]:
    """The newest entry of each session between two days: one query."""
    rows = RegisterEntry.objects.filter(pupil_id__in=list(pupil_ids), day__gte=first, day__lte=last).order_by("version")
    found = {row[:3]: Entered._make(row) for row in rows.values_list(*Entered._fields)}
    return tuple(found.values())
