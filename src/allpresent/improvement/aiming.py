"""Each pupil of the year so far against what is aimed at, and each year group by how many are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.figures.small import limit_on, shown_table
from allpresent.core.improvement import Measure, Share, reached, share_of
from allpresent.figures.answer import Question, answered
from allpresent.figures.dimensions import YEAR_GROUPS, year_words
from allpresent.improvement.progress import counted
from allpresent.improvement.queries.targets import TargetOn, aimed_at
from allpresent.people.queries import pupils_on_roll
from allpresent.schools.models import School

SHOWN = (Measure.ATTENDANCE, Measure.PUNCTUALITY)


class Against(NamedTuple):
    """One measure of one pupil, the target that holds for them, and whether it is reached (None: no target)."""

    share: Share
    target: Decimal | None
    is_reached: bool | None


class PupilLine(NamedTuple):
    """One pupil on the roll: attendance and punctuality of the year so far."""

    id: int
    name: str
    year_group: str
    against: tuple[Against, ...]

    @property
    def is_below(self) -> bool:
        return any(one.is_reached is False for one in self.against)


class YearLine(NamedTuple):
    """How many pupils of a year group are at each target, of how many; None is withheld."""

    words: str
    counts: tuple[tuple[int | None, int | None], ...]

    @property
    def is_withheld(self) -> bool:
        return any(None in pair for pair in self.counts)


def pupils_against(school: School, targets: tuple[TargetOn, ...], today: date) -> tuple[PupilLine, ...]:
    """Everyone on the roll who had a possible session this year, by name (M-1a)."""
    question = Question(academic_year_of(today).starts, today, by=("pupil",))
    rows = {int(row.key[0].key): counted(row, today) for row in answered(school, question, today=today).rows}
    return tuple(
        PupilLine(pupil.id, pupil.name, pupil.year_group, tuple(_against(targets, pupil.year_group, rows[pupil.id])))
        for pupil in pupils_on_roll(school, today)
        if pupil.id in rows
    )


def _against(targets: tuple[TargetOn, ...], year_group: str, found) -> Iterable[Against]:
    for measure in SHOWN:
        share, target = share_of(measure, found), aimed_at(targets, measure, year_group)
        yield Against(share, target, None if target is None else reached(measure, share, target))


def year_lines(lines: Sequence[PupilLine], *, small: bool, today: date) -> tuple[YearLine, ...]:
    """Year by year and all together. `small`: small numbers are withheld, so that nobody can be told from them."""
    years = sorted({line.year_group for line in lines}, key=lambda key: YEAR_GROUPS.index(key) if key else -1)
    columns = [_column(lines, years, place, small, today) for place in range(len(SHOWN))]
    words = [*(year_words(key) if key else "No year group" for key in years), "Everyone"]
    return tuple(YearLine(name, tuple(counts)) for name, *counts in zip(words, *columns, strict=True))


def _column(
    lines: Sequence[PupilLine], years: Sequence[str], place: int, small: bool, today: date
) -> list[tuple[int | None, int | None]]:
    """(at the target, in all) of each year and of everyone, for one measure."""
    states = [[line.against[place].is_reached for line in lines if line.year_group == year] for year in years]
    counts = [[found.count(True), found.count(False)] for found in states]
    if not counts:
        return [(0, 0)]
    return [(row[0], row[2]) for row in shown_table(counts, limit_on(today) if small else 1)]
