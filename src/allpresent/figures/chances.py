"""The chances of a school's pupils, worked out from its sheets of marks each time they are looked at: kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.chances import RECENT_DAYS, Known, Model, Next, Standing, next_weeks, standing
from allpresent.core.roll.expected import parse_halves
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.sheet import Sheet
from allpresent.figures.sums import rows_of, sums
from allpresent.people.queries import RollPupil, pupils_on_roll
from allpresent.schools.models import School

LEAST_OF_LAST_YEAR = 100
"""Possible sessions below which last year is not taken as known: a few weeks say little of a year."""

Missed = dict[int, tuple[int, int]]
"""By pupil: sessions missed, and of those possible."""


class Chance(NamedTuple):
    """One pupil. `chance`, 0 to 1, and what the next weeks would change: only where the end is still open."""

    pupil: RollPupil
    known: Known
    standing: Standing
    chance: float | None = None
    coming: Next | None = None


class Year(NamedTuple):
    """What chances are counted over: the year up to today, the recent days from `recent` on, the sessions left."""

    of: AcademicYear
    today: date
    recent: date
    left: tuple[Session, ...]


def chances_of(school: School, model: Model, *, today: date) -> tuple[Chance, ...]:
    """Every pupil on the roll, by name. It asks no more often for a thousand than for one."""
    this = academic_year_of(today)
    before = AcademicYear(this.first - 1)
    grounds = grounds_of(school, (this, before), today=today)
    year = _year(grounds[this.first], today)
    known = _known(year, grounds[this.first].sheet, grounds[before.first].sheet)
    never = Known(0, 0, 0, 0, 0)
    pupils = pupils_on_roll(school, today)
    left = {pattern: _left(year.left, pattern) for pattern in {pupil.pattern for pupil in pupils}}
    return tuple(
        _chance(model, pupil, replace(known.get(pupil.id, never), left=left[pupil.pattern])) for pupil in pupils
    )


def _left(sessions: Sequence[Session], pattern: str) -> int:
    """How many of the sessions left a pupil is expected at, who comes by a pattern; '' is always."""
    halves = parse_halves(pattern)
    return sum(1 for one in sessions if not pattern or (one.day.weekday(), one.half) in halves)


def _year(ground: Ground, today: date) -> Year:
    calendar, year = ground.calendar, ground.year
    recent = calendar.previous_school_days(today + timedelta(days=1), RECENT_DAYS)
    left = calendar.sessions_between(today + timedelta(days=1), year.ends)
    return Year(year, today, max(min(recent, default=today), year.starts), left)


def _known(year: Year, now: Sheet, before: Sheet) -> dict[int, Known]:
    """The sessions of each pupil of the sheet; those left are not counted yet."""
    so_far, recent = _missed(now, year.of.starts, year.today), _missed(now, year.recent, year.today)
    last = dict(_shares(_missed(before, before.year.starts, before.year.ends)))
    return {
        pupil_id: Known(missed, possible, *recent[pupil_id], 0, last.get(pupil_id))
        for pupil_id, (missed, possible) in so_far.items()
    }


def _missed(sheet: Sheet, first: date, last: date) -> Missed:
    found = sums(sheet, first, last, rows_of(sheet), len(sheet.pupil_ids)).parts
    rows = zip(sheet.pupil_ids.tolist(), found.absence.tolist(), found.possible.tolist(), strict=True)
    return {pupil_id: (absence, possible) for pupil_id, absence, possible in rows}


def _shares(missed: Missed) -> Iterator[tuple[int, Fraction]]:
    for pupil_id, (absence, possible) in missed.items():
        if possible >= LEAST_OF_LAST_YEAR:
            yield pupil_id, Fraction(absence, possible)


def _chance(model: Model, pupil: RollPupil, known: Known) -> Chance:
    is_open = standing(known) is Standing.OPEN
    if not is_open:
        return Chance(pupil, known, standing(known))
    return Chance(pupil, known, Standing.OPEN, model.chance(known), next_weeks(model, known))
