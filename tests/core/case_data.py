"""Reads the cases in tests/core/cases: tables a head of year could check, each citing its source."""

import tomllib
from pathlib import Path

import pytest

_FOLDER = Path(__file__).with_name("cases")


def cases(file: str, table: str) -> list:
    """The rows of one table of a case file, each a pytest parameter named by its `name`."""
    rows = tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))[table]
    return [pytest.param(row, id=row["name"]) for row in rows]
