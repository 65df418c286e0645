"""What was tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from allpresent.calls.lines import TryLine
from allpresent.calls.models import Try

Tries = dict[int, tuple[TryLine, ...]]
"""Tries by pupil, in the order in which they were made."""


def tries_of(pupil_ids: Iterable[int], first: date, last: date) -> Tries:
    """Everything tried about some pupils' sessions between two days, of whatever kind: one query."""
    return _by_pupil(Try.objects.filter(pupil__in=list(pupil_ids), day__gte=first, day__lte=last))


def _by_pupil(tries: QuerySet[Try]) -> Tries:
    found: Tries = {}
    for line in map(TryLine._make, tries.order_by("tried_at", "id").values_list(*TryLine._fields)):
        found[line.pupil_id] = (*found.get(line.pupil_id, ()), line)
    return found
