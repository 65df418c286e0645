"""The public cases, run by the tables of a school's year: the same figures as by whole numbers."""

from collections import Counter
from datetime import date, timedelta
from functools import reduce

import numpy as np
import pytest

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.codes.letters import BYTE
from allpresent.core.figures import bands, total
from allpresent.figures.sheet import SLOTS, Sheet
from allpresent.figures.sums import sums, together
from tests.core.test_figure_cases import CASES, expected


@pytest.mark.clause("O-A-5.1", "M-1b", "M-4.1d")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_counted_from_a_sheet(case):
    figures = figures_of(case)
    assert total(figures) == expected(case)
    if "enrolments" in case["expect"]:
        assert bands(figures).persistent == case["expect"]["persistent"]
        assert bands(figures).severe == case["expect"]["severe"]


def figures_of(case):
    """The figure of each pupil of a case, by `sums` over a sheet of each academic year."""
    placed = [list(placed_marks(pupil)) for pupil in case["pupils"]]
    years = {year for marks in placed for year, *_ in marks}
    found = [sums(*sheet_and_days(year, placed), len(placed)) for year in sorted(years)]
    return reduce(together, found).figures() if found else ()


def sheet_and_days(year, placed):
    """A sheet of one year, its first and last day, and to which pupil each row belongs: a pupil may fill several."""
    marks = [(number, *mark) for number, pupil in enumerate(placed) for of, *mark in pupil if of == year]
    rows = sorted({(number, row) for number, row, _, _ in marks})
    cells = np.zeros((len(rows), SLOTS), np.uint8)
    for number, row, slot, code in marks:
        cells[rows.index((number, row)), slot] = BYTE[code]
    labels = np.array([number for number, _ in rows]).reshape(-1, 1)
    return Sheet(year, np.arange(len(rows)), cells), year.starts, year.ends, labels


def placed_marks(pupil):
    """Each mark as (year, row of the pupil, slot, code); counts fill the days from theirs on, row after row."""
    for day, half, code in pupil.get("marks", ()):
        day = date.fromisoformat(day)
        year = academic_year_of(day)
        yield year, 0, (day - year.starts).days * 2 + (half == Half.PM), code
    if "counts" in pupil:
        first = date.fromisoformat(pupil["on"])
        year = academic_year_of(first)
        start, room = (first - year.starts).days * 2, days_with_the_same_codes(first, year) * 2
        codes = [code for code, count in Counter(pupil["counts"]).items() for _ in range(count)]
        yield from ((year, n // room, start + n % room, code) for n, code in enumerate(codes))


def days_with_the_same_codes(first, year):
    days = (first + timedelta(days=n) for n in range((year.ends - first).days + 1))
    return sum(code_set_on(day) == code_set_on(first) for day in days)
