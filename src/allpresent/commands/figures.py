"""`allpresent figures FILE.csv`: sessions by code, added up into figures, one for each group in the file.

`--cases` prints the public cases of the arithmetic, and `--published` reads a file of what DfE published.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from allpresent.commands.columns import in_columns
from allpresent.commands.counts_csv import read_counts
from allpresent.commands.published_table import published_table
from allpresent.core.codes import code_set_on, newest_code_set
from allpresent.core.figures import Figure, one_decimal, tally
from allpresent.core.figures.cases import cases_text

PERCENTAGES = ("attendance", "absence", "authorised", "unauthorised")


def add_parser(subparsers: Any) -> None:
    """Add `figures` to the command line."""
    parser = subparsers.add_parser(
        "figures",
        description="Add up sessions by attendance code and give figures by the Department for Education's "
        "definitions, one for each group in the file.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE.csv",
        help="columns code and sessions; any other column is a grouping",
    )
    what.add_argument("--cases", action="store_true", help="print cases of the arithmetic, which any system can run")
    what.add_argument("--published", type=Path, metavar="FILE.csv", help="read a file of DfE's published figures")
    parser.add_argument("--json", action="store_true", help="exact figures as JSON; without it, a table to read")
    parser.add_argument(
        "--on",
        type=_day,
        metavar="DATE",
        default=newest_code_set().day,
        help="read the codes as on this day, as in 2023-09-11 (default: the newest codes)",
    )


def run(args: argparse.Namespace) -> int:
    """Print what was asked for. Raises CommandError where a file cannot be read."""
    if args.cases:
        print(cases_text(), end="")
    elif args.published:
        print(published_table(args.published))
    else:
        _print_figures(args)
    return 0


def _print_figures(args: argparse.Namespace) -> None:
    codes = code_set_on(args.on)
    figures = [(group, tally(counts, codes)) for group, counts in read_counts(args.file, args.on)]
    print(_as_json(figures) if args.json else _as_table(figures))


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write year, month and day, as in 2023-09-11")
    if not code_set_on(day):
        raise argparse.ArgumentTypeError(f"no codes are held for {text}; choose a later day")
    return day


def _as_json(figures: Sequence[tuple[Mapping[str, str], Figure]]) -> str:
    rows = [
        {"group": group}
        | asdict(figure)
        | {f"{name}_percent": getattr(figure, f"{name}_percent") for name in PERCENTAGES}
        for group, figure in figures
    ]
    return json.dumps(rows, indent=2)


def _as_table(figures: Sequence[tuple[Mapping[str, str], Figure]]) -> str:
    if not figures:
        return "The file has no rows below its headings, so there are no figures."
    groupings = list(figures[0][0])
    counts = list(asdict(figures[0][1]))
    headings = [
        *groupings,
        *(name.replace("_", " ") for name in counts),
        *(f"{name} %" for name in PERCENTAGES),
    ]
    rows = (_table_row(group, figure) for group, figure in figures)
    return in_columns([headings, *rows], len(groupings))


def _table_row(group: Mapping[str, str], figure: Figure) -> list[str]:
    percentages = (one_decimal(getattr(figure, name), figure.possible) for name in PERCENTAGES)
    return [
        *group.values(),
        *(f"{count:,}" for count in asdict(figure).values()),
        *(text or "-" for text in percentages),
    ]
