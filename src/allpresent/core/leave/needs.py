"""One need of a request: what it is, how it stands, and who asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class NeedState(StrEnum):
    """How a need stands."""

    MET = "met"
    NOTED = "noted"
    OPEN = "still to do"
    BARS = "stands against it"


class Need(NamedTuple):
    """`key` names it; `restricted` ones are for those alone who may see restricted facts.

    `party` is who has to be consulted, '' where nobody. `clauses` ask for it; `unconfirmed` says why one of them is
    not yet certain.
    """

    key: str
    words: str
    state: NeedState
    clauses: tuple[str, ...]
    party: str = ""
    restricted: bool = False
    unconfirmed: str = ""


def still_owed(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs that have to be done before any answer goes out. (O-B-6.4.2, O-B-6.4.4, O-B-6.4.5)"""
    return tuple(need for need in needs if need.state is NeedState.OPEN)
