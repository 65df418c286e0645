"""Every published figure that is held: each file in this folder, found by its name's ending alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from allpresent.core.figures.published.reading import read_publication
from allpresent.core.figures.published.record import ENGLAND, Kind, Phase, Published


def all_published(phase: Phase, *, area: str = ENGLAND) -> tuple[Published, ...]:
    """What is held of a phase in an area, by first day and then by day of publication; empty where nothing is.

    `area`: England, a region, or a local authority by its name or its three-digit code.
    """
    return _index().get((area.casefold(), phase), ())


def published(phase: Phase, starts: date, ends: date | None = None, *, area: str = ENGLAND) -> Published | None:
    """The figure of exactly these days (`ends` None: of one day), as last published; None where it is not held."""
    last = ends or starts
    found = [one for one in all_published(phase, area=area) if (one.starts, one.ends) == (starts, last)]
    return found[-1] if found else None


def newest(phase: Phase, kind: Kind, by: date, *, area: str = ENGLAND) -> Published | None:
    """The latest figure of a kind that had been published by a day, itself included; None where there was none."""
    held = all_published(phase, area=area)
    found = [one for one in held if one.kind is kind and one.publication.published <= by]
    return max(found, key=lambda one: (one.ends, one.publication.published), default=None)


@cache
def _index() -> dict[tuple[str, Phase], tuple[Published, ...]]:
    found: dict[tuple[str, Phase], list[Published]] = {}
    for one in _read():
        for key in {one.area.casefold(), one.la_code or one.area.casefold()}:
            found.setdefault((key, one.phase), []).append(one)
    order = {key: sorted(rows, key=lambda one: (one.starts, one.publication.published)) for key, rows in found.items()}
    return {key: tuple(rows) for key, rows in order.items()}


def _read() -> tuple[Published, ...]:
    found = (file for file in files(__package__).iterdir() if file.name.endswith(".csv"))
    texts = [file.read_text("utf-8") for file in sorted(found, key=lambda file: file.name)]
    return tuple(one for text in texts for one in read_publication(text))
