"""Evidence as other rooms read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, QuerySet

from allpresent.absences.models import Evidence
from allpresent.core.policy.policy import Policy
from allpresent.schools.models import School
from allpresent.shared.grouping import by_pupil

CONVERSATION = "conversation"
"""A talk with the parent, which may itself serve where nothing is written (O-B-7.2)."""
PERMISSION = "permission to contact the doctor"
"""A parent's consent to the school asking the doctor itself (O-B-7.3)."""


class EvidenceHeld(NamedTuple):
    """Evidence for a stretch of days; `file_name` is '' where it was seen and no copy kept. `at` is UTC."""

    id: int
    pupil_id: int
    first: date
    last: date
    kind: str
    shows: str
    given_by: str
    channel: str
    notice_id: int | None
    file_name: str
    file_path: str
    file_type: str
    file_size: int
    at: datetime
    by_name: str
    by_position: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


_WITHDRAWN = {
    "withdrawn_at": F("withdrawn__at"),
    "withdrawn_by": F("withdrawn__by_name"),
    "withdrawn_reason": F("withdrawn__reason"),
}


def evidence_of(
    pupil_ids: Collection[int], first: date, last: date, *, with_withdrawn: bool = False
) -> dict[int, tuple[EvidenceHeld, ...]]:
    """Evidence for any day between, by pupil, in the order in which it was given: one query.

    What was withdrawn is left out unless asked for. The pupils are the caller's to have found through their school.
    """
    rows = Evidence.objects.filter(pupil_id__in=pupil_ids, first__lte=last, last__gte=first)
    return by_pupil(_held(rows if with_withdrawn else rows.filter(withdrawn__isnull=True)))


def evidence_one(school: School, evidence_id: int) -> EvidenceHeld | None:
    """One piece of evidence of the school, withdrawn or not."""
    return next(iter(_held(Evidence.objects.filter(school=school, id=evidence_id))), None)


def _held(rows: QuerySet[Evidence]) -> Iterable[EvidenceHeld]:
    fields = [name for name in EvidenceHeld._fields if name not in _WITHDRAWN]
    ordered = rows.order_by("at", "id").values_list(*fields, *_WITHDRAWN.values())
    return map(EvidenceHeld._make, ordered)


def evidence_kinds(policy: Policy) -> dict[str, tuple[str, ...]]:
    """The kinds of evidence that the policy takes, each with the clauses that name it.

    A conversation and a permission to ask the doctor can always be recorded.
    """
    kinds: dict[str, tuple[str, ...]] = {}
    for rule in policy.content.evidence:
        for kind in rule.kinds:
            kinds[kind] = tuple(dict.fromkeys((*kinds.get(kind, ()), *(rule.clause or rule.source))))
    return {**kinds, CONVERSATION: kinds.get(CONVERSATION, ()), PERMISSION: kinds.get(PERMISSION, ())}
