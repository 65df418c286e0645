"""The `allpresent` command: finds the module that does what was asked, and imports no other."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from allpresent import __version__
from allpresent.commands.errors import CommandError

# Each name is a module in allpresent.commands; the words beside it are what `allpresent --help` says of it.
COMMANDS = [
    ("run", "start the server; in an empty data folder, make the demonstration trust first"),
    ("demo", "make the demonstration trust, or bring it up to the day"),
    ("new-school", "open a school: its policy, its terms and its first head"),
    ("manage", "run one of Django's management commands"),
    ("channels", "say which channels of messages are set up, or what was kept"),
    ("conformance", "say how far the policies' clauses are met, or check that the page is true"),
    ("figures", "add up sessions by code and give attendance figures"),
    ("import-roll", "compare a roll from another system with a school's own, and take it in"),
    ("policy", "examine a policy file, or read it as people would"),
    ("simulate", "invent schools, pupils and a year of marks that land on the published figures"),
    ("tick", "do once what the clock asks: close registers, settle, send what waits"),
    ("worker", "do what the clock asks, over and over, and send messages as they come"),
    ("warehouse", "write the registers as Parquet files, and count figures over them"),
    ("verify", "prove the register: seals, versions, current marks, roll"),
]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 2 refused with a reason on stderr."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    args = _parser(arguments).parse_args(arguments)
    try:
        code: int = _module(args.command).run(args)
        sys.stdout.flush()
    except CommandError as error:
        print(f"allpresent {args.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever was reading has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="allpresent", description="School attendance for England.")
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in COMMANDS:
        if name in arguments[:1]:
            _module(name).add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=words)
    return parser


def _module(name: str) -> Any:
    return import_module(f"allpresent.commands.{name.replace('-', '_')}")


if __name__ == "__main__":
    raise SystemExit(main())
