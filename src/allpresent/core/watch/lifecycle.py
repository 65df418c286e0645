"""The life of what was noticed: raised once, told to one person, then to the next, and over when it is so no more.

Nothing here is a clause: it serves those that something be chased (M-3.3c, M-4.7b, O-B-5.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from allpresent.core.watch.times import ESCALATE_AFTER


class Step(IntEnum):
    """Who hears of it: whoever has to act, then whoever answers for safety."""

    FIRST = 1
    NEXT = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that is so now. `tells`: somebody is written to; `safety`: if it stays so, the next person too."""

    key: str
    tells: bool
    safety: bool


@dataclass(frozen=True, slots=True)
class Held:
    """The last time that a thing was raised: whether that is over, and when each step was told of it (UTC)."""

    key: str
    ended: bool
    told: Mapping[Step, datetime]


class Plan(NamedTuple):
    """What is to be written down, by key: what is new, who is told of what, what is over. In order of key."""

    raised: tuple[str, ...] = ()
    told: tuple[tuple[str, Step], ...] = ()
    ended: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(self)


def what_to_do(seen: Iterable[Seen], held: Iterable[Held], *, now: datetime) -> Plan:
    """What follows from what is so at `now` (aware) and what was raised before.

    Each step is told of a thing at most once for as long as it lasts. A thing that was over and is so again is raised
    anew. (M-4.7b)
    """
    so, before = {one.key: one for one in seen}, {one.key: one for one in held}
    standing = {key: one for key, one in before.items() if not one.ended}
    told = ((key, step) for key in sorted(so) if (step := _step(so[key], standing.get(key), now)))
    return Plan(tuple(sorted(set(so) - set(standing))), tuple(told), tuple(sorted(set(standing) - set(so))))


def _step(one: Seen, held: Held | None, now: datetime) -> Step | None:
    """Who is to be told of it now, if anybody."""
    told: Mapping[Step, datetime] = held.told if held else {}
    if not one.tells or Step.NEXT in told:
        return None
    if Step.FIRST not in told:
        return Step.FIRST
    return Step.NEXT if one.safety and now - told[Step.FIRST] >= ESCALATE_AFTER else None
