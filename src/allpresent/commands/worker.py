"""`allpresent worker`: sends messages within seconds, and goes through what the clock asks each minute."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from typing import Any

from allpresent.commands.prepare import start_django

LOOK_SECONDS = 2.0
"""How long it rests when nothing waits to be sent."""
ROUND_SECONDS = 60.0


def add_parser(subparsers: Any) -> None:
    """Add `worker` to the command line."""
    parser = subparsers.add_parser(
        "worker",
        description="Send messages as they come, and go through what the clock asks. On SIGTERM it finishes the "
        "message at hand and stops. Several may run: no message is ever held by two.",
    )
    parser.add_argument("--once", action="store_true", help="one round, then stop, as tick does")
    parser.add_argument(
        "--every", type=_seconds, metavar="SECONDS", default=ROUND_SECONDS, help="how often to go round (default: 60)"
    )


def run(args: argparse.Namespace) -> int:
    """Work until told to stop. Returns 0; with --once, 1 where something failed for some school."""
    if args.once:
        return once()
    start_django()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    _work(stop, args.every)
    return 0


def once() -> int:
    """One round of everything, the messages that wait included. Returns 0, or 1 where something failed."""
    start_django()
    from allpresent.commands.rounds import Teller, go_round, send_due

    tell = Teller()
    return 1 if go_round(tell) + send_due(tell, threading.Event()) else 0


def _work(stop: threading.Event, every: float) -> None:
    from django.db import DatabaseError, connection

    from allpresent.commands.rounds import HERE, Teller, go_round, send_due

    tell, next_round = Teller(), 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_round:
                next_round = time.monotonic() + every
                go_round(tell)
            send_due(tell, stop)
        except DatabaseError as error:
            tell.failed(HERE, "the database does not answer", error)
            connection.close()
        stop.wait(min(LOOK_SECONDS, every))


def _seconds(text: str) -> float:
    seconds = float(text) if text.replace(".", "", 1).isdigit() else 0.0
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds; give one above 0, such as 30")
    return seconds
