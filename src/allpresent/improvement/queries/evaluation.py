"""What the school says of its attendance."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from allpresent.improvement.models import SelfEvaluation
from allpresent.schools.models import School


class Evaluation(NamedTuple):
    """The paragraph for the committee (O-B-23), with who wrote it and when (UTC)."""

    number: int
    words: str
    at: datetime
    by_name: str
    by_position: str


def evaluations_of(school: School) -> tuple[Evaluation, ...]:
    """Every version, the newest first."""
    rows = SelfEvaluation.objects.filter(school=school).order_by("-number")
    return tuple(map(Evaluation._make, rows.values_list(*Evaluation._fields)))


def self_evaluation(school: School) -> Evaluation | None:
    """What the school says now; None where nobody has written it yet."""
    return next(iter(evaluations_of(school)), None)
