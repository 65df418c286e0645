"""When pupils are absent: spells of a half day, a day or longer, until each has missed what is owed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from allpresent.simulate.calibration import Floats, Ints, Phase, assumed
from allpresent.simulate.year import Year, by_day, the_year

Free = NDArray[np.bool_]
Numbers = NDArray[np.int32]

MORNING, AFTERNOON, DAY, LONG = range(4)
HALF_TERMS = 6
ROUNDS = 90
WEEKS_BEFORE_HALF_TERM = 7
BALANCED = 8


class Spells(NamedTuple):
    """Columns, one value a spell: the pupil's row, its kind, its first day, its sessions."""

    row: Ints
    kind: Ints
    day: Ints
    size: Ints


def placed(phase: Phase, free: Free, owed: Ints, rng: Generator) -> tuple[Spells, Numbers]:
    """Spells for every pupil, and for each session the number of the spell it is in, -1 for none.

    `free`: (pupils, sessions), where absence may lie; becomes false where it does. `owed`: sessions each is to miss.
    """
    when = _When(phase, _half_terms(phase, free, owed, rng))
    owed, of_session, rounds = owed.copy(), np.full(free.shape, -1, np.int32), []
    number = 0
    for _ in range(ROUNDS):
        rows = np.flatnonzero(owed > 0)
        if not len(rows):
            break
        spells = _one_each(when, rows, owed[rows], rng)
        sizes = _laid(spells, free, of_session, number)
        owed[rows] -= sizes
        rounds.append(spells._replace(size=sizes))
        number += len(rows)
    rounds.append(_the_rest(free, owed, of_session, number, rng))
    return Spells(*map(np.concatenate, zip(*rounds, strict=True))), of_session


class _When:
    """How likely each day is to be the first of a spell: by the pupil's own half-terms, then within them."""

    def __init__(self, phase: Phase, half_terms: Floats) -> None:
        year = the_year()
        self.half_terms = np.cumsum(half_terms, axis=1)
        self.long = _ends(by_day(phase.weeks["absence"], [1.0] * 5, year), year)
        self.short = _ends(by_day(phase.weeks["absence"], _steeper(phase), year), year)

    def days(self, rows: Ints, long: NDArray[np.bool_], rng: Generator) -> Ints:
        half_term = np.sum(rng.random(len(rows))[:, None] > self.half_terms[rows], axis=1).clip(max=HALF_TERMS - 1)
        at = half_term + rng.random(len(rows))
        day = np.where(long, np.searchsorted(self.long, at), np.searchsorted(self.short, at))
        return day.clip(max=len(self.long) - 1)


def _steeper(phase: Phase) -> list[float]:
    """Weekdays for short spells: longer ones lie over all alike, so short ones carry the whole difference."""
    weekdays = np.array(phase.weekdays["absence"])
    share = weekdays / weekdays.mean()
    return (1 + (share - 1) / assumed()["short"][phase.name]).tolist()


def _ends(weights: Floats, year: Year) -> Floats:
    """Weights of days summed up so that each half-term takes exactly 1."""
    totals = np.bincount(year.half_term, weights)
    return np.cumsum(weights / totals[year.half_term])


def _half_terms(phase: Phase, free: Free, owed: Ints, rng: Generator) -> Floats:
    """Each pupil's share of absence by half-term: (pupils, 6). It drifts; all together it is the published terms'."""
    year = the_year()
    starts = 2 * np.searchsorted(year.half_term, np.arange(HALF_TERMS))
    possible = np.add.reduceat(free, starts, axis=1, dtype=np.int64).astype(np.float64)
    steps = assumed()["drift"] * rng.standard_normal((len(free), HALF_TERMS))
    share = possible * np.exp(np.cumsum(steps, axis=1)) + 1e-9
    wanted = possible.sum(axis=0) * _published(phase)
    for _ in range(BALANCED):
        share /= share.sum(axis=1, keepdims=True)
        share *= wanted / wanted.sum() * owed.sum() / (owed @ share)
    return share / share.sum(axis=1, keepdims=True)


def _published(phase: Phase) -> Floats:
    """Absence in each half-term: the terms', the two halves of autumn as far apart as their weeks."""
    rates = np.repeat(phase.terms["absence"], 2)
    weeks = phase.weeks["absence"]
    halves = np.array([np.mean(weeks[:WEEKS_BEFORE_HALF_TERM]), np.mean(weeks[WEEKS_BEFORE_HALF_TERM:])])
    rates[:2] *= halves / halves.mean()
    return rates


def _one_each(when: _When, rows: Ints, owed: Ints, rng: Generator) -> Spells:
    half, day, _ = assumed()["spells"]["shares"]
    drawn = rng.random(len(rows))
    kind = np.where(drawn < half, MORNING, np.where(drawn < half + day, DAY, LONG))
    kind[owed == 1] = MORNING
    first = when.days(rows, kind == LONG, rng)
    afternoons = np.array(assumed()["spells"]["afternoons"])[the_year().weekday[first]]
    kind[(kind == MORNING) & (rng.random(len(rows)) < afternoons)] = AFTERNOON
    longer = 2 * (1 + rng.geometric(1 / np.clip(owed / 16, 1.5, 10)))
    size = np.where(kind == LONG, longer, np.where(kind == DAY, 2, 1))
    return Spells(rows, kind, first, np.minimum(size, owed))


def _laid(spells: Spells, free: Free, of_session: Numbers, number: int) -> Ints:
    """Lay a spell of each pupil where the sessions are free. Gives how many sessions each took."""
    which = np.repeat(np.arange(len(spells.row)), spells.size)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(spells.size) - spells.size, spells.size)
    slot = (2 * spells.day + (spells.kind == AFTERNOON))[which] + offset
    inside = slot < free.shape[1]
    which, slot = which[inside], slot[inside]
    fits = free[spells.row[which], slot]
    which, slot = which[fits], slot[fits]
    row = spells.row[which]
    free[row, slot], of_session[row, slot] = False, number + which
    return np.bincount(which, minlength=len(spells.row))


def _the_rest(free: Free, owed: Ints, of_session: Numbers, number: int, rng: Generator) -> Spells:
    """What is still owed after all the rounds, by the few who miss nearly everything: sessions anywhere."""
    rows = np.flatnonzero(owed > 0)
    for place, row in enumerate(rows):
        left = np.flatnonzero(free[row])
        slots = rng.choice(left, min(owed[row], len(left)), replace=False)
        free[row, slots], of_session[row, slots] = False, number + place
    return Spells(rows, np.full(len(rows), LONG), rng.integers(0, len(the_year().days), len(rows)), owed[rows])
