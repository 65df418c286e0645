"""Entering an absence ahead: the register already holds it when the day comes, whoever opens it or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register.code_rules import age_fault, detail_fault, find_code
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.queries import RollPupil
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, SavedMeanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.events import Kind, record_event
from allpresent.shared.signer import Signer


def plan_absence(
    *,
    school: School,
    pupil: RollPupil,
    first: Session,
    last: Session,
    code: str,
    detail: str,
    level: EnteredBy,
    by: Signer,
    now: datetime,
) -> tuple[Session, ...] | Fault:
    """Enter a code for each session from `first` to `last` that the pupil is expected at and that has not begun.

    Gives the sessions entered; those that hold a mark keep it. A Fault says what cannot be. (M-4.3a, O-B-6.1)
    """
    met = setting_of(school).calendar.sessions_between(first.day, last.day)
    sessions = tuple(session for session in met if first <= session <= last)
    return plan_sessions(
        school=school, pupil=pupil, sessions=sessions, code=code, detail=detail, level=level, by=by, now=now
    )


def plan_sessions(
    *,
    school: School,
    pupil: RollPupil,
    sessions: Iterable[Session],
    code: str,
    detail: str,
    level: EnteredBy,
    by: Signer,
    now: datetime,
) -> tuple[Session, ...] | Fault:
    """Enter a code for those of some sessions the school meets that are still to come: as `plan_absence`."""
    ahead = _still_to_come(school, pupil, sessions, now)
    fault = _fault(pupil, ahead, code, detail, level)
    if fault:
        return fault
    held = queries.held_between([pupil.id], ahead[0].day, ahead[-1].day)[pupil.id]
    free = {
        session: mark.version if mark else 0
        for session in ahead
        if not queries.in_force(mark := held.get(_place(session)))
    }
    if not free:
        return Fault(ProblemKind.CONFLICT, "every one of these sessions already has a mark. Amend it instead.")
    entries = [
        NewEntry(pupil.id, session, version + 1, code, Source.PLANNED, detail=detail.strip()[:300])
        for session, version in free.items()
    ]
    try:
        with transaction.atomic():
            enter(school.id, entries, by=by, at=now)
            _record(school, pupil, tuple(free), code, by, now)
    except SavedMeanwhile:
        return Fault(ProblemKind.CONFLICT, "somebody entered one of these sessions first. Look again.")
    return tuple(free)


def _still_to_come(school: School, pupil: RollPupil, sessions: Iterable[Session], now: datetime) -> tuple[Session, ...]:
    setting = setting_of(school)
    return tuple(
        session
        for session in sorted(sessions)
        if pupil.expected_at(session) and now < setting.window(session, pupil.year_group).opens_at(session.day)
    )


def _place(session: Session) -> tuple[date, str]:
    return session.day, session.half.value


def _fault(pupil: RollPupil, sessions: tuple[Session, ...], letter: str, detail: str, level: EnteredBy) -> Fault | None:
    if not sessions:
        return Fault(
            ProblemKind.NOT_EXPECTED,
            "no session between these is still to come that the pupil is expected at. Check the dates.",
        )
    for session in sessions:
        code = find_code(letter, session=session, level=level, codes=code_set_on(session.day))
        if isinstance(code, Fault):
            return code
        if code.on_site or letter == "N":
            return Fault(ProblemKind.NOT_OPEN, f"{letter} cannot be entered ahead: nobody can know it yet.")
        mark = SubmittedMark(pupil.id, letter, 0, detail=detail)
        found = age_fault(code, compulsory_age=pupil.is_compulsory_age(session.day)) or detail_fault(code, mark)
        if found:
            return found
    return None


def _record(school: School, pupil: RollPupil, free: tuple[Session, ...], code: str, by: Signer, now: datetime) -> None:
    record_event(
        Kind.ABSENCE_PLANNED,
        by=by,
        at=now,
        school_id=school.id,
        subject=f"pupil:{pupil.id}",
        code=code,
        first=f"{free[0].day} {free[0].half}",
        last=f"{free[-1].day} {free[-1].half}",
        sessions=len(free),
    )
