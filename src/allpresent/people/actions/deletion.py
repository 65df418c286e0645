"""Deleting a name from the admission register: on a ground of regulation 9 alone, never for a day gone by (O-B-1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.deletion import DeletionAllowed, DeletionRefused, check_deletion
from allpresent.core.roll.deletion_case import Answer, Deletion, JointEnquiry
from allpresent.people.actions.entering import day_of, enter, held, newest_enrolment
from allpresent.people.models import Enrolment, ExpectedSessions, GroupMembership, Placement, Pupil
from allpresent.people.queries.workers import workers_of
from allpresent.schools.queries import setting_of
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer


class Attendance(NamedTuple):
    """What the attendance register says of a pupil: the day of the newest mark up to today, and the marks."""

    last_entry: date | None
    marks: tuple[tuple[Session, str], ...]


AttendanceOf = Callable[[int], Attendance]
"""Reads a pupil's attendance. Handed in: the attendance register is a room above this one."""


@dataclass(frozen=True)
class Proposal:
    """A deletion someone proposes: the ground, the last day on the register, the answers, and who was told when.

    `told` goes by role, as `queries.workers_of` names them.
    """

    ground: str
    on: date
    answers: Mapping[str, Answer] = field(default_factory=dict)
    told: Mapping[str, date] = field(default_factory=dict)


def check_proposal(
    pupil: Pupil, proposal: Proposal, *, attendance: Attendance, now: datetime
) -> DeletionAllowed | DeletionRefused:
    """What stands in the way of a deletion, without making it."""
    today = day_of(now)
    workers = workers_of(pupil.id, today, proposal.on)
    told = {role: day for role, day in proposal.told.items() if day <= today}
    return check_deletion(
        Deletion(
            ground=proposal.ground,
            born=pupil.born,
            on=proposal.on,
            entered_on=today,
            calendar=setting_of(pupil.school).calendar.for_year_group(pupil.year_group),
            answers=proposal.answers,
            workers=tuple(worker.told(told.get(worker.role)) for worker in workers),
            last_entry=attendance.last_entry,
            marks=attendance.marks,
        )
    )


def delete_from_roll(
    *, pupil: Pupil, proposal: Proposal, attendance: AttendanceOf, by: Signer, now: datetime
) -> Enrolment | Refused:
    """Take a name off the register after `proposal.on`, or say what is missing. All is read again under the lock.

    Marks already entered for later days stay; no register shows them.
    """
    with transaction.atomic():
        pupil = held(pupil)
        enrolment = newest_enrolment(pupil)
        if enrolment is None or enrolment.ends is not None:
            return refused("on", "The name is not on the register, or a deletion is entered already.")
        if proposal.on < enrolment.begins:
            return refused("on", "The pupil has not started by that day.")
        checked = check_proposal(pupil, proposal, attendance=attendance(pupil.id), now=now)
        if isinstance(checked, DeletionRefused):
            return Refused(tuple(Problem(key, message) for key, message in checked.problems))
        _end(enrolment, checked, proposal, by=by, now=now)
    return enrolment


def _end(enrolment: Enrolment, allowed: DeletionAllowed, proposal: Proposal, *, by: Signer, now: datetime) -> None:
    pupil, on = enrolment.pupil, proposal.on
    enrolment.ends = on
    enrolment.ground = allowed.regulation
    enrolment.ground_facts = _facts(proposal, by, now)
    enrolment.destination = str(proposal.answers.get("other_school", ""))[:200]
    enrolment.save(update_fields=["ends", "ground", "ground_facts", "destination"])
    for dated in (GroupMembership, ExpectedSessions, Placement):
        rows = dated.objects.filter(pupil=pupil).exclude(ends__lte=on)
        rows.filter(begins__gt=on).delete()
        rows.filter(begins__lte=on).update(ends=on)
    reason = f"Regulation {allowed.regulation}: {allowed.ground.title}"
    enter(pupil, "last day on the register", "", on.isoformat(), reason=reason, by=by, now=now)
    record_event(
        Kind.PUPIL_DELETED,
        by=by,
        at=now,
        school_id=pupil.school_id,
        subject=f"pupil:{pupil.id}",
        ground=allowed.regulation,
        last_day=on.isoformat(),
    )


def _facts(proposal: Proposal, by: Signer, now: datetime) -> dict:
    """What was in hand: kept with the deletion, in plain JSON."""
    return {
        "answers": {key: _plain(answer) for key, answer in proposal.answers.items()},
        "told": {role: day.isoformat() for role, day in proposal.told.items()},
        "entered": {"at": now.isoformat(), "name": by.name, "position": by.position},
    }


def _plain(answer: Answer) -> object:
    if isinstance(answer, JointEnquiry):
        return {side: day.isoformat() if day else None for side, day in answer._asdict().items()}
    return answer.isoformat() if isinstance(answer, date) else answer
