"""Counting marks into a figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from allpresent.core.codes import CodeSet, code_set_on
from allpresent.core.figures.figure import Figure, total
from allpresent.core.figures.parts import parts


def tally(marks: Iterable[str] | Mapping[str, int], codes: CodeSet) -> Figure:
    """The figure of some marks, given as code letters or as a count of sessions by letter.

    Sessions with no mark are to be left out: they are in no rate. Raises UnknownCode for a letter not in
    `codes`.
    """
    counts = Counter(marks)
    for letter in counts:
        codes[letter]
    return Figure(*parts(counts.__getitem__, codes))


def tally_dated(marks: Iterable[tuple[date, str]] | Mapping[tuple[date, str], int]) -> Figure:
    """The figure of marks that span dates, as (day, letter): each mark is read with its own day's meaning.

    Raises UnknownCode for a letter that was not a code on its day.
    """
    by_period: dict[date, Counter[str]] = defaultdict(Counter)
    for (day, letter), count in Counter(marks).items():
        by_period[code_set_on(day).day][letter] += count
    return total(tally(counts, code_set_on(day)) for day, counts in by_period.items())
