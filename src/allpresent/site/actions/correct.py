"""Correcting a crossing: the older row stays, the newer holds."""

from __future__ import annotations

from datetime import datetime

from allpresent.core.onsite import CrossingKind
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer
from allpresent.site.actions.gate import add, signed
from allpresent.site.lines import CrossingLine
from allpresent.site.models import Crossing

_CARRIED = (
    "pupil_id", "day", "kind", "why", "says", "with_name", "with_relation", "contact_id", "confirmed_by",
    "confirmed_how", "agreed_by", "expected_back_at", "seen_at", "noticed_by",
)  # fmt: skip


def correct_crossing(
    *, school: School, pupil: RollPupil, older: CrossingLine, at: datetime | None, reason: str, key: str, by: Signer,
    now: datetime,
) -> Crossing | Refused:  # fmt: skip
    """Give a crossing another time (`at`, UTC), or say that it did not happen (`at` None). Both need a reason.

    Refused where the day would not hang together: who never went out cannot have come back.
    """
    if not any(letter.isalnum() for letter in reason):
        return refused("reason", "Say why it is corrected. It stays beside the crossing.")
    row = Crossing(school=school, crossed_at=at or older.crossed_at, replaces_id=older.id, reason=reason, key=key)
    for field in _CARRIED:
        setattr(row, field, getattr(older, field))
    if at is None:
        row.kind = CrossingKind.MISTAKE.value
    return add(signed(row, by, now), pupil, now=now)
