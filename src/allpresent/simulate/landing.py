"""Where a synthetic England lands beside the published one: figures and bands by phase and by year group."""

from __future__ import annotations

from collections import defaultdict

from allpresent.core.calendar.academic_year import AcademicYear
from allpresent.core.figures import Bands, Figure, bands
from allpresent.core.figures.bands import BANDS
from allpresent.figures.sums import rows_of, sums
from allpresent.simulate.calibration import published
from allpresent.simulate.england import Part

NOBODY = Bands((0,) * BANDS)


class Landing:
    """Figures added up part by part. `bands` are by phase and year group; every enrolment is counted once."""

    def __init__(self) -> None:
        self.figures: dict[str, Figure] = defaultdict(Figure)
        self.bands: dict[tuple[str, int], Bands] = defaultdict(lambda: NOBODY)

    def count(self, part: Part) -> None:
        """Add some schools."""
        phase, sheet = part.schools.phase.name, part.sheet()
        year = AcademicYear(published()["year"])
        own = sums(sheet, year.starts, year.ends, rows_of(sheet), len(part.cells)).figures()
        self.figures[phase] = sum(own, start=self.figures[phase])
        by_group = defaultdict(list)
        for group, figure in zip(part.pupils.year_group.tolist(), own, strict=True):
            by_group[group].append(figure)
        for group, figures in by_group.items():
            self.bands[phase, group] = together([self.bands[phase, group], bands(figures)])

    def bands_of(self, phase: str = "", group: int = 0) -> Bands:
        """The bands of a phase, of a year group in every phase, or of all."""
        chosen = [found for (of, year), found in self.bands.items() if phase in ("", of) and group in (0, year)]
        return together(chosen)


def together(some: list[Bands]) -> Bands:
    """Bands of more and larger wholes, added up."""
    return Bands(tuple(map(sum, zip(*(one.counts for one in [NOBODY, *some]), strict=True))))
