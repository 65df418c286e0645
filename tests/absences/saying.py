"""Messages as the office keeps them, in a line."""

from __future__ import annotations

from datetime import date, time
from itertools import count
from typing import Any

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half
from allpresent.core.settle.reasons import Reason
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_on_roll
from tests import world

_keys = count(1)


def says(
    pupil: Pupil, words: str, *, day: date, back: date | None = None, at: str = "8:12",
    replaces: Notice | None = None, **facts: Any,
) -> Notice:  # fmt: skip
    """A message told by telephone at a time of its first day."""
    told_at = london_instant(day, time.fromisoformat(f"{at:0>5}"))
    said = Said(
        day=day, says=words, told_by="Grace Adeyemi", told_at=told_at, expected_back=back,
        **{"about": "absence", "half": Half.AM, "channel": "telephone", "relation": "Mother",
           "reason": Reason.OTHER, **facts},
    )  # fmt: skip
    kept = record_notice(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, day), said=said, key=f"key {next(_keys)}",
        by=world.OFFICE, now=max(told_at, london_instant(day, time(16))), replaces=replaces.id if replaces else None,
    )  # fmt: skip
    assert isinstance(kept, Notice), kept
    return kept
