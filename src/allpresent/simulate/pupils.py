"""The pupils of some schools: year group, time on roll and own rate of absence, this year and last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from allpresent.simulate.calibration import Floats, Ints, Phase, assumed, published
from allpresent.simulate.schools import Schools
from allpresent.simulate.year import the_year

LEAVING_GROUP = 11
LAST_HALF_TERM_OF_LEAVERS = 4
SEVERE = 10
PERSISTENT = 2


class Pupils(NamedTuple):
    """Columns, one value a pupil. `place`: standing in the own band, 0 to 1; `first`, `after`: days on roll."""

    school: Ints
    year_group: Ints
    band: Ints
    place: Floats
    last_year: Floats
    first: Ints
    after: Ints


def drawn(schools: Schools, rng: Generator) -> Pupils:
    """Pupils whose bands of absence are the published ones, year group by year group, and alike within a school."""
    school = np.repeat(np.arange(len(schools.sizes)), schools.sizes)
    year_group = _year_groups(schools, rng)
    standing = _standing(school, rng)
    kept = assumed()["year_to_year"]
    before = kept * standing + np.sqrt(1 - kept**2) * rng.standard_normal(len(school))
    band, place = _in_bands(schools.phase, year_group, standing)
    last_band, last_place = _in_bands(schools.phase, year_group, before)
    first, after = _on_roll(schools.phase, year_group, band, rng)
    return Pupils(school, year_group, band, place, rates(last_band, last_place, 1.0), first, after)


def rates(band: Ints, place: Floats, lean: float) -> Floats:
    """Own rates of absence, 0 to 1. `lean`: how far rates lie towards the lower end of each band; 1 is even."""
    return np.where(band == SEVERE, 0.5 + 0.48 * place, 0.05 * (band + place**lean))


def _year_groups(schools: Schools, rng: Generator) -> Ints:
    """Each school's pupils shared among the year groups of its phase."""
    ends = np.cumsum(schools.phase.enrolments)
    ends[-1] = 1
    found = [np.searchsorted(ends, (np.arange(size) + rng.random()) / size) for size in schools.sizes]
    return schools.phase.year_groups[np.concatenate(found)]


def _standing(school: Ints, rng: Generator) -> Floats:
    """Each pupil's standing among all, higher with more absence: partly the school's, mostly the pupil's own."""
    alike = assumed()["alike"]
    of_schools = rng.standard_normal(school[-1] + 1)
    return np.sqrt(alike) * of_schools[school] + np.sqrt(1 - alike) * rng.standard_normal(len(school))


def _in_bands(phase: Phase, year_group: Ints, standing: Floats) -> tuple[Ints, Floats]:
    """The band of each pupil, and the place in it: by rank in the year group, so that every band has its share."""
    band, place = np.empty(len(standing), np.int64), np.empty(len(standing))
    for group, shares in zip(phase.year_groups, phase.bands, strict=True):
        rows = np.flatnonzero(year_group == group)
        ranks = np.empty(len(rows))
        ranks[np.argsort(standing[rows])] = (np.arange(len(rows)) + 0.5) / max(1, len(rows))
        ends = np.cumsum(shares)
        band[rows] = np.minimum(np.searchsorted(ends, ranks), SEVERE)
        place[rows] = np.clip((ranks - (ends - shares)[band[rows]]) / shares[band[rows]], 0, 1)
    return band, place


def _on_roll(phase: Phase, year_group: Ints, band: Ints, rng: Generator) -> tuple[Ints, Ints]:
    """The first day on roll, and the day after the last: some come late, some leave early, Year 11 before the end."""
    year = the_year()
    first, after = np.zeros(len(band), np.int64), np.full(len(band), len(year.days))
    after[year_group == LEAVING_GROUP] = np.sum(year.half_term <= LAST_HALF_TERM_OF_LEAVERS)
    stay, chance = _stays(phase, band, after.mean() / len(year.days), rng)
    part = rng.random(len(band)) < chance
    days = np.maximum(1, np.rint(stay * after)).astype(np.int64)
    late = part & (rng.random(len(band)) < 0.5)
    return np.where(late, after - days, first), np.where(part & ~late, days, after)


def _stays(phase: Phase, band: Ints, whole: float, rng: Generator) -> tuple[Floats, Floats]:
    """Each pupil's share of the year, if only a part; and how likely that is, so that DfE's mean sessions come out."""
    full = published()["possible"] * whole
    few, many = (min(1.0, sessions / full) for sessions in phase.possible)
    means = np.full(SEVERE + 1, many)
    means[:PERSISTENT], means[SEVERE] = few, assumed()["severe_stay"][phase.name]
    chance = np.minimum(1, 2 * (1 - means))
    longest = np.where(chance < 1, 1, 2 * means)
    return (rng.random(len(band)) * longest[band]), chance[band]
