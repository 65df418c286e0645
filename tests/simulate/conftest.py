"""Twenty thousand invented pupils, drawn once for all tests of this folder."""

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from allpresent.simulate.england import england
from allpresent.simulate.landing import Landing

PUPILS, SEED = 20_000, 20_240_901


@pytest.fixture(scope="session")
def drawn():
    """`parts` by phase (each phase is one part at this size), and the `landing` of all."""
    landing, parts = Landing(), {}
    for part in england(PUPILS, SEED):
        assert part.schools.phase.name not in parts
        parts[part.schools.phase.name] = part
        landing.count(part)
    return SimpleNamespace(parts=parts, landing=landing)


@pytest.fixture(scope="session")
def published():
    """Rows of the calibration sheet, with their tolerances."""
    return tomllib.loads(Path(__file__).with_name("published.toml").read_text(encoding="utf-8"))
