"""What the register is to hold ahead, by what was arranged and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.elsewhere.arrangement import last_day_ahead, sessions_ahead
from allpresent.elsewhere.models import ArrangementEnd, SuspensionEnd
from allpresent.elsewhere.queries.arrangements import arrangements_on
from allpresent.elsewhere.queries.suspensions import Decided, by_pupil, e_sessions
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.words import plain_day


class Wanted(NamedTuple):
    """One session of one pupil: the code, its detail, and what it stands on in words."""

    session: Session
    code: str
    detail: str
    because: str


def wanted_ahead(school: School, today: date) -> dict[int, tuple[Wanted, ...]]:
    """What is wanted from today on, by pupil, in order of session: four queries.

    Where a suspension and an arrangement want the same session, what was entered later holds: education arranged for
    a suspended pupil takes the place of E.
    """
    found: dict[int, dict[Session, Wanted]] = {}
    for _, pupil_id, wanted in sorted((*_arranged(school, today), *_suspended(school, today)), key=lambda one: one[0]):
        found.setdefault(pupil_id, {})[wanted.session] = wanted
    return {pupil_id: tuple(wanted[session] for session in sorted(wanted)) for pupil_id, wanted in found.items()}


def ended_early(school: School) -> frozenset[int]:
    """The pupils for whom something was ended on another day than agreed: two queries."""
    places = ArrangementEnd.objects.filter(arrangement__school=school).values_list("arrangement__pupil_id", flat=True)
    decided = SuspensionEnd.objects.filter(suspension__school=school).values_list("suspension__pupil_id", flat=True)
    return frozenset((*places, *decided))


def _arranged(school: School, today: date) -> Iterator[tuple]:
    calendar = setting_of(school).calendar
    for one in arrangements_on(school, today, last_day_ahead(calendar, today)):
        because = f"arrangement with {one.provider_name}, entered by {one.entered_by}"
        for session in sessions_ahead(one.agreed, calendar, today):
            yield one.at, one.pupil_id, Wanted(session, one.code, one.detail, because)


def _suspended(school: School, today: date) -> Iterator[tuple]:
    calendar = setting_of(school).calendar
    for pupil_id, decided in by_pupil(school).items():
        for session, one in e_sessions(decided, calendar):
            if session.day >= today:
                yield one.at, pupil_id, Wanted(session, "E", _record(one), f"suspension decided by {one.decided_by}")


def _record(one: Decided) -> str:
    """'Suspended from 28 September 2026: 5 school days', as E asks for its record."""
    begins = plain_day(one.suspended.first.day)
    if one.suspended.days is None:
        return f"Permanently excluded from {begins}"
    return f"Suspended from {begins}: {one.suspended.days} school day{'' if one.suspended.days == 1 else 's'}"
