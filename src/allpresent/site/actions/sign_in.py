"""Signing in a pupil who was out."""

from __future__ import annotations

from datetime import datetime

from allpresent.core.onsite import CrossingKind
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from allpresent.site.actions.gate import add, signed
from allpresent.site.models import Crossing


def sign_in(
    *, school: School, pupil: RollPupil, at: datetime, says: str, key: str, by: Signer, now: datetime
) -> Crossing | Refused:
    """Record that a pupil who was out is back in the building at `at` (UTC). It ends an incident that was open.

    The mark in force stays: where the afternoon's register has opened, the arrival is recorded there as well.
    """
    row = Crossing(
        school=school, pupil_id=pupil.id, day=at.astimezone(LONDON).date(), kind=CrossingKind.CAME_BACK.value,
        crossed_at=at, says=says, key=key,
    )  # fmt: skip
    return add(signed(row, by, now), pupil, now=now)
