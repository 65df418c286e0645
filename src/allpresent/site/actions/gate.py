"""The one function that adds a crossing: checked against the pupil's day, and of two at once the second is told."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from allpresent.core.onsite import fault_in, standing
from allpresent.people.queries import RollPupil
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer
from allpresent.site import queries
from allpresent.site.lines import CrossingLine, as_recorded
from allpresent.site.models import Crossing

TRIES = 5
TWICE = "This form was sent before with other answers. Open a new one."
_FIELDS = {"time": "at", "order": ""}
_CONTENT = ("pupil_id", "day", "kind", "crossed_at", "with_name", "replaces_id")


def signed(row: Crossing, by: Signer, now: datetime) -> Crossing:
    """The row with who records it, and when."""
    row.at, row.by_id, row.by_name, row.by_position = now, by.user_id, by.name, by.position
    return row


def add(row: Crossing, pupil: RollPupil, *, now: datetime) -> Crossing | Refused:
    """Keep a crossing that follows from the pupil's others of that day, or say why it does not.

    The same sending again gives the row kept before. Somebody else's row, added meanwhile, is read and judged with.
    """
    for _ in range(TRIES):
        if held := Crossing.objects.filter(school_id=row.school_id, key=row.key).first():
            return held if _same(held, row) else refused("", TWICE)
        day = queries.day_of(pupil.id, row.day)
        row.number = len(day) + 1
        if refusal := _refusal(row, pupil, day, now):
            return refusal
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            row.pk = None
            continue
        return row
    raise RuntimeError(f"crossing {row.number} of pupil {pupil.id} could not be added in {TRIES} tries")


def _refusal(row: Crossing, pupil: RollPupil, day: tuple[CrossingLine, ...], now: datetime) -> Refused | None:
    if row.replaces_id and any(line.replaces_id == row.replaces_id for line in day):
        return refused("", "Somebody has corrected this already. Go back and look again.")
    others = as_recorded(day)
    new = as_recorded([*day, _line(row)])[-1]
    fault = fault_in(standing([*others, new]), now=now)
    if fault is None:
        return None
    who = _recorded_by(day) if fault.about == "order" else ""
    return refused(_FIELDS[fault.about], f"{pupil.name}: {fault.message}{who}")


def _recorded_by(day: tuple[CrossingLine, ...]) -> str:
    """Who recorded what stands last, for whoever comes second."""
    last = queries.standing_lines(day)[-1:]
    return f" Recorded by {last[0].by_name}: {last[0].in_words}." if last else ""


def _line(row: Crossing) -> CrossingLine:
    return CrossingLine._make(getattr(row, field) for field in CrossingLine._fields)


def _same(held: Crossing, row: Crossing) -> bool:
    return all(getattr(held, field) == getattr(row, field) for field in _CONTENT)
