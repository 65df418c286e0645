"""Amending a mark: the first entry stays, and the new one says what, why, when and by whom (reg 6, M-4.1e)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from allpresent.absences.models import Notice
from allpresent.absences.queries import notices_for
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register.amendment import Amendment, CurrentMark, DayFacts, check_amendment
from allpresent.core.register.problems import Problem, ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import RollPupil
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, SavedMeanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import Signer


def amend_mark(
    *,
    school: School,
    pupil: RollPupil,
    session: Session,
    new: SubmittedMark,
    reason: str,
    level: EnteredBy,
    by: Signer,
    now: datetime,
) -> Amendment | Problems:
    """Amend the mark in force, or say everything that is wrong with doing so."""
    entries = queries.entries_of(pupil.id, session)
    if not entries or not entries[-1].code:
        return _problem(pupil, ProblemKind.NOT_OPEN, "there is no mark to amend: take the register instead.")
    held = entries[-1]
    checked = check_amendment(
        CurrentMark(pupil.id, pupil.name, held.code, held.version, held.minutes_late, held.detail),
        new,
        reason,
        session=session,
        level=level,
        codes=code_set_on(session.day),
        facts=_facts(school, pupil, session, now),
    )
    if isinstance(checked, Problems):
        return checked
    try:
        with transaction.atomic():
            enter(school.id, [_entry(checked)], by=by, at=now)
    except SavedMeanwhile:
        return _problem(pupil, ProblemKind.CONFLICT, "somebody saved this mark first. Look at it again.")
    return checked


def _entry(amendment: Amendment) -> NewEntry:
    return NewEntry(
        amendment.pupil,
        amendment.session,
        amendment.version,
        amendment.amended,
        Source.AMENDMENT,
        amendment.minutes_late,
        amendment.detail,
        amendment.reason[:300],
    )


def _facts(school: School, pupil: RollPupil, session: Session, now: datetime) -> DayFacts:
    setting = setting_of(school)
    window = setting.window(session, pupil.year_group)
    since = setting.calendar.school_days_between(session.day + timedelta(days=1), now.astimezone(LONDON).date())
    return DayFacts(
        compulsory_age=pupil.is_compulsory_age(session.day),
        school_days_since=len(since),
        begun=now >= window.opens_at(session.day),
        reason_known=_reason_stands(school, pupil.id, session),
        minutes_late_limit=window.minutes_late_limit,
    )


def _reason_stands(school: School, pupil_id: int, session: Session) -> bool:
    """Whether somebody gave a reason for this session's absence: N says that nobody did (reg 10(7))."""
    told = notices_for(school, session.day).get(pupil_id, ())
    away = (line for line in told if line.about != Notice.About.LATENESS and line.begun_by(session))
    return any(line.reason not in ("", Reason.NOT_SAID) for line in away)


def _problem(pupil: RollPupil, kind: ProblemKind, says: str) -> Problems:
    return Problems((Problem(pupil.id, kind, f"{pupil.name}: {says}"),))
