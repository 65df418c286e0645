"""A synthetic England, some schools at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.figures.sheet import BYTE, SLOTS, Cells, Sheet
from allpresent.simulate import reasons
from allpresent.simulate.blocks import lay
from allpresent.simulate.calibration import Floats, Ints, Phase, published
from allpresent.simulate.lateness import late
from allpresent.simulate.marks import Marks
from allpresent.simulate.pupils import PERSISTENT, SEVERE, Pupils, drawn, rates
from allpresent.simulate.schools import Schools, schools_of
from allpresent.simulate.spells import placed
from allpresent.simulate.year import the_year

LEANS = (0.2, 6.0)
HALVINGS = 24
ACTIVITIES = ("B", "K", "V", "P", "W")


class Part(NamedTuple):
    """Some schools with their pupils. `cells`: (pupils, sessions of the year), bytes as in figures/sheet.py."""

    schools: Schools
    pupils: Pupils
    first_pupil: int
    cells: Cells

    def sheet(self) -> Sheet:
        """The marks as figures count them; pupils are numbered from `first_pupil`."""
        year = AcademicYear(published()["year"])
        slots = np.array([(day - year.starts).days * 2 for day in the_year().days])
        wide = np.zeros((len(self.cells), SLOTS), np.uint8)
        wide[:, np.ravel(slots[:, None] + (0, 1))] = self.cells
        return Sheet(year, self.first_pupil + np.arange(len(self.cells)), wide)


def england(pupils: int, seed: int) -> Iterator[Part]:
    """So many invented pupils in invented schools with their marks of a year. The same seed gives the same marks."""
    start = SeedSequence(seed)
    first = 1
    for schools in schools_of(pupils, default_rng(start)):
        (child,) = start.spawn(1)
        part = _part(schools, first, default_rng(child))
        first += len(part.cells)
        yield part


def _part(schools: Schools, first_pupil: int, rng: Generator) -> Part:
    phase, pupils = schools.phase, drawn(schools, rng)
    marks = Marks(pupils)
    for code, percent in phase.not_possible.items():
        lay(marks, code, percent, marks.free.sum(axis=0), rng)
    possible = marks.free.sum(axis=0)
    _absence(phase, marks, rng)
    for code in ACTIVITIES:
        lay(marks, code, phase.codes[code], possible, rng)
    late(phase, marks, round(phase.codes["L"] / 100 * float(possible.sum())), rng)
    for half, code in enumerate("/\\"):
        marks.cells[:, half::2][marks.free[:, half::2]] = BYTE[code]
    return Part(schools, pupils, first_pupil, marks.cells)


def _absence(phase: Phase, marks: Marks, rng: Generator) -> None:
    owed = _owed(phase, marks.pupils, marks.free.sum(axis=1))
    spells, of_session = placed(phase, marks.free, owed, rng)
    letters = np.array([BYTE[code] for code in reasons.codes()], np.uint8)
    absent = of_session >= 0
    marks.cells[absent] = letters[reasons.given(phase, marks.pupils, spells, rng)][of_session[absent]]


def _owed(phase: Phase, pupils: Pupils, possible: Ints) -> Ints:
    """Sessions each pupil misses: in the band drawn, leaning within it so that all absence is the published."""
    low, high = LEANS
    wanted = phase.absence / 100 * possible.sum()
    for _ in range(HALVINGS):
        lean = (low + high) / 2
        owed = _in_band(pupils.band, rates(pupils.band, pupils.place, lean), possible)
        low, high = (lean, high) if owed.sum() > wanted else (low, lean)
    return owed


def _in_band(band: Ints, rate: Floats, possible: Ints) -> Ints:
    """Whole sessions for a rate, kept inside the band: 38 of 380 is in the third, 37 is not.

    So few may be possible that no number of them lies in the band: then it is at least on the right side of 10%.
    """
    least, most = -(-band * possible // 20), -(-(band + 1) * possible // 20) - 1
    most = np.where(band == SEVERE, possible, most)
    sessions = np.rint(rate * possible).astype(np.int64)
    few, many = np.minimum(np.maximum(sessions, least), most), np.maximum(np.minimum(sessions, most), least)
    return np.where(band < PERSISTENT, few, many)
