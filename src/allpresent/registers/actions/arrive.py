"""A pupil comes in late: the time earns the code, never a hand alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.arrival import ArrivalCode, code_for_arrival
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.people.queries import RollPupil
from allpresent.registers import queries
from allpresent.registers.ledger import NewEntry, again_if_saved_meanwhile, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.signer import Signer
from allpresent.shared.words import clock_time


def earned_code(
    *, school: School, pupil: RollPupil, session: Session, arrived_at: datetime, better_reason: str | None
) -> ArrivalCode | Fault:
    """What an arrival would be marked, before anybody says yes to it. (M-4.4a, O-B-3.1.8, O-B-3.1.9)"""
    mark = queries.mark_of(pupil.id, session)
    return code_for_arrival(
        setting_of(school).window(session, pupil.year_group),
        session.day,
        arrived_at,
        half=session.half,
        better_reason=better_reason,
        codes=code_set_on(session.day),
        current=mark.code if mark else None,
    )


def record_arrival(
    *,
    school: School,
    pupil: RollPupil,
    session: Session,
    arrived_at: datetime,
    better_reason: str | None,
    said: str,
    by: Signer,
    now: datetime,
) -> ArrivalCode | Fault:
    """Enter the mark that the arrival earns, with the time and what was said. An arrival is never in the future."""
    if arrived_at > now:
        return Fault(
            ProblemKind.NOT_AN_ARRIVAL, f"{clock_time(arrived_at)} has not come yet. Give the time of arrival."
        )
    if not pupil.expected_at(session):
        return Fault(ProblemKind.NOT_EXPECTED, f"{pupil.name} is not expected this session, so it has no mark.")
    return again_if_saved_meanwhile(
        lambda: _enter(school, pupil, session, arrived_at, better_reason, _detail(arrived_at, said), by, now)
    )


def _enter(
    school: School, pupil: RollPupil, session: Session, arrived_at: datetime, better_reason: str | None, detail: str,
    by: Signer, now: datetime,
) -> ArrivalCode | Fault:  # fmt: skip
    """Judge the arrival and enter its mark, unless the mark in force is just that."""
    mark = queries.held_mark(pupil.id, session)
    earned = earned_code(
        school=school, pupil=pupil, session=session, arrived_at=arrived_at, better_reason=better_reason
    )
    if isinstance(earned, Fault) or _is_held(mark, earned, detail):
        return earned
    version, reason = (mark.version + 1, earned.why if mark.code else "") if mark else (1, "")
    entry = NewEntry(pupil.id, session, version, earned.letter, Source.LATE, earned.minutes_late, detail, reason)
    with transaction.atomic():
        enter(school.id, [entry], by=by, at=now)
    return earned


def _is_held(mark: queries.Mark | None, earned: ArrivalCode, detail: str) -> bool:
    """Whether this very arrival is recorded already: another time, or another thing said, is another mark."""
    return mark is not None and mark[:1] + mark[2:] == (earned.letter, earned.minutes_late, detail, Source.LATE)


def _detail(arrived_at: datetime, said: str) -> str:
    arrived = f"Arrived {clock_time(arrived_at)}"
    return f"{arrived}: {said.strip()}"[:300] if said.strip() else arrived
