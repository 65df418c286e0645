"""Giving back sessions that were entered ahead: the pupil is expected after all."""

from __future__ import annotations

from datetime import datetime

from allpresent.core.calendar.sessions import Session
from allpresent.core.leave.deciding import Span
from allpresent.leave.weighing import sessions_in
from allpresent.people.queries import RollPupil
from allpresent.registers.actions import give_back
from allpresent.schools.models import School
from allpresent.shared.signer import Signer


def give_back_after(
    school: School, pupil: RollPupil, span: Span, code: str, *, reason: str, by: Signer, now: datetime
) -> tuple[Session, ...]:
    """Give back what was entered ahead with this code between two sessions and has not begun. (reg 11(6), reg 6)"""
    sessions = sessions_in(school, pupil, span)
    return give_back(school=school, pupil=pupil, sessions=sessions, code=code, reason=reason[:300], by=by, now=now)
