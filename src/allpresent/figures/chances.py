"""The chances of a school's pupils, worked out from its sheets of marks each time they are looked at: kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.chances import Known, Model, Next, Standing, next_weeks, standing
from allpresent.core.roll.expected import parse_halves
from allpresent.figures.chances_known import Years, known_on, shares_of
from allpresent.people.queries import RollPupil, pupils_on_roll

UNKNOWN = Known(0, 0, 0, 0, 0)


class Chance(NamedTuple):
    """One pupil. `chance`, 0 to 1, and what the next weeks would change: only where the end is still open."""

    pupil: RollPupil
    known: Known
    standing: Standing
    chance: float | None = None
    coming: Next | None = None


def chances_of(years: Years, model: Model) -> tuple[Chance, ...]:
    """Every pupil on the roll, by name. It asks no more often for a thousand than for one."""
    known = known_on(years.now.sheet, years.today, shares_of(years.before.sheet))
    sessions = years.now.calendar.sessions_between(years.today + timedelta(days=1), years.now.year.ends)
    pupils = pupils_on_roll(years.school, years.today)
    left = {pattern: _left(sessions, pattern) for pattern in {pupil.pattern for pupil in pupils}}
    return tuple(
        _chance(model, pupil, replace(known.get(pupil.id, UNKNOWN), left=left[pupil.pattern])) for pupil in pupils
    )


def _left(sessions: Sequence[Session], pattern: str) -> int:
    """How many of the sessions left a pupil is expected at, who comes by a pattern; '' is always."""
    halves = parse_halves(pattern)
    return sum(1 for one in sessions if not pattern or (one.day.weekday(), one.half) in halves)


def _chance(model: Model, pupil: RollPupil, known: Known) -> Chance:
    is_open = standing(known) is Standing.OPEN
    if not is_open:
        return Chance(pupil, known, standing(known))
    return Chance(pupil, known, Standing.OPEN, model.chance(known), next_weeks(model, known))
