"""Recording events. The kinds are listed in docs/reference/events.md; a test holds that page to this list."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from allpresent.shared.models import Event
from allpresent.shared.signer import Signer


class Kind(StrEnum):
    """What can be recorded."""

    ROLL_IMPORTED = "roll imported"
    PUPIL_ADDED = "pupil added to the admission register"
    PUPIL_DELETED = "name deleted from the admission register"
    ROLL_AMENDED = "admission register amended"
    PUPIL_VIEWED = "pupil's page opened"
    CONTACT_CHANGED = "contact changed"
    GROUP_CHANGED = "pupil moved to another group"
    POLICY_LOADED = "policy loaded"
    CALENDAR_CHANGED = "calendar changed"
    SCHOOL_CLOSED = "school closed unexpectedly"
    ABSENCE_PLANNED = "absence planned"
    EVIDENCE_OPENED = "copy of evidence opened"
    STAFF_CHANGED = "staff appointment changed"
    PROVIDER_CHANGED = "provider changed"
    FAMILY_ACCOUNT = "parent's account made"
    PACK_MADE = "pack of figures made"


def record_event(
    kind: Kind, *, by: Signer, at: datetime, school_id: int | None = None, subject: str = "", **facts: Any
) -> Event:
    """Add one event. `subject` is 'pupil:17' and the like; `facts` must be plain JSON values."""
    return Event.objects.create(
        kind=kind.value,
        at=at,
        by_id=by.user_id,
        by_name=by.name,
        by_position=by.position,
        school_id=school_id,
        subject=subject,
        facts=facts,
    )
