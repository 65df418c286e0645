"""A pupil who left without permission, and how it ended (M-4.7d)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from allpresent.core.onsite import CrossingKind
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer
from allpresent.site import queries
from allpresent.site.actions.gate import add, signed
from allpresent.site.models import Crossing


class Gone(NamedTuple):
    """When a pupil left, or was found to have left (`at`), when they were last seen on site, and by whom noticed."""

    at: datetime
    seen_at: datetime
    noticed_by: str
    says: str


class Ended(NamedTuple):
    """When and how a missing pupil was found (`back`: here again), in words."""

    at: datetime
    back: bool
    says: str


def leave_without_permission(
    *, school: School, pupil: RollPupil, gone: Gone, key: str, by: Signer, now: datetime
) -> Crossing | Refused:
    """Record that a pupil left the site. No mark hinders it: what is wrong with a mark is mended afterwards."""
    if problems := tuple(_problems(gone, now)):
        return Refused(problems)
    row = Crossing(
        school=school, pupil_id=pupil.id, day=gone.at.astimezone(LONDON).date(), kind=CrossingKind.LEFT.value,
        crossed_at=gone.at, seen_at=gone.seen_at, noticed_by=gone.noticed_by, says=gone.says, key=key,
    )  # fmt: skip
    return add(signed(row, by, now), pupil, now=now)


def _problems(gone: Gone, now: datetime) -> Iterator[Problem]:
    if gone.seen_at > gone.at:
        yield Problem("seen", "They were last seen before it was noticed that they had gone. Correct one of the times.")
    if gone.at.astimezone(LONDON).date() != now.astimezone(LONDON).date():
        yield Problem("at", "Record it on the day itself: give a time of today.")


def end_incident(
    *, school: School, pupil: RollPupil, incident: queries.Incident, ended: Ended, key: str, by: Signer, now: datetime
) -> Crossing | Refused:
    """Record that a missing pupil was found, or is back in the building. Found on a later day, it is the same story."""
    row = Crossing(
        school=school, pupil_id=pupil.id, day=incident.left.day,
        kind=CrossingKind.CAME_BACK.value if ended.back else CrossingKind.FOUND.value,
        crossed_at=ended.at, says=ended.says, key=key,
    )  # fmt: skip
    return add(signed(row, by, now), pupil, now=now)
