"""`python -m bench`: every measurement in turn, each in a process of its own, then one table.

--quick: SQLite with one year behind it, and less of everything. --json FILE: the figures as they came, too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import NOW
from bench.table import drawn
from tests.databases import KINDS, Place

REPOSITORY = Path(__file__).resolve().parents[1]
YEARS = (1, 6)


def main() -> int:
    asked = _arguments()
    kinds, years = (["sqlite"], YEARS[:1]) if asked.quick else (asked.databases, YEARS)
    results = [result for kind in kinds for result in _of_kind(kind, years, asked.quick)]
    print(drawn(results))
    if asked.json:
        asked.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="SQLite and one year alone, in under a minute")
    parser.add_argument("--databases", nargs="+", choices=sorted(KINDS), default=["sqlite", "postgres"])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


def _of_kind(kind: str, years: tuple[int, ...], quick: bool) -> Iterator[dict]:
    """Every length of history on one kind of database, in a folder that is thrown away."""
    root = Path(tempfile.mkdtemp(prefix="allpresent-bench-"))
    root.chmod(0o755)  # the database server is another user
    databases = KINDS[kind](root)
    try:
        for number in years:
            print(f"{kind}, {number} years of history ...", file=sys.stderr, flush=True)
            place = databases.make(f"years_{number}")
            yield {"database": kind, **_measured(place, number, quick)}
            databases.drop(place)
    finally:
        databases.stop()
        shutil.rmtree(root)


def _measured(place: Place, years: int, quick: bool) -> dict:
    command = [sys.executable, "-m", "bench.measure", str(years), *(["--quick"] if quick else [])]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLPRESENT_")}
    environment |= place.environment | {
        "DJANGO_SETTINGS_MODULE": "allpresent.config.settings",
        "ALLPRESENT_NOW": NOW,
        "ALLPRESENT_ASSETS": str(REPOSITORY / "node_modules/govuk-frontend/dist"),
    }
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
