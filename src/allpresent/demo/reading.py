"""The demonstration's data files (`data/*.toml`), and chance that falls the same way every time."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """One file of `data/`, without its ending."""
    return tomllib.loads(files("allpresent.demo").joinpath("data", f"{name}.toml").read_text("utf-8"))


def chance(*of: object) -> Random:
    """The chance that belongs to these words alone: adding a pupil or a day does not move anybody else's."""
    return Random(":".join(map(str, (read("year")["seed"], *of))))


def one_of(rng: Random, table: dict[str, float]) -> str:
    """A key, drawn by weight."""
    return rng.choices(list(table), list(table.values()))[0]
