"""The numbers a synthetic England is drawn from: DfE's (england.toml), and what is supposed beyond (assumed.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BANDS = 11


class Phase(NamedTuple):
    """One phase of school. Rates: percentages of possible sessions. `bands`: shares of pupils, a row a year group."""

    name: str
    pupils: int
    schools: int
    absence: float
    unauthorised: float
    persistent: float
    sizes: tuple[float, ...]
    possible: tuple[float, float]
    unauthorised_odds: float
    codes: dict[str, float]
    not_possible: dict[str, float]
    terms: dict[str, list[float]]
    weeks: dict[str, list[float]]
    weekdays: dict[str, list[float]]
    year_groups: Ints
    enrolments: Floats
    bands: Floats


@cache
def published() -> dict[str, Any]:
    """DfE's numbers, as england.toml has them."""
    return _read("england.toml")


@cache
def assumed() -> dict[str, Any]:
    """What is supposed beyond them."""
    return _read("assumed.toml")


@cache
def phases() -> tuple[Phase, ...]:
    """Primary, secondary and special, with the bands of 2022/23 brought to the persistent absence of 2024/25."""
    return tuple(_phase(name, facts) for name, facts in published()["phases"].items())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _phase(name: str, facts: dict[str, Any]) -> Phase:
    counts = np.array(list(facts["bands"].values()), np.float64)
    held = {field: facts[field] for field in Phase._fields if field in facts and field != "bands"}
    return Phase(
        name=name,
        year_groups=np.array(list(map(int, facts["bands"]))),
        enrolments=counts.sum(axis=1) / counts.sum(),
        bands=_brought_to(counts, facts["persistent"] / 100),
        **held,
    )


def _brought_to(counts: Floats, persistent: float) -> Floats:
    """Each year group's shares of pupils by band, scaled so that so many of the whole phase are persistently absent."""
    were = counts[:, 2:].sum() / counts.sum()
    shares = counts / counts.sum(axis=1, keepdims=True)
    many = shares[:, 2:] * persistent / were
    few = shares[:, :2] * ((1 - many.sum(axis=1)) / shares[:, :2].sum(axis=1))[:, None]
    return np.hstack([few, many])
