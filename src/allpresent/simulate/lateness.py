"""Who comes late: some schools and some pupils far more often than others, mostly in the morning."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from allpresent.simulate.calibration import Phase, assumed
from allpresent.simulate.marks import Marks
from allpresent.simulate.year import the_year

TRIES = 30


def late(phase: Phase, marks: Marks, wanted: int, rng: Generator) -> None:
    """Mark so many of the free sessions late."""
    of = assumed()["late"]
    school = marks.pupils.school
    habit = of["school"] * rng.standard_normal(school[-1] + 1)[school] + of["pupil"] * rng.standard_normal(len(school))
    rows = np.cumsum(np.exp(habit))
    days = np.cumsum(np.array(phase.weekdays["L"])[the_year().weekday])
    for _ in range(TRIES):
        row = np.searchsorted(rows, rng.random(wanted) * rows[-1])
        day = np.searchsorted(days, rng.random(wanted) * days[-1])
        half = (rng.random(wanted) < of["afternoons"]).astype(np.int64)
        wanted -= marks.give("L", row, 2 * day + half, wanted)
        if not wanted:
            return
