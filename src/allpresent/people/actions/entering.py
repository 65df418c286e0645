"""What every verb of the roll does: hold the pupil's row, and write the entry that says what became of a fact."""

from __future__ import annotations

from datetime import date, datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.people.models import Enrolment, Pupil, RollEntry
from allpresent.shared.signer import Signer


def held(pupil: Pupil) -> Pupil:
    """The pupil as the database has them now, held until the transaction ends."""
    return Pupil.objects.select_for_update().select_related("school").get(id=pupil.id)


def newest_enrolment(pupil: Pupil) -> Enrolment | None:
    return Enrolment.objects.filter(pupil=pupil).order_by("begins").last()


def day_of(now: datetime) -> date:
    """The day it is in England."""
    return wall_clock(now)[0]


def enter(
    pupil: Pupil, field: str, original: str, amended: str, *, reason: str, by: Signer, now: datetime
) -> RollEntry:
    """One entry in the admission register: original, new, reason, when, name and position (reg 6)."""
    return RollEntry.objects.create(
        pupil=pupil,
        field=field[:60],
        original=original,
        amended=amended,
        reason=reason[:300],
        at=now,
        by_id=by.user_id,
        by_name=by.name,
        by_position=by.position,
    )
