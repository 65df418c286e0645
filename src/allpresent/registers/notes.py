"""What rooms above this one know of a pupil on a day, such as that they were signed out (settings.REGISTER_NOTES)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from allpresent.core.calendar.sessions import Session
from allpresent.schools.models import School

Notes = dict[int, tuple[str, ...]]
"""Sentences by pupil."""
Source = Callable[[School, Session], dict[int, str]]


def notes_for(school: School, session: Session) -> Notes:
    """What stands beside each pupil in the register of a session: a query a source."""
    found: Notes = {}
    for source in _sources():
        for pupil_id, says in source(school, session).items():
            found[pupil_id] = (*found.get(pupil_id, ()), says)
    return found


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(map(import_string, settings.REGISTER_NOTES))
