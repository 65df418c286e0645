"""Which marks give way to Y4, an unexpected closure of the whole site: a published table, held as data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class ClosureRule(NamedTuple):
    """Whether one code gives way to Y4, why, by what source, and what is unconfirmed ("": nothing)."""

    code: str
    gives_way: bool
    why: str
    source: str
    unconfirmed: str


@cache
def closure_table() -> dict[str, ClosureRule]:
    """Every code in force since 19 August 2024 with its rule, in the order of the published table."""
    text = files(__package__).joinpath("closure.toml").read_text(encoding="utf-8")
    return {
        code: ClosureRule(code, row["gives_way"], row["why"], row["source"], row.get("unconfirmed", ""))
        for row in tomllib.loads(text)["row"]
        for code in row["codes"]
    }


def overwritten_by_closure(code: str | None) -> bool:
    """Whether Y4 takes the place of a mark, or of the blank (None) of a pupil who was due.

    Never of D, nor of the mark of a pupil who was not due. Raises LookupError for a code not in the table.
    (Table 3, Y4; the judgements are in closure.toml.)
    """
    if code is None:
        return True
    rule = closure_table().get(code)
    if rule is None:
        raise LookupError(f"“{code}” has no rule for an unexpected closure. Add it to closure.toml.")
    return rule.gives_way
