"""A question that somebody keeps."""

from __future__ import annotations

from allpresent.accounts.models import User
from allpresent.figures.kept_actions import keep_question
from allpresent.figures.models import KeptQuestion
from allpresent.schools.models import School
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from tests import world


def kept_by(user: User, school: School, *, name: str = "", query: str = "by=sex", shared: bool = False) -> KeptQuestion:
    by = Signer(user.id, user.name, "Head")
    kept = keep_question(
        school=school, name=name or "Girls and boys", query=query, shared=shared, by=by, now=world.BEGINNING
    )
    assert not isinstance(kept, Refused)
    return kept
