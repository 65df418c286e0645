"""What people suspect of making a difference, and makes none: it is in both figures, or in neither."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from allpresent.core.codes import Statistical, code_set_on
from allpresent.core.codes.letters import BYTE
from allpresent.core.figures.national import Rule
from allpresent.figures.gap import Gap
from allpresent.figures.national import LABEL
from allpresent.figures.sums import Numbers, rows_of, sums

DUAL = "D"


class Aside(NamedTuple):
    """One of them: how many sessions of which pupils."""

    title: str
    because: str
    sessions: int
    pupils: tuple[int, ...]


def asides(gap: Gap) -> tuple[Aside, ...]:
    """Those of which there are any in the days that DfE counts."""
    return tuple(aside for aside in _all(gap) if aside.pupils)


def _all(gap: Gap) -> Iterator[Aside]:
    counts = _counts(gap)
    other = [code for code in code_set_on(gap.window.last).by_class(Statistical.NOT_POSSIBLE) if code != DUAL]
    yield _of_codes(
        gap,
        counts,
        [DUAL],
        "Due at another school (D)",
        "each of two schools counts only the sessions due at it, so these are possible sessions of the other one",
    )
    yield _of_codes(
        gap,
        counts,
        other,
        f"Not possible sessions ({', '.join(other)})",
        "neither figure has them, above the line or below it",
    )
    yield _leavers(gap)


def _counts(gap: Gap) -> Numbers:
    """(pupils, letters): sessions of the window that DfE counts, by code."""
    rows = rows_of(gap.seen)
    counted = np.where(gap.rules == LABEL[Rule.COUNTED], rows, -1)
    return sums(gap.seen, gap.window.first, gap.window.last, counted, len(rows)).counts


def _of_codes(gap: Gap, counts: Numbers, letters: list[str], title: str, because: str) -> Aside:
    each = counts[:, [BYTE[letter] for letter in letters]].sum(axis=1)
    return Aside(title, because, int(each.sum()), tuple(gap.seen.pupil_ids[np.flatnonzero(each)].tolist()))


def _leavers(gap: Gap) -> Aside:
    last = gap.window.last
    ends = {pupil: [stretch.ends for stretch in one.stretches] for pupil, one in gap.enrolled.items()}
    gone = {pupil for pupil, days in ends.items() if days and all(day and day <= last for day in days)}
    possible = dict(zip(gap.seen.pupil_ids.tolist(), gap.national.parts.possible.tolist(), strict=True))
    counted = {pupil: possible[pupil] for pupil in sorted(gone) if possible[pupil]}
    because = "both figures have them up to their last day on the register"
    return Aside("Left since", because, sum(counted.values()), tuple(counted))
