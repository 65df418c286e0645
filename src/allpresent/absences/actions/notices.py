"""Keeping what was said. The only writer of notices; it touches no mark (O-B-12.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import RollPupil, Sibling, pupil_on_roll, tie_of
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import moment, plain_day

TWICE = "This form was sent before with other words. Open a new one and record the message again."
CORRECTED = "Somebody has corrected this message already. Go back and look again."
LONGEST = timedelta(days=366)
"""No message holds longer: a wrong year would end every call about the child until then."""


@dataclass(frozen=True)
class Said:
    """What was said: about which session on, for what reason, by whom, how and when.

    `told_at` is UTC; an appointment has a time; `says` may be empty where the reason says enough; `contact_id` is the
    PupilContact of whoever said it, None for somebody whom the school does not hold.
    """

    about: str
    day: date
    half: Half
    reason: Reason
    says: str
    channel: str
    told_by: str
    relation: str
    told_at: datetime
    expected_back: date | None = None
    appointment_at: time | None = None
    contact_id: int | None = None


def record_notice(
    *, school: School, pupil: RollPupil, said: Said, key: str, by: Signer, now: datetime, replaces: int | None = None
) -> Notice | Refused:
    """Keep a message, or one that `replaces` an older message of the school. The same call again changes nothing.

    Refused says what cannot be. What somebody with a restriction says is kept, and the restriction beside it. Raises
    ValueError for a contact of another pupil. (M-3.4a, M-3.5b, M-3.5d)
    """
    notice = Notice(
        school=school, pupil_id=pupil.id, key=key, replaces_id=replaces, at=now,
        by_id=by.user_id, by_name=by.name, by_position=by.position, restriction=_restriction(school, pupil, said),
        **asdict(said),
    )  # fmt: skip
    problems = tuple(_problems(school, pupil, said, now))
    if problems:
        return Refused(problems)
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:
        return _kept_before(notice)
    return notice


def record_also(*, school: School, notice_id: int, sibling: Sibling, by: Signer, now: datetime) -> Notice | Refused:
    """Keep what a message says about another child of the same adult too.

    Raises Notice.DoesNotExist for another school's.
    """
    notice = Notice.objects.get(school=school, id=notice_id)
    said = {name: getattr(notice, name) for name in Said.__dataclass_fields__}
    same = Said(**said | {"reason": Reason(notice.reason or Reason.NOT_SAID), "half": Half(notice.half)})
    about = replace(same, contact_id=sibling.tie.id, relation=sibling.tie.relation)
    key = f"also:{notice.id}:{sibling.pupil.id}"
    return record_notice(school=school, pupil=sibling.pupil, said=about, key=key, by=by, now=now)


def _restriction(school: School, pupil: RollPupil, said: Said) -> str:
    """The restriction of whoever said it, as it stands now."""
    if said.contact_id is None:
        return ""
    tie = tie_of(school, said.contact_id)
    if tie is None or tie.pupil_id != pupil.id:
        raise ValueError(f"contact {said.contact_id} is not of pupil {pupil.id}")
    return tie.restriction


def _problems(school: School, pupil: RollPupil, said: Said, now: datetime) -> Iterator[Problem]:
    if pupil_on_roll(school, pupil.id, said.day) is None:
        yield Problem("day", f"{pupil.name} is not on the roll on {plain_day(said.day)}. Check the day.")
    if said.told_at > now:
        yield Problem("told_time", f"{moment(said.told_at)} has not come yet. Give the time when it was said.")
    if not said.says and (wanted := _words_wanted(said)):
        yield Problem("says", wanted)
    yield from _of_the_return(said)
    if said.about == Notice.About.APPOINTMENT and said.appointment_at is None:
        yield Problem("appointment_at", "Give the time of the appointment, such as 10:30.")
    elif said.appointment_at and said.about != Notice.About.APPOINTMENT:
        yield Problem("appointment_at", "Only an appointment has a time. Clear the time, or choose An appointment.")


def _of_the_return(said: Said) -> Iterator[Problem]:
    if said.expected_back is None:
        return
    if said.about != Notice.About.ABSENCE:
        yield Problem("expected_back", "Only an absence has a day of return. Clear the day, or choose Away.")
    elif said.expected_back <= said.day:
        day = plain_day(said.day)
        yield Problem("expected_back", f"The day of return comes after the first day away, {day}. Give a later day.")
    elif said.expected_back - said.day > LONGEST:
        yield Problem("expected_back", "This is more than a year away. Check the year.")


def _words_wanted(said: Said) -> str:
    """What to ask where the reason says too little. A whole day for an appointment is explained (O-B-6.2.1)."""
    if said.reason is Reason.OTHER:
        return "Give what was said, in a few words, such as: moving house"
    if said.reason is Reason.APPOINTMENT and said.about == Notice.About.ABSENCE:
        return "Away for an appointment: say what it is and why it takes the day, such as: hospital in Bristol"
    return ""


_CONTENT = ("pupil_id", "replaces_id", *Said.__dataclass_fields__)


def _kept_before(notice: Notice) -> Notice | Refused:
    """What stands where a notice could not be added: the same one kept before, or one that came first."""
    held = Notice.objects.filter(school=notice.school, key=notice.key).first()
    if held is None and notice.replaces_id and Notice.objects.filter(replaces_id=notice.replaces_id).exists():
        return refused("", CORRECTED)
    if held is None:
        raise ValueError(f"the notice could not be kept: {notice.replaces_id=}")
    same = all(getattr(held, field) == getattr(notice, field) for field in _CONTENT)
    return held if same else refused("", TWICE)
