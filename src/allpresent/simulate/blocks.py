"""Codes given to many pupils at once or for long, laid on whatever sessions are still free."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from allpresent.simulate.calibration import Ints, assumed
from allpresent.simulate.marks import Marks
from allpresent.simulate.pupils import Pupils
from allpresent.simulate.year import the_year

TRIES = 60


def lay(marks: Marks, code: str, percent: float, possible: Ints, rng: Generator) -> None:
    """Give a code to about so many per cent of the possible sessions, a block of sessions at a time.

    `possible`: how many sessions of each column of `marks` are possible.
    """
    how = assumed()["blocks"][code]
    days = how.get("days", len(the_year().days))
    wanted = round(percent / 100 * float(possible[: 2 * days].sum()))
    if how["of"] == "pupil":
        _to_pupils(marks, code, how, days, wanted, rng)
    else:
        _to_groups(marks, code, how, days, wanted, rng)


def _to_pupils(marks: Marks, code: str, how: dict[str, Any], days: int, wanted: int, rng: Generator) -> None:
    groups = marks.pupils.year_group
    rows = np.flatnonzero(np.isin(groups, how["years"])) if "years" in how else np.arange(len(groups))
    for _ in range(TRIES if len(rows) else 0):
        many = -(-wanted // how["sessions"])
        slot = _starts(how["sessions"], days, many, rng)[:, None] + np.arange(how["sessions"])
        row = np.repeat(rng.choice(rows, many), how["sessions"])
        wanted -= marks.give(code, row, slot.ravel(), wanted)
        if not wanted:
            return


def _starts(sessions: int, days: int, many: int, rng: Generator) -> Ints:
    """Where blocks begin: a block of a day or more in a morning."""
    return rng.integers(0, 2 * days, many) if sessions == 1 else 2 * rng.integers(0, days, many)


def _to_groups(marks: Marks, code: str, how: dict[str, Any], days: int, wanted: int, rng: Generator) -> None:
    groups = _groups(marks.pupils, how["of"])
    while wanted > 0:
        members = groups[rng.integers(len(groups))]
        if wanted < rng.random() * len(members) * how["sessions"]:
            return
        slots = 2 * rng.integers(days) + np.arange(how["sessions"])
        given = marks.give(code, np.repeat(members, len(slots)), np.tile(slots, len(members)))
        wanted -= max(1, given)


def _groups(pupils: Pupils, of: str) -> list[Ints]:
    """The rows of each school, or of each year group of each school."""
    key = pupils.school * 100 + (pupils.year_group if of == "group" else 0)
    order = np.argsort(key, kind="stable")
    return list(np.split(order, np.flatnonzero(np.diff(key[order])) + 1))
