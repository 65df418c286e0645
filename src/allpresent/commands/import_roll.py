"""`allpresent import-roll SCHOOL FILE`: what another system's roll would do here; with `--apply`, the doing of it."""

from __future__ import annotations

import argparse
import getpass
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import start_django

SHOWN = 20
"""Lines of each part that are printed; the counts are always whole."""


def add_parser(subparsers: Any) -> None:
    """Add `import-roll` to the command line."""
    parser = subparsers.add_parser(
        "import-roll",
        description="Compare a CSV or XLSX roll with a school's own and print what would change. Nothing is changed "
        "without --apply. Exit code 0: nothing stands in the way; 1: something must be mended first; 2: refused.",
    )
    parser.add_argument("school", metavar="SCHOOL", help="the school's name in addresses, such as hillside")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--start",
        type=date.fromisoformat,
        metavar="DATE",
        help="day from which the file holds, as 2026-09-01 (default: today)",
    )
    parser.add_argument("--apply", action="store_true", help="write it, all or nothing")


def run(args: argparse.Namespace) -> int:
    """Print the preview; write it when asked and nothing stands in the way. Raises CommandError."""
    start_django()
    from allpresent.exchange.files.table import Refused

    try:
        return _import(args)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal


def _import(args: argparse.Namespace) -> int:
    from allpresent.exchange import work
    from allpresent.people.bulk import RollChanged
    from allpresent.shared import clock
    from allpresent.shared.signer import Signer

    school, content = _school(args.school), _content(args.file)
    today = clock.today()
    context = work.context_of(school, today=today, day=args.start or today, file_name=args.file.name, decisions={})
    proposal, held = work.look(school, content, _mapping(school, content), context, lambda percent: None)
    print("\n".join(_report(proposal)))
    if proposal.blocked:
        return 1
    if args.apply and not proposal.changes_nothing:
        by = Signer(None, getpass.getuser(), "at the command line")
        digest = hashlib.sha256(content).hexdigest()
        try:
            work.write(school, proposal, held, by=by, now=clock.now(), file_name=args.file.name, digest=digest)
        except RollChanged as error:
            raise CommandError("the roll was changed by somebody meanwhile; nothing was imported. Try again") from error
        print("Imported.")
    return 0


def _school(slug: str) -> Any:
    from allpresent.schools.queries import school_of

    school = school_of(slug)
    if school is None:
        raise CommandError(f"there is no school called {slug!r} in addresses here")
    return school


def _content(path: Path) -> bytes:
    from django.conf import settings

    from allpresent.exchange.forms import too_big

    try:
        if path.stat().st_size > settings.ROLL_FILE_MAX_BYTES:
            raise CommandError(too_big())
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error


def _mapping(school: Any, content: bytes) -> list[str]:
    """The columns as chosen on the school's pages, else by their headings."""
    from allpresent.exchange.files.reading import read_table
    from allpresent.exchange.queries import remembered_mapping
    from allpresent.exchange.roll.fields import FIELDS
    from allpresent.exchange.roll.mapping import mapping_problems

    mapping = remembered_mapping(school, read_table(content, most=20).headings, frozenset(FIELDS))
    if problems := mapping_problems(mapping):
        raise CommandError(" ".join(problems))
    return list(mapping)


def _report(proposal: Any) -> Iterator[str]:
    from allpresent.exchange.pages import HEADINGS
    from allpresent.exchange.roll.proposal import Section

    for section in Section:
        lines = [line for line in proposal.lines if line.section is section]
        if lines:
            yield f"{HEADINGS[section]}: {len(lines)}"
        for line in lines[:SHOWN]:
            pieces = "; ".join(f"{label}: {old or 'nothing'} -> {new or 'nothing'}" for label, old, new in line.pieces)
            where = f"row {line.row}: " if line.row else ""
            yield f"  {where}{line.name}" + "".join(f"; {text}" for text in (line.says, pieces) if text)
        if len(lines) > SHOWN:
            yield f"  and {len(lines) - SHOWN} more"
    yield f"Unchanged: {proposal.unchanged}"
