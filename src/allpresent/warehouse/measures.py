"""DfE's figures over a table of marks, as Ibis expressions: the same for DuckDB, for Spark and for others.

Nothing is defined here. What counts as what is `core.figures.parts`, the lines through absence `core.figures.lines`:
the functions that count one pupil's week on a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, IntegerScalar, Table

from allpresent.core.codes import code_set_on, code_spans
from allpresent.core.figures import Parts, is_persistent, is_severe, parts, reaches_band
from allpresent.core.figures.bands import BANDS

COUNTS = Parts._fields
LAST_BAND = BANDS - 1


def figures(marks: Table, by: Sequence[str], first: date, last: date) -> Table:
    """The figure of the days from first to last, both included, for each value of the columns `by`, in columns of their
    own (COUNTS). Each mark is read with its day's meaning.

    `marks` has `day` and `code`, a row a session. Raises ValueError where no codes are held for any of the days.
    """
    found = [of_span(marks, by, span) for span in code_spans(first, last) if code_set_on(span[1])]
    if not found:
        raise ValueError(f"There is nothing to count by: no codes are held from {first} to {last}.")
    return found[0] if len(found) == 1 else added(ibis.union(*found), by)


def of_span(marks: Table, by: Sequence[str], span: tuple[date, date]) -> Table:
    """The same for days that share one set of codes: sessions counted by code in one reading, then added up."""
    of_days = marks.filter(marks.day.between(*span))
    counted = of_days.group_by(*by, "code").aggregate(sessions=ibis._.count())
    return from_counts(counted, by, span[1])


def from_counts(counted: Table, by: Sequence[str], day: date) -> Table:
    """Figures from a table of counts, `sessions` by `code`, read with the meanings of one day."""
    letters = parts(lambda letter: (letter,), code_set_on(day))  # the codes that each part adds up
    sums = {name: counted.sessions.sum(where=counted.code.isin(of)) for name, of in letters._asdict().items()}
    return counted.group_by(by).aggregate(**{name: total.coalesce(0) for name, total in sums.items()})


def added(some: Table, by: Sequence[str]) -> Table:
    """Figures added up to those of fewer and larger wholes."""
    return some.group_by(by).aggregate(**_sums(some))


def of_enrolments(each: Table, by: Sequence[str]) -> Table:
    """The figures of enrolments added up, and how many of them had a possible session (`enrolments`), were persistently
    and severely absent, and lie in each of DfE's bands (`band_0` to `band_10`). The unit is the enrolment, one pupil at
    one school (DfE absence statistics methodology 3.2)."""
    return each.group_by(by).aggregate(**_sums(each), **dict(_enrolments(each)))


def _sums(some: Table) -> dict[str, IntegerScalar]:
    return {name: some[name].sum().coalesce(0) for name in COUNTS}


def _enrolments(each: Table) -> Iterator[tuple[str, IntegerScalar]]:
    """How many enrolments are on which side of each line; without a possible session, none of them."""
    counted = each.possible > 0
    yield "enrolments", each.count(where=counted)
    yield "persistent", each.count(where=counted & is_persistent(each.absence, each.possible))
    yield "severe", each.count(where=counted & is_severe(each.absence, each.possible))
    for band in range(BANDS):
        yield f"band_{band}", each.count(where=counted & _in_band(each, band))


def _in_band(each: Table, band: int) -> BooleanValue:
    reached = reaches_band(each.absence, each.possible, band)
    if band == LAST_BAND:
        return reached
    return reached & ~reaches_band(each.absence, each.possible, band + 1)
