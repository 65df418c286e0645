"""`allpresent manage ...`: Django's own commands, for whoever looks after the server."""

from __future__ import annotations

import argparse
import os
from typing import Any


def add_parser(subparsers: Any) -> None:
    """Add `manage` to the command line."""
    parser = subparsers.add_parser("manage", description="Run one of Django's management commands, such as migrate.")
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="COMMAND ...", help="the command and its options"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hand the arguments on."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allpresent.config.settings")
    execute_from_command_line(["allpresent manage", *args.arguments])
    return 0
