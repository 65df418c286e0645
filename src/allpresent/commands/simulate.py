"""`allpresent simulate`: invents schools, pupils and a year of marks that land on DfE's published figures."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allpresent.commands.errors import CommandError

if TYPE_CHECKING:
    from allpresent.simulate.england import Part
    from allpresent.simulate.landing import Landing

FEWEST, MOST = 500, 10_000_000
NOTE = "invented.json"
"""Beside the files: that they are invented, and from what."""


def add_parser(subparsers: Any) -> None:
    """Add `simulate` to the command line."""
    parser = subparsers.add_parser(
        "simulate",
        description="Invent schools, pupils and the marks of a year, drawn so that attendance, reasons, persistent and "
        "severe absence, terms and weekdays land on the figures the Department for Education published for 2024/25. "
        "Nobody in it is anybody. Without --to it only says where it lands; with it, it also writes a warehouse.",
    )
    parser.add_argument("--pupils", type=_pupils, required=True, metavar="N", help="how many; all England is 8300000")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same marks; default 1")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write Parquet files here, as the warehouse has them")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Invent them, write them where asked, and say where they land. Raises CommandError where they may not go."""
    from allpresent.simulate.england import england
    from allpresent.simulate.landing import Landing

    write = _writer(args)
    landing, pupils, marks = Landing(), 0, 0
    for part in england(args.pupils, args.seed):
        landing.count(part)
        pupils, marks = pupils + len(part.cells), marks + write(part)
        print(f"{pupils:,} of {args.pupils:,} pupils, {marks:,} marks written", file=sys.stderr)
    print(report(landing))
    return 0


def _pupils(text: str) -> int:
    if not text.isdecimal() or not FEWEST <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pupils from {FEWEST} to {MOST}")
    return int(text)


def _writer(args: argparse.Namespace) -> Callable[[Part], int]:
    """What writes a part to the folder asked for, and gives how many marks it wrote."""
    if args.to is None:
        return lambda part: 0
    try:
        from allpresent.simulate.parquet import write
    except ModuleNotFoundError as error:
        raise CommandError("files need pyarrow. Install it with: pip install 'allpresent[warehouse]'") from error
    _claim(args.to, {"invented": True, "pupils": args.pupils, "seed": args.seed})

    def written(part: Part) -> int:
        try:
            return write(part, args.to)
        except OSError as error:
            raise CommandError(
                f"{args.to} could not be written to: {error.strerror}. Begin again with more room."
            ) from error

    return written


def _claim(folder: Path, what: dict[str, Any]) -> None:
    """Take an empty folder, or one with the same pupils in it. Invented marks are never put among others."""
    note = folder / NOTE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and (not note.exists() or json.loads(note.read_text()) != what):
            raise CommandError(f"{folder} already holds something else. Name an empty folder, or a new one.")
        note.write_text(json.dumps(what))
    except OSError as error:
        raise CommandError(f"{folder} cannot be written to: {error.strerror}.") from error


def report(landing: Landing) -> str:
    """What came out beside what is published, percentages of possible sessions and of pupils, as lines of text."""
    from allpresent.simulate.calibration import phases

    lines = [f"{'invented (DfE 2024/25)':<24}{'absence':<18}{'unauthorised':<18}{'persistent':<18}severe"]
    for phase in phases():
        figure, bands = landing.figures[phase.name], landing.bands_of(phase.name)
        cells = (
            _beside(figure.absence_percent, phase.absence),
            _beside(figure.unauthorised_percent, phase.unauthorised),
            _beside(bands.persistent_percent, phase.persistent),
        )
        lines.append(f"{phase.name:<24}{''.join(cells)}{bands.severe_percent or 0:.2f}")
    return "\n".join(lines)


def _beside(got: float | None, wanted: float) -> str:
    return f"{got or 0:.2f} ({wanted:.2f})".ljust(18)
