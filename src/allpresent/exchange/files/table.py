"""A file of rows as text, whatever it came as."""

from __future__ import annotations

from dataclasses import dataclass

MOST_ROWS = 20_000
MOST_COLUMNS = 200


class Refused(Exception):
    """A file that is not read at all: what it is, and what to send instead."""


@dataclass(frozen=True)
class Table:
    """The headings and the rows below them, each row with its number in the file (the headings are row 1 as a rule).

    `formulas` are the (row number, column) of cells that hold a formula; what they hold is not read.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()


def build_table(numbered: list[tuple[int, tuple[str, ...]]], formulas: frozenset[tuple[int, int]]) -> Table:
    """The first row with anything in it is the headings; empty rows are passed over. Raises Refused."""
    filled = [(number, cells) for number, cells in numbered if any(cell.strip() for cell in cells)]
    if not filled:
        raise Refused("The file is empty. Export the roll again, with a row of headings and a row for each pupil.")
    (_, headings), rows = filled[0], filled[1:]
    if len(headings) > MOST_COLUMNS:
        raise Refused(f"The file has {len(headings)} columns; the most that is read is {MOST_COLUMNS}.")
    if not rows:
        raise Refused("The file has headings and no pupils below them. Export the roll again.")
    return Table(tuple(" ".join(heading.split()) for heading in headings), tuple(rows), formulas)


def too_many_rows() -> Refused:
    return Refused(f"The file has more than {MOST_ROWS:,} rows. Split it, and import one part after another.")
