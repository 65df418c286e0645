"""Rows of figures from the warehouse as JSON, as CSV or as a table to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from allpresent.commands.columns import in_columns
from allpresent.core.figures import Figure, one_decimal, percent
from allpresent.core.figures.bands import BANDS

Row = dict[str, Any]
COUNTS = tuple(asdict(Figure()))
PERCENTAGES = ("attendance", "absence", "authorised", "unauthorised")
LINES = ("persistent", "severe")


def as_json(rows: Sequence[Row], by: Sequence[str]) -> str:
    """One object a row: what it is of, every count and every percentage, unrounded."""
    return json.dumps([{"of": {name: row[name] for name in by}} | _exact(row) for row in rows], indent=2, default=str)


def as_csv(rows: Sequence[Row], by: Sequence[str]) -> str:
    """The same, a line a row, with headings."""
    found = [{name: row[name] for name in by} | _exact(row) for row in rows]
    text = io.StringIO()
    if found:
        writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    return text.getvalue().rstrip("\n")


def as_table(rows: Sequence[Row], by: Sequence[str]) -> str:
    """Counts, and percentages to one decimal."""
    if not rows:
        return "There are no marks of these days, so there are no figures."
    of_enrolments = "enrolments" in rows[0]
    headings = [*by, *(name.replace("_", " ") for name in COUNTS), *(f"{name} %" for name in PERCENTAGES)]
    more = ["enrolments", *(word for name in LINES for word in (name, f"{name} %"))] if of_enrolments else []
    return in_columns([[*headings, *more], *(_cells(row, by) for row in rows)], len(by))


def _cells(row: Row, by: Sequence[str]) -> list[str]:
    figure = _figure(row)
    rates = (one_decimal(getattr(figure, name), figure.possible) for name in PERCENTAGES)
    cells = [*(str(row[name]) or "-" for name in by), *(f"{row[name]:,}" for name in COUNTS), *_or_dash(rates)]
    if "enrolments" in row:
        cells.append(f"{row['enrolments']:,}")
        for name in LINES:
            cells += [f"{row[name]:,}", *_or_dash([one_decimal(row[name], row["enrolments"])])]
    return cells


def _or_dash(rates: Iterable[str | None]) -> list[str]:
    return [rate or "-" for rate in rates]


def _exact(row: Row) -> Row:
    figure = _figure(row)
    rates = {f"{name}_percent": getattr(figure, f"{name}_percent") for name in PERCENTAGES}
    return asdict(figure) | rates | (_of_enrolments(row) if "enrolments" in row else {})


def _of_enrolments(row: Row) -> Row:
    counts = {name: row[name] for name in ("enrolments", *LINES)}
    rates = {f"{name}_percent": percent(row[name], row["enrolments"]) for name in LINES}
    return counts | rates | {f"band_{band}": row[f"band_{band}"] for band in range(BANDS)}


def _figure(row: Row) -> Figure:
    return Figure(*(row[name] for name in COUNTS))
