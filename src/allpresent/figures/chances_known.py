"""What chances are worked out from: the sessions of each pupil up to a day, from the sheets of two years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.chances import RECENT_DAYS, Known
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.sheet import Sheet
from allpresent.figures.sums import rows_of, sums
from allpresent.schools.models import School

LEAST_OF_LAST_YEAR = 100
"""Possible sessions below which last year is not taken as known: a few weeks say little of a year."""

Missed = dict[int, tuple[int, int]]
"""By pupil: sessions missed, and of those possible."""


class Years(NamedTuple):
    """A school on a day, with this academic year and the one before."""

    school: School
    today: date
    now: Ground
    before: Ground


def years_of(school: School, today: date) -> Years:
    """Both years, their sheets read together."""
    this = academic_year_of(today)
    before = AcademicYear(this.first - 1)
    found = grounds_of(school, (this, before), today=today)
    return Years(school, today, found[this.first], found[before.first])


def known_on(sheet: Sheet, day: date, last_year: Mapping[int, Fraction]) -> dict[int, Known]:
    """Each pupil of the sheet as known at the end of a day. Sessions left are not counted yet: 0."""
    days = school_days(sheet, day)
    so_far = missed(sheet, sheet.year.starts, day)
    recent = missed(sheet, days[-RECENT_DAYS:][0], day) if days else so_far
    return {
        pupil_id: Known(*counts, *recent[pupil_id], 0, last_year.get(pupil_id)) for pupil_id, counts in so_far.items()
    }


def school_days(sheet: Sheet, until: date) -> list[date]:
    """The days up to one on which anybody has a mark, in order."""
    days = (sheet.session(2 * int(place)).day for place in np.unique(sheet.used // 2))
    return [day for day in days if day <= until]


def missed(sheet: Sheet, first: date, last: date) -> Missed:
    """What each pupil of the sheet missed from one day to another, both included."""
    found = sums(sheet, first, last, rows_of(sheet), len(sheet.pupil_ids)).parts
    rows = zip(sheet.pupil_ids.tolist(), found.absence.tolist(), found.possible.tolist(), strict=True)
    return {pupil_id: (absence, possible) for pupil_id, absence, possible in rows}


def shares_of(sheet: Sheet) -> dict[int, Fraction]:
    """The share of the year's possible sessions that each pupil missed, where enough is known of it."""
    return dict(_shares(missed(sheet, sheet.year.starts, sheet.year.ends)))


def _shares(of_year: Missed) -> Iterator[tuple[int, Fraction]]:
    for pupil_id, (absence, possible) in of_year.items():
        if possible >= LEAST_OF_LAST_YEAR:
            yield pupil_id, Fraction(absence, possible)
