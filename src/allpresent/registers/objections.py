"""What rooms above this one have against an amendment, such as a parent who has to be told first.

(settings.AMENDMENT_OBJECTIONS; each is asked before a mark is amended on its own page.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from allpresent.core.calendar.sessions import Session
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School

Objection = Callable[[School, RollPupil, Session, str, datetime], str]
"""School, pupil, session, the new code and the moment; why it may not be amended now, or ''."""


def objections_to(school: School, pupil: RollPupil, session: Session, code: str, *, now: datetime) -> Iterator[str]:
    """Everything that stands against a code, in words."""
    return (says for asked in _asked() if (says := asked(school, pupil, session, code, now)))


@cache
def _asked() -> tuple[Objection, ...]:
    return tuple(map(import_string, settings.AMENDMENT_OBJECTIONS))
