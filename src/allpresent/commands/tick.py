"""`allpresent tick`: what the clock asks, once or over and over."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from typing import Any

from allpresent.commands.prepare import start_django


def add_parser(subparsers: Any) -> None:
    """Add `tick` to the command line."""
    what = "Close the registers whose time has come; clear old roll files. Safe to run twice."
    parser = subparsers.add_parser("tick", description=what)
    parser.add_argument("--every", type=_seconds, metavar="SECONDS", help="go on until told to stop")


def run(args: argparse.Namespace) -> int:
    """One pass, or passes until SIGTERM. Returns 0, or 1 where the last pass failed for some school."""
    start_django()
    stop = threading.Event()
    if args.every:
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    failed = one_pass()
    while args.every and not stop.wait(args.every):
        failed = one_pass()
    return 1 if failed else 0


def one_pass() -> int:
    """Close what is due at every school, and clear old files. Gives how many schools failed: none stops another."""
    from django.db import close_old_connections

    from allpresent.exchange.actions import clear_old_files
    from allpresent.schools.models import School
    from allpresent.shared import clock

    failed = 0
    for school in School.objects.order_by("id").iterator():
        failed += not _at(school)
    clear_old_files(now=clock.now())
    close_old_connections()
    return failed


def _at(school: Any) -> bool:
    from allpresent.registers.actions import close_registers
    from allpresent.shared import clock

    try:
        entered = close_registers(school, now=clock.now())
    except Exception as error:
        print(f"{school.slug}: registers not closed: {type(error).__name__}: {error}", file=sys.stderr)
        return False
    if entered:
        print(f"{school.slug}: N entered for {entered} at the close of the register")
    return True


def _seconds(text: str) -> float:
    seconds = float(text) if text.replace(".", "", 1).isdigit() else 0.0
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds; give one above 0, such as 30")
    return seconds
