"""The page of any question: its form, its answer as rows, and the same as a table for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.http import QueryDict

from allpresent.core.codes import code_set_on
from allpresent.core.figures import one_decimal
from allpresent.figures.answer import Answer, Question, Row
from allpresent.figures.asking import Asked
from allpresent.figures.dimensions import EVERY, Dimension, Value
from allpresent.figures.files import Cell
from allpresent.figures.ground import Ground, grounds_of
from allpresent.figures.shown import ShownRow, shown
from allpresent.schools.models import School

_ORDERS = {
    "name": lambda row: (),
    "absence": lambda row: (-(row.figure.absence_percent or 0),),
    "attendance": lambda row: (-(row.figure.attendance_percent or 0),),
    "unauthorised": lambda row: (-row.figure.unauthorised,),
    "late": lambda row: (-row.figure.late,),
}


MOST = 100
"""Rows that a page shows."""


class Filter(NamedTuple):
    """One select of the form: a dimension, its values, and which is chosen."""

    dimension: Dimension
    values: tuple[Value, ...]
    chosen: str


class AskPage(NamedTuple):
    """All that the page shows. `left_out`: rows that only a file holds; `query`: the address without its format;
    `listed`: the dimensions to tell apart by."""

    asked: Asked
    rows: tuple[ShownRow, ...]
    left_out: int
    total: ShownRow
    headings: tuple[str, ...]
    filters: tuple[Filter, ...]
    listed: tuple[Dimension, ...]
    query: str
    names: bool
    code_name: str


def as_shown(asked: Asked) -> Question:
    """The question as it is put: told apart pupil by pupil where pupils are to be shown."""
    return replace(asked.question, by=("pupil",)) if asked.show_pupils else asked.question


def grounds_of_question(school: School, asked: Asked, today: date) -> dict[int, Ground]:
    """The years that a question is about, read once for the answer and for the form."""
    question = asked.question
    if question.known is None:
        return grounds_of(school, question.years, today=today)
    return {year.first: Ground(school, year, today=today, known=question.known) for year in question.years}


def ask_page(
    grounds: Mapping[int, Ground],
    query: QueryDict,
    asked: Asked,
    answer: Answer,
    may: Iterable[Dimension],
    *,
    names: bool,
) -> AskPage:
    ground = grounds[max(grounds)]
    rows, total = _shown(asked, answer, names)
    listed = tuple(may)
    return AskPage(
        asked=asked,
        rows=rows[:MOST],
        left_out=len(rows[MOST:]),
        total=total,
        headings=tuple(EVERY[key].words for key in as_shown(asked).by),
        filters=tuple(_filters(ground, listed, dict(asked.question.only))),
        listed=listed,
        query=_without(query, "format"),
        names=names,
        code_name=_code_name(asked),
    )


def _shown(asked: Asked, answer: Answer, names: bool) -> tuple[tuple[ShownRow, ...], ShownRow]:
    return shown(_rows(asked, answer, names), answer.total, names=names, day=asked.question.last)


def _rows(asked: Asked, answer: Answer, names: bool) -> tuple[Row, ...]:
    if asked.show_pupils and not names:
        return ()
    rows = answer.rows
    if asked.show_pupils:
        rows = tuple(sorted(rows, key=lambda row: row.key[0].words))
        if asked.code:
            rows = tuple(sorted((row for row in rows if row.codes[asked.code]), key=lambda row: -row.codes[asked.code]))
    return tuple(sorted(rows, key=_ORDERS[asked.order]))


def _filters(ground: Ground, listed: Iterable[Dimension], chosen: Mapping[str, str]) -> Iterator[Filter]:
    for dimension in listed:
        values = dimension.cut(ground).values
        if len(values) > 1 and (dimension.key not in _OFTEN_EMPTY or ground.characteristics.get(dimension.key)):
            yield Filter(dimension, values, chosen.get(dimension.key, ""))


_OFTEN_EMPTY = {
    key
    for key, dimension in EVERY.items()
    if dimension.key not in ("year_group", "group", "sex", "pupil") and dimension.of_pupils
}


def _without(query: QueryDict, name: str) -> str:
    kept = query.copy()
    kept.pop(name, None)
    return kept.urlencode()


def _code_name(asked: Asked) -> str:
    codes = code_set_on(asked.question.last)
    return codes[asked.code].name if asked.code in codes else ""


COUNTS = ("possible", "attendance", "authorised", "unauthorised", "absence", "late")


def table(asked: Asked, answer: Answer, *, names: bool) -> Iterator[list[Cell]]:
    """The answer as rows of a file: exact counts of sessions, and percentages to one decimal."""
    headings = [EVERY[key].words for key in as_shown(asked).by] or ["All"]
    yield [
        *headings,
        *(f"{name} sessions" for name in COUNTS),
        "attendance %",
        "pupils",
        "persistently absent",
        "severely absent",
    ]
    rows, total = _shown(asked, answer, names)
    for line in (*rows, total):
        words = [value.words for value in line.row.key] or ["All", *[""] * (len(headings) - 1)]
        yield [*words, *(_cells(line) if line.open else ["withheld"] * (len(COUNTS) + 4))]


def _cells(line: ShownRow) -> list[Cell]:
    counts = [getattr(line.row.figure, name) for name in COUNTS]
    pupils = (line.pupils, line.persistent, line.severe)
    return [*counts, _percent(line.row), *("withheld" if number is None else number for number in pupils)]


def _percent(row: Row) -> float | None:
    said = one_decimal(row.figure.attendance, row.figure.possible)
    return None if said is None else float(said)
