"""What the two policies ask for, clause by clause, and how far it is met.

The rows are data beside this file. A page that shows why something is so names a clause; a test that holds
a clause names it too; docs/conformance.md sets the two side by side.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

CLAUSE_FILES = ("magnum_opus.toml", "magnum_opus_register.toml", "ogbourne_register.toml", "ogbourne_response.toml")
DIFFERENCE_FILE = "differences.toml"


class Status(StrEnum):
    """How far a row is met: held means tested and in front of a user."""

    HELD = "held"
    PARTLY = "partly"
    NOT_YET = "not yet"


class Kind(StrEnum):
    """What a clause asks of the system."""

    SETTING = "setting"
    RULE = "rule"
    RECORD = "record"
    NOTIFICATION = "notification"
    REPORT = "report"
    ROLE = "role"


class Policy(StrEnum):
    """The two policies, as pages name them."""

    MAGNUM_OPUS = "Magnum Opus, alternative provision"
    OGBOURNE = "Ogbourne, primary"


class UnknownClause(LookupError):
    """No row goes by this id."""

    def __init__(self, id: str, known: tuple[str, ...]) -> None:
        near = [one for one in known if one.startswith(id)] or get_close_matches(id, known, n=3)
        hint = f" Did you mean {' or '.join(repr(one) for one in near)}?" if near else ""
        super().__init__(f"No policy clause or setting is called {id!r}.{hint} docs/conformance.md lists them all.")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a policy: what it asks for in our words, how far that is met and where a user sees it."""

    id: str
    says: str
    kind: tuple[Kind, ...]
    status: Status
    see: str

    @property
    def policy(self) -> Policy:
        """The policy that the clause stands in."""
        return Policy.MAGNUM_OPUS if self.id.startswith("M-") else Policy.OGBOURNE


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two policies answer differently, so that it is a setting. The setting's words are its id."""

    id: str
    magnum_opus: str
    ogbourne: str
    status: Status
    see: str


Row = Clause | Difference
R = TypeVar("R", Clause, Difference)


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause of both policies, in the policies' order. Source: the two seed policies."""
    return tuple(one for name in CLAUSE_FILES for one in read_clauses(_text(name)))


@cache
def differences() -> tuple[Difference, ...]:
    """Every setting that the two policies fill differently. Source: the two seed policies."""
    return read_differences(_text(DIFFERENCE_FILE))


def rows() -> tuple[Row, ...]:
    """Clauses, then differences: everything the scoreboard counts."""
    return (*clauses(), *differences())


def clause(id: str) -> Clause:
    """The clause of that id, such as "M-4.1e". Raises UnknownClause, which suggests near ids."""
    try:
        return _by_id()[id]
    except KeyError:
        raise UnknownClause(id, tuple(_by_id())) from None


def read_clauses(text: str) -> tuple[Clause, ...]:
    """Clauses from TOML: a table per id with says, kind, status and, once met, see.

    Raises ValueError naming the row and what is wrong with it.
    """
    return tuple(_read(id, fields, _clause) for id, fields in tomllib.loads(text).items())


def read_differences(text: str) -> tuple[Difference, ...]:
    """Differences from TOML: a table per setting with magnum_opus, ogbourne, status and, once met, see.

    Raises ValueError naming the row and what is wrong with it.
    """
    return tuple(_read(id, fields, _difference) for id, fields in tomllib.loads(text).items())


def _read(id: str, fields: dict[str, Any], make: Callable[[str, dict[str, Any]], R]) -> R:
    try:
        return make(id, fields)
    except KeyError as missing:
        raise ValueError(f"{id} lacks {missing}: add it.") from None
    except ValueError as wrong:
        raise ValueError(f"{id}: {wrong}.") from None


def _clause(id: str, fields: dict[str, Any]) -> Clause:
    return Clause(id, fields["says"], tuple(Kind(one) for one in fields["kind"]), *_standing(fields))


def _difference(id: str, fields: dict[str, Any]) -> Difference:
    return Difference(id, fields["magnum_opus"], fields["ogbourne"], *_standing(fields))


def _standing(fields: dict[str, Any]) -> tuple[Status, str]:
    status, see = Status(fields["status"]), str(fields.get("see", ""))
    if status is Status.HELD and not see:
        raise ValueError("it is marked held, but not where a user sees it; fill in `see`")
    if status is Status.NOT_YET and see:
        raise ValueError("it is marked not yet, but says where to see it; clear `see` or change `status`")
    return status, see


@cache
def _by_id() -> dict[str, Clause]:
    return {one.id: one for one in clauses()}


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
