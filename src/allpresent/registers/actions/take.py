"""Taking a register: every mark, or none and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register.marking import Accepted, check_marks
from allpresent.core.register.problems import Problem, ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, SavedMeanwhile, enter
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
    sheet = sheet or queries.register_sheet(school, group, session, now=now)
    checked = _check(sheet, marks, level)
    if isinstance(checked, Problems):
        return checked
    repeated = sheet.taken is not None and queries.was_sent(key, group, session)
    if repeated and not checked.changes:
        return Saved(0, len(checked.blanks), already=True)
    try:
        with transaction.atomic():
            _submit(school, group, session, by=by, key=uuid4().hex if repeated else key, now=now)
            entered = enter(school.id, _entries(checked, session), by=by, at=now)
    except (IntegrityError, SavedMeanwhile) as error:
        if isinstance(error, IntegrityError) and not queries.was_sent(key, group, session):
            raise KeyOfAnotherRegister(key) from error
        return take_register(
            school=school, group=group, session=session, marks=marks, level=level, by=by, key=key, now=now
        )
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


def _submit(school: School, group: Group, session: Session, *, by: Signer, key: str, now: datetime) -> None:
    Submission.objects.create(
        school=school,
        group=group,
        day=session.day,
        half=session.half,
        key=key,
        at=now,
        by_id=by.user_id,
        by_name=by.name,
        by_position=by.position,
    )


def _entries(accepted: Accepted, session: Session) -> list[NewEntry]:
    return [
        NewEntry(mark.pupil, session, mark.version, mark.code, Source.REGISTER, mark.minutes_late, mark.detail)
        for mark in accepted.changes
    ]
