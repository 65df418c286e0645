"""`allpresent conformance`: writes docs/conformance.md, or checks that it and the tests keep its word."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.core.clauses import Clause, Difference, Row, Status, clauses, differences, rows

PAGE = Path("docs/conformance.md")
COLLECTED = Path(".built/clauses-collected.json")
PASSED = Path(".built/clauses-passed.json")
SHOWN = 3

TEXT = """\
# What the two policies ask for, and how far it is met

{clauses} clauses: {clause_totals}. {settings} settings: {setting_totals}.

Written by `make conformance` from `src/allpresent/core/clauses/` and the tests: change those, not this page.
M is the alternative provision, O the primary school; the numbers are each policy's own. *Held* means that
a user can see it and that a test fails without it.

| id | held, partly or not yet | in our words | where to see it | tests |
|---|---|---|---|---|
{clause_rows}

## Where the two differ, so that it is a setting

| setting | held, partly or not yet | M | O | where to see it | tests |
|---|---|---|---|---|---|
{setting_rows}
"""

Carriers = Mapping[str, Sequence[str]]
"""The tests that carry each clause, by clause id."""


def add_parser(subparsers: Any) -> None:
    """Add `conformance` to the command line."""
    parser = subparsers.add_parser(
        "conformance",
        description="Write docs/conformance.md: each clause, how far it is met, where to see it, its tests.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="change nothing; refuse where the page is stale or a claim unproven",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the page, or check it. Raises CommandError where tests cannot be listed or a check fails."""
    page = write_page(clauses(), differences(), carriers(collect()))
    if args.check:
        _check(page)
    else:
        PAGE.write_text(page, encoding="utf-8")
    print(f"{PAGE}: {totals(clauses())}")
    return 0


def collect() -> dict[str, list[str]]:
    """The clause ids on each marked test of the checkout in the current folder, by test id.

    Raises CommandError where there is no checkout or pytest cannot list its tests.
    """
    if not Path("tests/clause_marker.py").exists():
        raise CommandError("There are no tests here. Run this at the top of the checkout.")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", f"--clauses-collected={COLLECTED}"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise CommandError(f"The tests could not be listed.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(COLLECTED.read_text(encoding="utf-8"))


def carriers(collected: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Turns tests with their clauses into clauses with their tests; cases of one test count once."""
    found: dict[str, list[str]] = {}
    for test, ids in collected.items():
        short = test.split("[")[0].removeprefix("tests/")
        for id in ids:
            if short not in found.setdefault(id, []):
                found[id].append(short)
    return found


def write_page(clauses: Sequence[Clause], differences: Sequence[Difference], tests: Carriers) -> str:
    """The text of docs/conformance.md."""
    return TEXT.format(
        clauses=len(clauses),
        clause_totals=totals(clauses),
        clause_rows="\n".join(
            _row(one.id, one.status, one.says, one.see, _tests(tests.get(one.id, ()))) for one in clauses
        ),
        settings=len(differences),
        setting_totals=totals(differences),
        setting_rows="\n".join(
            _row(one.id, one.status, one.magnum_opus, one.ogbourne, one.see, _tests(tests.get(one.id, ())))
            for one in differences
        ),
    )


def totals(scored: Iterable[Row]) -> str:
    """Such as "3 held, 2 partly, 178 not yet"."""
    count = Counter(one.status for one in scored)
    return ", ".join(f"{count[status]} {status}" for status in Status)


def page_problems(path: Path, page: str) -> list[str]:
    """What is wrong with the page on disk."""
    if path.exists() and path.read_text(encoding="utf-8") == page:
        return []
    return [f"{path} is out of date: run `make conformance` and commit it."]


def proof_problems(scored: Iterable[Row], passed: Path) -> list[str]:
    """Held clauses that no test passed for in the runs recorded since the file was last cleared."""
    proven = json.loads(passed.read_text(encoding="utf-8")) if passed.exists() else {}
    unproven = [one.id for one in scored if one.status is Status.HELD and not proven.get(one.id)]
    return [f"{id} is marked held, but no test for it has passed: run `make test`, then see why." for id in unproven]


def _check(page: str) -> None:
    if problems := [*page_problems(PAGE, page), *proof_problems(rows(), PASSED)]:
        raise CommandError("\n".join(problems))


def _row(*cells: str) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _tests(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:SHOWN])
    return f"{shown} +{len(names) - SHOWN}" if len(names) > SHOWN else shown
