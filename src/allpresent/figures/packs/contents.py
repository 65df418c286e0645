"""What a pack is made of, whatever it is written as: sections of sentences, tables and charts."""

from __future__ import annotations

from typing import NamedTuple

from allpresent.figures.files import Cell

WITHHELD = "withheld"


class Table(NamedTuple):
    """A table and its headings. A cell of None is said to have no figure."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Chart(NamedTuple):
    """A picture (SVG), and what it shows in words. The table of its section holds its numbers."""

    svg: str
    says: str


class Section(NamedTuple):
    """One part of a pack. `sources`: the clauses that ask for it."""

    title: str
    says: tuple[str, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    sources: tuple[str, ...] = ()


class Pack(NamedTuple):
    """A whole pack. `about`: its days; `made`: when and by whom."""

    title: str
    school: str
    about: str
    made: str
    sections: tuple[Section, ...]


def as_words(cell: Cell) -> str:
    """A cell as paper shows it: percentages to one decimal."""
    if cell is None:
        return "no figure"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def one(value: float | None) -> float | None:
    """A percentage to one decimal."""
    return None if value is None else round(value, 1)
