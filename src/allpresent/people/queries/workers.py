"""The workers who must hear before a child's name comes off the register (M-4.7f)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from allpresent.core.roll.deletion_case import Worker
from allpresent.people.models import Characteristic, Professional

Kinds = Characteristic.Kind
ROLES = {
    Professional.Kind.SOCIAL_WORKER: (Kinds.LOOKED_AFTER, Kinds.CHILD_IN_NEED, Kinds.CHILD_PROTECTION),
    Professional.Kind.YOUTH_JUSTICE: (Kinds.YOUTH_JUSTICE,),
}
"""The workers who are told first, and the characteristics that mean there is one even where none is named."""


class WorkerToTell(NamedTuple):
    """One role to be told, with the names that are held; none where only a characteristic says there is one."""

    role: str
    label: str
    names: tuple[str, ...]

    def told(self, on: date | None) -> Worker:
        return Worker(self.label.lower(), on)


def workers_of(pupil_id: int, first: date, last: date) -> tuple[WorkerToTell, ...]:
    """The roles to be told of a deletion entered on `first` for `last`: two queries."""
    spans = Q(begins__lte=last) & (Q(ends__isnull=True) | Q(ends__gte=first))
    people = Professional.objects.filter(spans, pupil_id=pupil_id, kind__in=ROLES).order_by("id")
    names: dict[str, list[str]] = {}
    for kind, name in people.values_list("kind", "name"):
        names.setdefault(kind, []).append(name)
    implied = set(Characteristic.objects.filter(spans, pupil_id=pupil_id).values_list("kind", flat=True))
    return tuple(
        WorkerToTell(role.value, role.label, tuple(names.get(role.value, ())))
        for role, signs in ROLES.items()
        if role.value in names or implied & {sign.value for sign in signs}
    )
