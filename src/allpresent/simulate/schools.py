"""The schools of a synthetic England: how many of each phase, and how large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from allpresent.simulate.calibration import Ints, Phase, phases

PERCENTILES = (0, 5, 10, 25, 50, 75, 90, 95, 100)
SMALLEST = 0.5
"""The smallest school has half the pupils of the fifth percentile."""
BATCH = 20_000


class Schools(NamedTuple):
    """Some schools of one phase. `first`: the number of the first of them; `sizes`: pupils of each."""

    phase: Phase
    first: int
    sizes: Ints


def schools_of(pupils: int, rng: Generator) -> Iterator[Schools]:
    """Schools for so many pupils, in batches of one phase and about BATCH pupils each."""
    number = 1
    for phase, share in zip(phases(), _shared_out(pupils, [phase.pupils for phase in phases()]), strict=True):
        sizes = _sizes(phase, share, rng)
        for batch in _batches(sizes):
            yield Schools(phase, number, batch)
            number += len(batch)


def _shared_out(whole: int, parts: list[int]) -> Ints:
    """A whole number in whole numbers, in proportion to `parts`."""
    ends = np.rint(whole * np.cumsum(parts) / sum(parts)).astype(np.int64)
    return np.diff(ends, prepend=0)


def _sizes(phase: Phase, pupils: int, rng: Generator) -> Ints:
    """As many schools as so many pupils fill, their sizes spread as DfE's are and adding up to the pupils."""
    many = max(1, round(pupils * phase.schools / phase.pupils))
    known = np.log([phase.sizes[0] * SMALLEST, *phase.sizes])
    places = 100 * rng.permutation(np.arange(many) + 0.5) / many
    sizes = np.exp(np.interp(places, PERCENTILES, known))
    return _shared_out(pupils, (1_000 * sizes).astype(np.int64).tolist())


def _batches(sizes: Ints) -> list[Ints]:
    ends = np.cumsum(sizes)
    cuts = np.flatnonzero(np.diff(ends // BATCH)) + 1
    return [batch for batch in np.split(sizes, cuts) if batch.sum()]
