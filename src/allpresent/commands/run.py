"""`allpresent run`: makes everything ready and starts the server, on this computer alone."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from allpresent.commands.demo import add_now, prepare_demonstration, progress, real_clock
from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import collect_static_files, make_tables, start_django
from allpresent.commands.processes import HOST, check_port, run_together

MOST_WORKERS = 4
THREADS = ("--blocking-threads", "4", "--backpressure", "64")
"""Of each worker: what it works on at once, and what it lets in."""


def add_parser(subparsers: Any) -> None:
    """Add `run` to the command line."""
    parser = subparsers.add_parser(
        "run",
        description="Make the tables, the pages' files and, in an empty data folder, the demonstration trust; then "
        "start the server on this computer. The environment may give PORT, DATA and NOW.",
    )
    parser.add_argument(
        "--port", default=os.environ.get("PORT") or "8000", metavar="PORT", help="where to answer (default: 8000)"
    )
    add_now(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Start, and stay until Ctrl+C. Raises CommandError for a port, folder or moment that cannot be used."""
    port = _port(args.port)
    check_port(port)
    real_clock()
    start_django()
    print("Allpresent: getting ready", flush=True)
    progress("the database")
    make_tables()
    if collect_static_files():
        progress("the pages' style sheets and scripts")
    words = _demonstration(args.now)
    return run_together(
        {"server": server_command(port), "worker": _worker()},
        env=os.environ,
        port=port,
        ready=lambda: _tell(port, words),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise CommandError(f"{text!r} is not a port. Give a number from 1 to 65535: make run PORT=8001")


def _demonstration(asked: str) -> str:
    """Make the demonstration ready, set its clock for the processes to come, and give what to say of it."""
    shown = prepare_demonstration(asked)
    if shown is None:
        return "The data folder holds schools of your own, so there is no demonstration."
    from allpresent.demo.start import sign_in_words
    from allpresent.shared import clock

    os.environ.update(ALLPRESENT_DEMONSTRATION="yes")
    if shown.clock_set:
        os.environ.update(ALLPRESENT_NOW=shown.moment.isoformat(), ALLPRESENT_NOW_SET_AT=clock.now().isoformat())
    return f'{shown.why}\nAnother moment:  make run NOW="{shown.another}"\n\n{sign_in_words()}'


def server_command(port: int) -> list[str]:
    """How the server is started, here and wherever its speed is measured."""
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    application = "allpresent.config.wsgi:application"
    where = ["--host", HOST, "--port", str(port), "--workers", workers]
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--log-level",
        "warning",
        *THREADS,
        *where,
        application,
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "allpresent.cli", "worker"]


def _tell(port: int, words: str) -> None:
    print(
        f"\n{words}\n\nAllpresent is ready:  http://{HOST}:{port}/\nStop it with Ctrl+C. Nothing is lost.", flush=True
    )
