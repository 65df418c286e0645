"""When each pupil came over a line and went back, from who was over it on each day that was looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of


class Spell(NamedTuple):
    """From the first day looked at on which a pupil was over the line, to the last one running, both included."""

    first: date
    last: date


def spells(days: Iterable[tuple[date, Collection[int]]]) -> dict[int, tuple[Spell, ...]]:
    """The spells of each pupil, in order; a new academic year begins a new one.

    `days`: in order, each with the pupils who were over the line on it.
    """
    found: dict[int, list[Spell]] = {}
    since: dict[int, date] = {}
    before: date | None = None
    for day, pupils in days:
        now = set(pupils)
        if before:
            ended = since.keys() - now if academic_year_of(before) == academic_year_of(day) else set(since)
            _end(found, since, ended, before)
        since |= dict.fromkeys(now - since.keys(), day)
        before = day
    if before:
        _end(found, since, set(since), before)
    return {pupil: tuple(held) for pupil, held in found.items()}


def _end(found: dict[int, list[Spell]], since: dict[int, date], pupils: Iterable[int], last: date) -> None:
    for pupil in pupils:
        found.setdefault(pupil, []).append(Spell(since.pop(pupil), last))


def first_days(found: Mapping[int, Iterable[Spell]]) -> dict[AcademicYear, dict[int, date]]:
    """The day on which each pupil was first over the line, in each academic year: a ladder begins anew with a year."""
    years: dict[AcademicYear, dict[int, date]] = {}
    for pupil, held in found.items():
        for spell in held:
            years.setdefault(academic_year_of(spell.first), {}).setdefault(pupil, spell.first)
    return years
