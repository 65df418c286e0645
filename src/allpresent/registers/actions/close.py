"""The close of a register: the unmarked of one that was taken become N; one that nobody took is left, and chased."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.register.closing import marks_due_at_close
from allpresent.core.register.state import RegisterState
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, again_if_saved_meanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import REGISTER_CLOSE

WHY = "The register closed with no mark and no reason."

DAYS_CAUGHT_UP = 10
"""How many earlier school days are looked at: registers taken late, and days when the program was off."""


def close_registers(school: School, *, now: datetime) -> int:
    """Enter N for each unmarked, expected pupil of registers that were taken and have closed, today and lately.

    Gives the number entered. Running it again enters nothing: it is safe at any time.
    (M-3.3d, M-4.7b, O-B-12.1; part 4 row 4)
    """
    today = now.astimezone(LONDON).date()
    before = setting_of(school).calendar.previous_school_days(today, DAYS_CAUGHT_UP)
    return sum(
        again_if_saved_meanwhile(partial(_close, school, register.group, register.session, now))
        for day in queries.days_with_blanks(school, before[0] if before else today, today)
        for register in queries.registers_of_day(school, day, now=now)
        if register.blanks and register.status.state is RegisterState.CLOSED
    )


def _close(school: School, group: Group, session: Session, now: datetime) -> int:
    sheet = queries.register_sheet(school, group, session, now=now)
    due = marks_due_at_close(sheet.rows, submitted=sheet.status.state is RegisterState.CLOSED)
    held = {row.pupil: row.version for row in sheet.rows}
    entries = [NewEntry(pupil, session, held[pupil] + 1, "N", Source.CLOSE, reason=WHY) for pupil in due]
    with transaction.atomic():
        return enter(school.id, entries, by=REGISTER_CLOSE, at=now)
