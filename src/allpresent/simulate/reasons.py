"""Why pupils are absent: a code for each spell, so that each term has the published share of every code."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from allpresent.simulate.calibration import Floats, Ints, Phase, assumed
from allpresent.simulate.pupils import LEAVING_GROUP, PERSISTENT, Pupils
from allpresent.simulate.spells import Spells
from allpresent.simulate.year import by_day, the_year

UNAUTHORISED = ("G", "U", "O", "N")
TERMS = 3
BALANCED = 25


def given(phase: Phase, pupils: Pupils, spells: Spells, rng: Generator) -> Ints:
    """The place of each spell's code among `codes()`."""
    weights = _weights(phase, pupils, spells, rng)
    term = the_year().term[spells.day]
    chosen = np.empty(len(spells.row), np.int64)
    for number in range(TERMS):
        rows = np.flatnonzero(term == number)
        likely = _balanced(weights[rows], spells.size[rows], _wanted(phase, number))
        chosen[rows] = np.sum(rng.random(len(rows))[:, None] > np.cumsum(likely, axis=1), axis=1)
    return chosen.clip(max=len(codes()) - 1)


def codes() -> tuple[str, ...]:
    """The codes of absence."""
    return tuple(assumed()["reasons"])


def _wanted(phase: Phase, term: int) -> Floats:
    """The share of all absence of a term that has each code: the year's shares, moved as the terms are."""
    year, sessions = the_year(), []
    lengths = np.bincount(year.term)
    for code in codes():
        usual = np.average(phase.terms[code], weights=lengths)
        sessions.append(phase.codes[code] * phase.terms[code][term] / usual if usual else 0.0)
    return np.array(sessions) / sum(sessions)


def _weights(phase: Phase, pupils: Pupils, spells: Spells, rng: Generator) -> Floats:
    """How readily each spell is explained by each code: (spells, codes)."""
    readily = np.array(list(assumed()["reasons"].values()))
    weights = readily[:, spells.kind].T.copy()
    for place, code in enumerate(codes()):
        weights[:, place] *= _on_days(phase, code)[spells.day]
    not_yet = pupils.year_group[spells.row] != LEAVING_GROUP
    weights[not_yet, codes().index("S")] *= 0.001
    unauthorised = [codes().index(code) for code in UNAUTHORISED]
    weights[:, unauthorised] *= _boldness(phase, pupils, rng)[spells.row, None]
    return weights


def _on_days(phase: Phase, code: str) -> Floats:
    """How much likelier than the other reasons a code is on each day, where days are published for it."""
    weeks, weekdays = ([1.0] * len(phase.weeks["absence"]), [1.0] * 5)
    if code in phase.weeks:
        weeks = np.divide(phase.weeks[code], phase.weeks["absence"]).tolist()
    if code in phase.weekdays:
        weekdays = np.divide(phase.weekdays[code], phase.weekdays["absence"]).tolist()
    return by_day(weeks, weekdays, the_year())


def _boldness(phase: Phase, pupils: Pupils, rng: Generator) -> Floats:
    """How much readier absence is called unauthorised, pupil by pupil: by school, and for the persistently absent."""
    of_school = np.exp(assumed()["boldness"] * rng.standard_normal(pupils.school[-1] + 1))
    return of_school[pupils.school] * np.where(pupils.band >= PERSISTENT, phase.unauthorised_odds, 1.0)


def _balanced(weights: Floats, sizes: Ints, wanted: Floats) -> Floats:
    """Each spell's chances of its codes, such that the sessions of all spells together come to the shares wanted."""
    factors = np.ones(weights.shape[1])
    for _ in range(BALANCED):
        likely = weights * factors
        likely /= likely.sum(axis=1, keepdims=True)
        come_to = sizes @ likely / max(1, sizes.sum())
        factors *= np.divide(wanted, come_to, out=np.zeros_like(wanted), where=come_to > 0)
    return likely
