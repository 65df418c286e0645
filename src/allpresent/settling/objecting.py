"""What settling has against an amendment made on the mark's own page."""

from __future__ import annotations

from datetime import datetime

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.settling.actions.deciding import weighed
from allpresent.settling.loading import load_pupils
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused


def parent_not_told(school: School, pupil: RollPupil, session: Session, code: str, now: datetime) -> str:
    """That a parent has to hear before an explained absence becomes unauthorised, and has not; else ''. (M-4.2d)"""
    children = load_pupils(school, [pupil.id], now=now).children
    child = next((one for one in children if one.pupil.id == pupil.id), None)
    if child is None or session not in child.marks or code not in code_set_on(session.day):
        return ""
    today = now.astimezone(LONDON).date()
    found = weighed(setting_of(school), child, [session], code, None, today)
    if isinstance(found, Refused) or not found.tell_first or found.told is not None:
        return ""
    by = ", ".join(found.tell_first)
    return f"The parent has to be told first that it will not be authorised ({by}): do that under To settle."
