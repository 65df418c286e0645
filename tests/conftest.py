"""What every test can ask for: databases (`database_fixtures.py`), builders (`world.py`), servers, the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest

# Compiled modules are kept, whatever the machine says: else each process that a test starts compiles the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

pytest_plugins = ["tests.clause_marker", "tests.database_fixtures", "tests.server_fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-query-counts", action="store_true", help="write the baseline of queries a page anew")


@pytest.fixture
def at(settings) -> Callable[[str], None]:
    """Sets the clock: `at("2026-09-15 08:55")`, London time. It runs on from there."""
    from allpresent.shared import clock

    def set_clock(moment: str) -> None:
        settings.CLOCK = ""
        settings.CLOCK_SET_AT = clock.now().isoformat()
        settings.CLOCK = moment

    return set_clock
