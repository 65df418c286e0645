"""Sections of a pack that rooms above this one write (settings.PACK_SECTIONS)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from allpresent.figures.packs.contents import Section
from allpresent.figures.packs.facts import Facts
from allpresent.schools.models import School

Written = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A title, sentences, and the clauses that ask for it."""


def from_above(facts: Facts) -> Iterator[Section]:
    """What the school has written of itself, where it has written anything: a query a source."""
    for source in _sources():
        if written := source(facts.school):
            title, says, sources = written
            yield Section(title, says, sources=sources)


@cache
def _sources() -> tuple[Callable[[School], Written | None], ...]:
    return tuple(map(import_string, settings.PACK_SECTIONS))
