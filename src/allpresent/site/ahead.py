"""This afternoon's absence, offered as a child is signed out: which code, on what condition, on which clause."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allpresent.absences.models import Notice
from allpresent.absences.queries import notices_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.policy.model.words import Case
from allpresent.core.settle.statements import code_marked, evidence_rule, marking_of, sources_of
from allpresent.people.queries import RollPupil
from allpresent.registers.queries import mark_of
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.site.models import Crossing

_CASES = {Crossing.Why.APPOINTMENT: (Case.APPOINTMENT, "M"), Crossing.Why.ILL: (Case.ILL, "I")}


class Ahead(NamedTuple):
    """The code that the afternoon can be given now. `told`: the message that announced it, in words, or ''."""

    session: Session
    code: str
    name: str
    told: str
    clauses: tuple[str, ...]
    needs_telling: bool

    @property
    def condition(self) -> str:
        return f"{self.code} needs word beforehand. Say who told the school of it, and what card or letter was seen."


def afternoon_ahead(school: School, pupil: RollPupil, why: str, *, now: datetime) -> Ahead | None:
    """What this afternoon's register may hold ahead; None once it has opened, and where the reason gives no code.

    An appointment is authorised only if it was told in advance: the message kept about it says so, or whoever signs
    the child out does. (M-4.3a, O-B-6.2.3)
    """
    day = now.astimezone(LONDON).date()
    setting, session = setting_of(school), Session(day, Half.PM)
    if why not in _CASES or session not in setting.calendar.sessions_on(day) or not pupil.expected_at(session):
        return None
    if now >= setting.window(session, pupil.year_group).opens_at(day) or mark_of(pupil.id, session):
        return None
    case, usual = _CASES[Crossing.Why(why)]
    policy = setting.policy_on(day)
    said = marking_of(policy, case)
    code = code_marked(said, usual) if said else usual
    rule = evidence_rule(policy, "appointment") if case is Case.APPOINTMENT else None
    clauses = (*(sources_of(said) if said else ()), *(sources_of(rule) if rule else ()))
    told = _told(pupil, now) if case is Case.APPOINTMENT else ""
    needs = case is Case.APPOINTMENT and not told
    return Ahead(session, code, code_set_on(day)[code].name, told, tuple(dict.fromkeys(clauses)), needs)


def _told(pupil: RollPupil, now: datetime) -> str:
    """The message about an appointment of today that was kept before now, as it is read today."""
    day = now.astimezone(LONDON).date()
    about = (line for line in notices_of(pupil.id, day, day) if line.about == Notice.About.APPOINTMENT)
    return next((line.in_words(day) for line in about if line.told_at <= now), "")
