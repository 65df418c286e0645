"""What was tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allpresent.calls.lines import TryLine
from allpresent.calls.models import Try
from allpresent.shared.grouping import by_pupil

Tries = dict[int, tuple[TryLine, ...]]
"""Tries by pupil, in the order in which they were made."""


def tries_of(pupil_ids: Iterable[int], first: date, last: date) -> Tries:
    """Everything tried about some pupils' sessions between two days, of whatever kind: one query."""
    rows = Try.objects.filter(pupil__in=list(pupil_ids), day__gte=first, day__lte=last).order_by("tried_at", "id")
    return by_pupil(map(TryLine._make, rows.values_list(*TryLine._fields)))
