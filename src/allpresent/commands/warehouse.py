"""`allpresent warehouse build|figures`: the registers as Parquet files, and figures over them by DuckDB or Spark."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import start_django
from allpresent.commands.warehouse_rows import as_csv, as_json, as_table
from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of

INSTALL = "In the folder of the program: .venv/bin/python -m pip install --require-hashes -r requirements/{extra}.txt"
ENGINES = ("duckdb", "spark")


def add_parser(subparsers: Any) -> None:
    """Add `warehouse` to the command line."""
    parser = subparsers.add_parser("warehouse", description="The registers as Parquet files, and figures over them.")
    verbs = parser.add_subparsers(dest="verb", metavar="build|figures", required=True)
    _add_build(verbs)
    _add_figures(verbs)


def _add_build(verbs: Any) -> None:
    parser = verbs.add_parser("build", description="Write what changed since the last time, or everything.")
    _add_folder(parser, "--to")
    parser.add_argument("--year", type=_year, metavar="2026/27", help="this academic year alone")


def _add_figures(verbs: Any) -> None:
    parser = verbs.add_parser("figures", description="Figures by the Department for Education's definitions.")
    _add_folder(parser, "--in")
    parser.add_argument("--by", nargs="+", default=["school"], metavar="WHAT", help="such as school year_group")
    parser.add_argument("--year", type=_year, metavar="2026/27", help="default: this academic year, up to today")
    parser.add_argument("--first", type=date.fromisoformat, metavar="DAY", help="in place of the year's first day")
    parser.add_argument("--last", type=date.fromisoformat, metavar="DAY", help="in place of its last day, or today")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--master", default="", metavar="URL", help="of the Spark cluster, as spark://host:7077")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="exact figures as JSON; without it, a table to read")
    shape.add_argument("--csv", action="store_true", help="exact figures as CSV")


def _add_folder(parser: argparse.ArgumentParser, option: str) -> None:
    parser.add_argument(
        option, type=Path, dest="folder", metavar="FOLDER", help="default: warehouse in the data folder"
    )


def run(args: argparse.Namespace) -> int:
    """Do it. Raises CommandError where something is not installed, a folder cannot be used or a word is not known."""
    _check_installed("ibis", "warehouse", "The warehouse needs Ibis and DuckDB, which are not installed")
    start_django()
    from django.conf import settings

    folder = args.folder or settings.DATA / "warehouse"
    return _build(folder, args) if args.verb == "build" else _figures(folder, args)


def _build(folder: Path, args: argparse.Namespace) -> int:
    from allpresent.shared import clock
    from allpresent.warehouse.build import CannotBuild, build

    years = [args.year] if args.year else []
    try:
        done = build(folder, now=clock.now(), today=clock.today(), years=years, tell=_tell)
    except CannotBuild as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(
            f"cannot write in {folder} ({error.strerror}). Name a folder that you may write in."
        ) from None
    removed = f", {done.removed} removed" if done.removed else ""
    print(f"{folder}: {done.written} school years written, {done.unchanged} as they were{removed}.")
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _figures(folder: Path, args: argparse.Namespace) -> int:
    from allpresent.shared import clock
    from allpresent.warehouse.dimensions import DIMENSIONS, answer
    from allpresent.warehouse.engines import NotBuilt

    if strange := [name for name in args.by if name not in DIMENSIONS]:
        raise CommandError(f"--by does not know {', '.join(strange)}. It knows: {', '.join(DIMENSIONS)}.")
    first, last = _days(args, clock.today())
    try:
        tables = _tables(folder, args)
    except NotBuilt as error:
        raise CommandError(f"{error} Build it: allpresent warehouse build --to {folder}") from None
    rows = answer(tables, args.by, first, last).to_pyarrow().to_pylist()
    shown = as_json if args.json else as_csv if args.csv else as_table
    print(shown(rows, args.by))
    return 0


def _days(args: argparse.Namespace, today: date) -> tuple[date, date]:
    """The days asked for. Raises CommandError where the last is before the first."""
    year = args.year or academic_year_of(args.first or today)
    first = args.first or year.starts
    last = args.last or min(year.ends, today)
    if last < first:
        raise CommandError(f"the last day, {last}, is before the first, {first}")
    return first, last


def _tables(folder: Path, args: argparse.Namespace) -> Any:
    from allpresent.warehouse.engines import on_duckdb, on_spark, spark_session

    if args.engine == "duckdb":
        return on_duckdb(folder)
    _check_installed("pyspark", "spark", "Spark is not installed")
    if shutil.which("java") is None:
        raise CommandError("Spark needs Java 17 or newer, and there is no java on the PATH.")
    return on_spark(folder, spark_session(args.master))


def _check_installed(module: str, extra: str, words: str) -> None:
    if find_spec(module) is None:
        raise CommandError(f"{words}. {INSTALL.format(extra=extra)}")


def _year(text: str) -> AcademicYear:
    if re.fullmatch(r"20\d\d/\d\d", text) and AcademicYear(int(text[:4])).label == text:
        return AcademicYear(int(text[:4]))
    raise argparse.ArgumentTypeError(f"{text!r} is not an academic year; write it as 2026/27")
