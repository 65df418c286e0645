"""The arithmetic of codes as public cases: marks, and the figures they give. Any system can be held to them."""

from __future__ import annotations

from importlib.resources import files


def cases_text() -> str:
    """The cases as JSON, in the format that docs/reference/figure-cases.md explains."""
    return files(__package__).joinpath("cases.json").read_text("utf-8")
