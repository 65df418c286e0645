"""A whole policy in words: every section, every statement, each with the clause or the source that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import NamedTuple

from pydantic import BaseModel

from allpresent.core.policy.model.base import ABOUT, Block
from allpresent.core.policy.policy import Policy

LEADS = (
    "label",
    "title",
    "name",
    "heading",
    "text",
    "reason",
    "duty",
    "half",
    "called",
    "aim",
    "what",
    "id",
    "when",
    "of",
)
"""The settings that name a statement: the first that it has goes before the others, without its key."""
NOT_SHOWN = frozenset({"codes", "leftovers", "outline"})
"""The codes, which have a page of their own, and the document as paper, which `policy check` speaks of."""


_KEY = re.compile(r"[a-z]+(-[a-z]+)+")


class Line(NamedTuple):
    """One statement. `depth` 1 belongs to the one before it. `unconfirmed` says why it is not yet certain, or is ""."""

    words: str
    clauses: tuple[str, ...]
    unconfirmed: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the policy under the name it has in the files."""

    title: str
    lines: tuple[Line, ...]


def sections(policy: Policy) -> tuple[Section, ...]:
    """Every section that some layer says something in, in the order of the format. Nothing is left out or added."""
    return tuple(
        Section(_plain(name).capitalize(), lines)
        for name in type(policy.content).model_fields
        if name not in NOT_SHOWN and (lines := tuple(_lines(getattr(policy.content, name))))
    )


def _lines(value: object, depth: int = 0) -> Iterator[Line]:
    if isinstance(value, BaseModel):
        yield from _statement(value, depth)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _statement(item, depth, lead=_plain(key))
    elif isinstance(value, tuple):
        for item in value:
            yield from _lines(item, depth)


def _statement(part: BaseModel, depth: int, lead: str = "") -> Iterator[Line]:
    """The statement itself, then the statements that it holds (a ladder's steps, a calling order's calls)."""
    said = {name: value for name, value in part if name not in ABOUT and value not in (None, (), {}, False, "")}
    leading = next((name for name in LEADS if not lead and name in said), "")
    lead = lead or (_say(said[leading]) if leading else "")
    inner = {name: value for name, value in said.items() if _holds_statements(value)}
    plain = (_pair(name, value) for name, value in said.items() if name not in inner and name not in (leading, "id"))
    words = ": ".join(filter(None, (lead, "; ".join(plain))))
    where = (part.clause or part.source, part.unconfirmed or "") if isinstance(part, Block) else ((), "")
    yield Line(words, *where, depth)
    for value in inner.values():
        yield from _lines(value, depth + 1)


def _holds_statements(value: object) -> bool:
    items = value if isinstance(value, tuple) else (value,)
    return all(isinstance(item, BaseModel) for item in items)


def _pair(name: str, value: object) -> str:
    return _plain(name) if value is True else f"{_plain(name)} {_say(value)}"


def _say(value: object) -> str:
    """A value as people read it: times 9:30, days 1 July 2026, lists with commas."""
    if isinstance(value, Enum):
        return _plain(str(value.value))
    if isinstance(value, time):
        return f"{value.hour}:{value:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Mapping):
        return ", ".join(f"{_plain(str(key))} {_say(item)}" for key, item in value.items())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(_say(item) for item in value)
    return _plain(value) if isinstance(value, str) and _KEY.fullmatch(value) else str(value)


def _plain(name: str) -> str:
    return name.rstrip("_").replace("_", " ").replace("-", " ") if "@" not in name else name
