"""`allpresent demo`: makes the demonstration trust in an empty data folder, or brings it up to the day."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import make_tables, start_django
from allpresent.shared.clock import BadMoment, read_moment

if TYPE_CHECKING:
    from allpresent.demo.moment import Shown


def add_parser(subparsers: Any) -> None:
    """Add `demo` to the command line."""
    parser = subparsers.add_parser(
        "demo",
        description="Make the demonstration trust in the data folder (ALLPRESENT_DATA), or bring it up to the day. "
        "Every child in it is invented. make run does this and starts the server too.",
    )
    add_now(parser)
    parser.set_defaults(run=run)


def add_now(parser: argparse.ArgumentParser) -> None:
    """Add `--now`, the moment at which the demonstration begins."""
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="MOMENT",
        default=os.environ.get("NOW", ""),
        help='a moment in London, such as "2026-11-20 08:55" (default: now, if a school is at work now)',
    )


def _moment(text: str) -> str:
    """The moment as the clock reads it, found out before anything is made."""
    try:
        return text and read_moment(text).isoformat()
    except BadMoment as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(args: argparse.Namespace) -> int:
    """Make or bring up to date, and say how to sign in. Raises CommandError when the folder holds real schools."""
    real_clock()
    start_django()
    make_tables()
    shown = prepare_demonstration(args.now)
    if shown is None:
        raise CommandError("the data folder already holds schools that are not the demonstration. Choose another.")
    from allpresent.demo.start import sign_in_words

    print(f"\n{shown.why}\n\n{sign_in_words()}")
    return 0


def prepare_demonstration(asked: str) -> Shown | None:
    """Make the demonstration ready for a moment; None when the database holds schools of somebody's own.

    Raises CommandError for a moment that cannot be shown.
    """
    from allpresent.demo import start

    try:
        return start.prepare(asked, say=progress) if start.is_ours() else None
    except BadMoment as error:
        raise CommandError(str(error)) from None


def real_clock() -> None:
    """Work by the machine's own clock: the moment to show is chosen here, and handed on to the server."""
    for name in ("ALLPRESENT_NOW", "ALLPRESENT_NOW_SET_AT"):
        os.environ.pop(name, None)


def progress(words: str) -> None:
    print(f"  {words}", flush=True)
