"""`allpresent tick`: what the clock asks, once. For a machine where no worker runs, from cron."""

from __future__ import annotations

import argparse
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Add `tick` to the command line."""
    what = "Go once through what the clock asks: close registers, settle, send what waits. Safe to run twice."
    subparsers.add_parser("tick", description=what)


def run(args: argparse.Namespace) -> int:
    """One round. Returns 0, or 1 where something failed for some school."""
    from allpresent.commands.worker import once

    return once()
