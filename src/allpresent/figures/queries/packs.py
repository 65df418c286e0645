"""Which packs were made before."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from allpresent.schools.models import School
from allpresent.shared.events import Kind
from allpresent.shared.models import Event

_LOOKED_AT = 200


class Made(NamedTuple):
    """A pack that was made: of which days, when and by whom."""

    key: str
    first: date
    last: date
    at: datetime
    by_name: str


def subject_of(school: School) -> str:
    """What the events of a school's packs are about: found by it among all other events."""
    return f"packs of school:{school.id}"


def last_packs(school: School) -> dict[str, Made]:
    """The newest pack of each kind, by its key: one query."""
    rows = Event.objects.filter(subject=subject_of(school), kind=Kind.PACK_MADE).order_by("-at")
    found: dict[str, Made] = {}
    for facts, at, by_name in rows.values_list("facts", "at", "by_name")[:_LOOKED_AT]:
        days = (date.fromisoformat(facts[name]) for name in ("first", "last"))
        found.setdefault(facts["pack"], Made(facts["pack"], *days, at, by_name))
    return found
