"""Questions that were kept, as one reader may see them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from allpresent.figures.models import KeptQuestion
from allpresent.schools.models import School


class Kept(NamedTuple):
    """A kept question. `shared`: all staff who see figures have it in their list."""

    id: int
    name: str
    query: str
    shared: bool
    at: datetime
    by_id: int
    by_name: str


def kept_questions(school: School, user_id: int) -> tuple[Kept, ...]:
    """Somebody's own questions and those shared with them, by name: one query."""
    rows = KeptQuestion.objects.filter(Q(shared=True) | Q(by_id=user_id), school=school)
    return tuple(map(Kept._make, rows.values_list(*Kept._fields)))


def kept_question(school: School, user_id: int, question: int) -> Kept | None:
    """One of them; None where there is none, or it is somebody's own."""
    return next((kept for kept in kept_questions(school, user_id) if kept.id == question), None)
