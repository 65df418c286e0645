"""Giving back marks entered ahead: leave that is not taken after all, a part-time timetable that ends early."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Session
from allpresent.people.queries import RollPupil
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, again_if_saved_meanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.signer import Signer


def give_back(
    *, school: School, pupil: RollPupil, sessions: Iterable[Session], code: str, reason: str, by: Signer, now: datetime
) -> tuple[Session, ...]:
    """Make blank again those of some sessions that hold this code, were entered ahead and have not begun.

    Both entries stay, with the reason (reg 6, M-4.1e). Gives the sessions given back: what somebody has marked since,
    or what has begun, keeps its mark and is amended like any other.
    """
    setting = setting_of(school)
    ahead = tuple(one for one in sorted(sessions) if now < setting.window(one, pupil.year_group).opens_at(one.day))
    if not ahead:
        return ()
    return again_if_saved_meanwhile(lambda: _enter(school, pupil, ahead, code, reason, by, now))


def _enter(
    school: School, pupil: RollPupil, ahead: tuple[Session, ...], code: str, reason: str, by: Signer, now: datetime
) -> tuple[Session, ...]:
    held = queries.marks_between([pupil.id], ahead[0].day, ahead[-1].day)[pupil.id]
    planned = {session: mark for session in ahead if (mark := held.get((session.day, session.half.value)))}
    entries = [
        NewEntry(pupil.id, session, mark.version + 1, "", Source.GIVEN_BACK, reason=reason[:300])
        for session, mark in planned.items()
        if mark.code == code and mark.source == Source.PLANNED
    ]
    with transaction.atomic():
        enter(school.id, entries, by=by, at=now)
    return tuple(entry.session for entry in entries)
