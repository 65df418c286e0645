"""Taking a register: every mark, or none and why."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from django.db import IntegrityError, transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register.marking import Accepted, check_marks
from allpresent.core.register.problems import Problem, ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, SavedMeanwhile, again_if_saved_meanwhile, enter
from allpresent.registers.models import Source, Submission
from allpresent.schools.models import Group, School
from allpresent.shared.signer import Signer


@dataclass(frozen=True)
class Saved:
    """A register that was kept: how many marks were new, and how many expected pupils are still blank.

    `versions` are those of the new marks, by pupil. `already`: this very sending had been kept before.
    """

    entered: int
    blanks: int
    already: bool = False
    versions: Mapping[int, int] = field(default_factory=dict)


class KeyOfAnotherRegister(ValueError):
    """A sending under a key that another register was sent with."""


class Sending(NamedTuple):
    """A register as somebody sends it."""

    school: School
    group: Group
    session: Session
    marks: tuple[SubmittedMark, ...]
    level: EnteredBy
    by: Signer
    key: str
    now: datetime

    def was_kept(self) -> bool:
        return queries.was_sent(self.key, self.group, self.session)

    def sheet(self) -> queries.Sheet:
        return queries.register_sheet(self.school, self.group, self.session, now=self.now)


def take_register(
    *,
    school: School,
    group: Group,
    session: Session,
    marks: tuple[SubmittedMark, ...],
    level: EnteredBy,
    by: Signer,
    key: str,
    now: datetime,
    sheet: queries.Sheet | None = None,
) -> Saved | Problems:
    """Keep a group's register: every mark, or none and why. A repeat of the same sending changes nothing.

    Everything is checked before the lock is taken; the lock is held for the inserts alone. `sheet` is the register as
    the caller has just read it, to spare reading it twice: a mark saved meanwhile is caught by its version anyway.
    A sending that repeats a `key` with other marks is checked like any other: nothing is dropped unsaid.
    (O-B-2.1, O-B-27, M-3.3a.) Raises KeyOfAnotherRegister.
    """
    sending = Sending(school, group, session, marks, level, by, key, now)
    if sheet is not None:
        with suppress(SavedMeanwhile):
            return _keep(sending, sheet, repeated=sheet.taken is not None and sending.was_kept())
    return again_if_saved_meanwhile(lambda: _keep(sending, sending.sheet(), repeated=sending.was_kept()))


def _keep(sending: Sending, sheet: queries.Sheet, *, repeated: bool) -> Saved | Problems:
    """Check against the sheet and keep. Raises SavedMeanwhile when the sheet is no longer the register."""
    checked = _check(sheet, sending.marks, sending.level)
    if isinstance(checked, Problems):
        return checked
    if repeated and not checked.changes:
        return Saved(0, len(checked.blanks), already=True)
    try:
        with transaction.atomic():
            _submit(sending, key=uuid4().hex if repeated else sending.key)
            entered = enter(sending.school.id, _entries(checked, sending.session), by=sending.by, at=sending.now)
    except IntegrityError as error:
        if sending.was_kept():
            raise SavedMeanwhile from error
        raise KeyOfAnotherRegister(sending.key) from error
    return Saved(entered, len(checked.blanks), versions={mark.pupil: mark.version for mark in checked.changes})


def _check(sheet: queries.Sheet, marks: tuple[SubmittedMark, ...], level: EnteredBy) -> Accepted | Problems:
    if sheet.closure is not None:
        return _closed(sheet)
    codes = code_set_on(sheet.session.day)
    return check_marks(sheet.rows, marks, session=sheet.session, level=level, status=sheet.status, codes=codes)


def _closed(sheet: queries.Sheet) -> Problems:
    """A session that the school does not meet has no register to take."""
    says = f"The school is closed for this session: {sheet.closure.reason}. There is no register to take."
    return Problems((Problem(0, ProblemKind.CLOSED, says),))


def _submit(sending: Sending, *, key: str) -> None:
    Submission.objects.create(
        school=sending.school,
        group=sending.group,
        day=sending.session.day,
        half=sending.session.half,
        key=key,
        at=sending.now,
        by_id=sending.by.user_id,
        by_name=sending.by.name,
        by_position=sending.by.position,
    )


def _entries(accepted: Accepted, session: Session) -> list[NewEntry]:
    return [
        NewEntry(mark.pupil, session, mark.version, mark.code, Source.REGISTER, mark.minutes_late, mark.detail)
        for mark in accepted.changes
    ]
