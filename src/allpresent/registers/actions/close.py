"""The close of a register: the unmarked of a register that was taken become N; one that nobody took is left, and chased."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register.closing import marks_due_at_close
from allpresent.core.register.state import RegisterState
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, SavedMeanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import Group, School
from allpresent.schools.queries import groups_of, setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import REGISTER_CLOSE

WHY = "The register closed with no mark and no reason."


def close_registers(school: School, *, now: datetime) -> int:
    """Enter N for each unmarked, expected pupil of the day's registers that were taken and have closed.

    Gives the number entered. Running it again enters nothing: it is safe at any time. (M-3.3d, M-4.7b, O-B-12.1; part 4 row 4)
    """
    day = now.astimezone(LONDON).date()
    sessions = setting_of(school).calendar.sessions_on(day)
    taken = queries.taken_on(school, day, now) if sessions else {}
    return sum(
        _close(school, group, session, now)
        for group in groups_of(school)
        for session in sessions
        if (group.id, session.half.value) in taken
    )


def close_register(school: School, group: Group, day, half: Half, *, now: datetime) -> int:
    """Close one register of a past day that was only taken later."""
    return _close(school, group, Session(day, half), now)


def _close(school: School, group: Group, session: Session, now: datetime) -> int:
    sheet = queries.register_sheet(school, group, session, now=now)
    if sheet.status.state is not RegisterState.CLOSED:
        return 0
    due = marks_due_at_close(sheet.rows, submitted=sheet.taken is not None)
    entries = [NewEntry(pupil, session, 1, "N", Source.CLOSE, reason=WHY) for pupil in due]
    try:
        with transaction.atomic():
            return enter(school.id, entries, by=REGISTER_CLOSE, at=now)
    except SavedMeanwhile:
        return _close(school, group, session, now)
