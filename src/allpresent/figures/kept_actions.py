"""Keeping a question under a name, and letting it go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from allpresent.figures.models import KeptQuestion
from allpresent.schools.models import School
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer


@transaction.atomic
def keep_question(
    *, school: School, name: str, query: str, shared: bool, by: Signer, now: datetime
) -> KeptQuestion | Refused:
    """Keep a question. The same one sent again changes nothing; another one under a name of one's own is refused."""
    said = {"query": query, "shared": shared, "at": now, "by_name": by.name, "by_position": by.position}
    kept, new = KeptQuestion.objects.get_or_create(school=school, by_id=by.user_id, name=name, defaults=said)
    if new or (kept.query, kept.shared) == (query, shared):
        return kept
    return refused("name", f"You keep another question as “{name}”. Give this one another name.")


def let_go(*, school: School, question: int) -> None:
    """Keep a question no longer. One that is gone already changes nothing."""
    KeptQuestion.objects.filter(school=school, id=question).delete()
