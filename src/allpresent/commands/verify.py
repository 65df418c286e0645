"""`allpresent verify`: proves the register, and rebuilds the current marks when asked."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import start_django

PATIENCE = 2.0
"""Seconds before progress is shown, and between two lines of it."""


def add_parser(subparsers: Any) -> None:
    """Add `verify` to the command line."""
    parser = subparsers.add_parser("verify", description="Prove the register: seals, versions, current marks, roll.")
    parser.add_argument("--school", metavar="SLUG", help="one school only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, the count last")
    parser.add_argument("--rebuild", action="store_true", help="write the current marks anew from the entries")


def run(args: argparse.Namespace) -> int:
    """Name every difference. Returns 0 where there is none, 1 where there is any; with --rebuild, 0 when it is done."""
    start_django()
    school = _school(args.school)
    if args.rebuild:
        return _rebuild(school, args.json)
    from allpresent.registers.verify import verify

    count = _tell(verify(school, Progress()), args.json)
    _sum_up(count, args.json, "Everything is as it was written." if not count else f"{count} not as written.")
    return 1 if count else 0


def _school(slug: str | None) -> Any:
    from allpresent.schools.queries import school_of

    school = school_of(slug) if slug else None
    if slug and school is None:
        raise CommandError(f"There is no school “{slug}”. Give the short name that is in the address of its pages.")
    return school


def _rebuild(school: Any, as_json: bool) -> int:
    from django.db import transaction

    from allpresent.registers.ledger import rebuild
    from allpresent.registers.verify import marks_astray

    with transaction.atomic():
        count = _tell(marks_astray(school), as_json)
        rebuild(school.id if school else None)
    _sum_up(count, as_json, f"The current marks are written anew from the entries; {count or 'none'} changed.")
    return 0


def _tell(differences: Iterable[Any], as_json: bool) -> int:
    count = 0
    for one in differences:
        print(json.dumps(one._asdict(), default=str, ensure_ascii=False) if as_json else one)
        count += 1
    return count


def _sum_up(count: int, as_json: bool, words: str) -> None:
    print(json.dumps({"differences": count}) if as_json else words)


class Progress:
    """Says on stderr how far the reading is, once it has taken a while."""

    def __init__(self) -> None:
        self.next = time.monotonic() + PATIENCE

    def __call__(self, count: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + PATIENCE
            print(f"{count:,} entries read", file=sys.stderr)
