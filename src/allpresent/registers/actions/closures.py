"""Closures: planned ones (#), which the calendar knows ahead, and unexpected ones, Y4 for everybody who was due."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register.closure import overwritten_by_closure
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, again_if_saved_meanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.actions import add_closure
from allpresent.schools.models import Closure, School
from allpresent.schools.queries import setting_of
from allpresent.shared.events import Kind, record_event
from allpresent.shared.signer import Signer
from allpresent.shared.words import long_day


def plan_closure(
    *,
    school: School,
    starts: date,
    ends: date,
    half: Half | None,
    kind: Closure.Kind,
    reason: str,
    by: Signer,
    now: datetime,
) -> Closure | Fault:
    """A planned closure or staff day (#). Not over sessions that already have marks: those happened."""
    marked = queries.days_with_marks(school, starts, ends)
    if marked:
        return Fault(
            ProblemKind.CONFLICT,
            f"{long_day(marked[0])} already has marks in the register, so it cannot be a planned closure. "
            "If the school closed that day without warning, record an unexpected closure.",
        )
    return add_closure(school=school, starts=starts, ends=ends, half=half, kind=kind, reason=reason, by=by, now=now)


def record_unexpected_closure(
    *, school: School, sessions: tuple[Session, ...], reason: str, by: Signer, now: datetime
) -> int:
    """Close the school for some sessions and enter Y4 for every pupil who was due at them, in one transaction.

    Marks that tell the session better than the closure does are kept (core/register/closure.toml). Gives the number of
    marks entered. Sessions that the school does not meet are passed over.
    """
    return again_if_saved_meanwhile(lambda: _record(school, sessions, reason, by, now))


@transaction.atomic
def _record(school: School, sessions: tuple[Session, ...], reason: str, by: Signer, now: datetime) -> int:
    """Of two who record it at once, the second finds the school closed already."""
    School.objects.select_for_update(no_key=True).get(id=school.id)
    school.refresh_from_db(fields=["edition"])
    met = tuple(session for session in sessions if setting_of(school).calendar.is_session(session))
    entered = sum(_close(school, session, reason, by, now) for session in met)
    for session in met:
        add_closure(
            school=school, starts=session.day, ends=session.day, half=session.half,
            kind=Closure.Kind.UNEXPECTED, reason=reason, by=by, now=now,
        )  # fmt: skip
    record_event(
        Kind.SCHOOL_CLOSED, by=by, at=now, school_id=school.id, reason=reason,
        sessions=[f"{session.day} {session.half}" for session in met],
    )  # fmt: skip
    return entered


def _close(school: School, session: Session, reason: str, by: Signer, now: datetime) -> int:
    entries = [
        NewEntry(
            pupil.id,
            session,
            row.version + 1,
            "Y4",
            Source.CLOSURE,
            detail=reason,
            reason="The school closed unexpectedly." if row.code else "",
        )
        for pupil, row in queries.whole_school_rows(school, session)
        if row.expected and overwritten_by_closure(row.code)
    ]
    return enter(school.id, entries, by=by, at=now)
