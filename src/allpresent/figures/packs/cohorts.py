"""The sections of cohorts: year groups, classes, sex and circumstances, each beside the days before."""

from __future__ import annotations

from collections.abc import Iterator

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.figures import percent
from allpresent.figures.answer import Key, Row
from allpresent.figures.dimensions import DIMENSIONS, Dimension
from allpresent.figures.files import Cell
from allpresent.figures.packs.contents import WITHHELD, Section, Table, one
from allpresent.figures.packs.facts import Facts
from allpresent.figures.shown import ShownRow, shown

SOURCES = ("M-3.1f", "O-B-22.3-22.4")
TOLD_APART = {"year_group": "Year groups", "group": "", "sex": "Girls and boys"}
"""The dimensions that come first, and their titles; classes have the school's own word."""


def cohorts(facts: Facts) -> Iterator[Section]:
    """Year groups, classes and sex, then every circumstance that anybody is in and that this pack may tell."""
    for key, title in TOLD_APART.items():
        rows = tuple(_rows(facts, DIMENSIONS[key]))
        if len(rows) > 1:
            yield Section(
                title or f"{facts.words.group.capitalize()} by {facts.words.group}",
                (),
                Table(_headings(facts), rows),
                sources=SOURCES,
            )
    if rows := tuple(_circumstances(facts)):
        says = ("Each while it held. Beside these are all the others, of whom nothing is listed here.",)
        yield Section("Circumstances", says, Table(_headings(facts), rows), sources=SOURCES)


def _headings(facts: Facts) -> tuple[str, ...]:
    return (
        "",
        "Attendance, year so far %",
        "These days %",
        f"{facts.before.words} %",
        facts.words.pupils.capitalize(),
        "Persistently absent",
        "of them %",
        "Severely absent",
    )


def _circumstances(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    held = facts.grounds[academic_year_of(facts.last).first].characteristics
    for dimension in DIMENSIONS.values():
        if dimension.key in held and (facts.kind.restricted or not dimension.restricted):
            yield from (row for row in _rows(facts, dimension, only="yes"))


def _rows(facts: Facts, dimension: Dimension, only: str = "") -> Iterator[tuple[Cell, ...]]:
    days, before, _, year = facts.spans
    answer = facts.ask(year, dimension.key)
    lines, _ = shown(answer.rows, answer.total, names=facts.kind.names, day=facts.last)
    earlier = [{row.key: row for row in facts.ask(span, dimension.key).rows} for span in (days, before)]
    for line in lines:
        if only in ("", line.row.key[0].key):
            yield _cells(line, [rows.get(line.row.key) for rows in earlier])


def _cells(line: ShownRow, earlier: list[Row | None]) -> tuple[Cell, ...]:
    key: Key = line.row.key
    if not line.open:
        return (key[0].words, *[WITHHELD] * 7)
    rates = [line.row, *earlier]
    share = None if line.persistent is None or line.pupils is None else one(percent(line.persistent, line.pupils))
    return (
        key[0].words,
        *(one(row.figure.attendance_percent) if row else None for row in rates),
        *(WITHHELD if cell is None else cell for cell in (line.pupils, line.persistent, share, line.severe)),
    )
