"""Where a pupil is at a moment, made of the day's marks and crossings alone: for the fire list, nobody is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code
from allpresent.core.onsite.crossings import OUTWARD, Crossing, CrossingKind, standing


class Place(StrEnum):
    """Where a pupil is, as far as the school knows. The order is that of a list read in a fire."""

    UNKNOWN = "not known"
    OUT = "out"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    AWAY = "not here"


class Seen(NamedTuple):
    """One session of the day as its register has one pupil. Instants are UTC.

    `arrived_at`: from when the mark says that the pupil was in the building; None where it says nothing of the kind.
    `letter` None is a blank. `expected`: M-3.6a.
    """

    session: Session
    opens_at: datetime
    closes_at: datetime
    expected: bool
    letter: str | None
    arrived_at: datetime | None


class Whereabouts(NamedTuple):
    """Where a pupil is, `since` when (UTC), and what says so: a mark, a crossing, or neither.

    `unsigned`: marked present by a register after going out, with no return signed.
    """

    place: Place
    since: datetime | None = None
    letter: str | None = None
    crossing: Crossing | None = None
    unsigned: bool = False


NOT_KNOWN = Whereabouts(Place.UNKNOWN)
NOBODY_MEETS = Whereabouts(Place.AWAY)
"""A day on which the school does not meet."""


def where_is(
    day: Sequence[Seen], recorded: Iterable[Crossing], *, codes: Mapping[str, Code], now: datetime
) -> Whereabouts:
    """Where a pupil is at `now` (UTC), from the sessions of the day in order and the crossings as recorded.

    Marks and crossings are taken in the order in which they happened. A mark of presence holds until the next
    register closes; a blank in a closed register, or N for a pupil who was here before, is NOT KNOWN. Who went out
    stays out until a return is signed or a register sees the pupil. (Issue point 5; O-B-3.1.1, O-B-10.2)
    """
    found = NOT_KNOWN if day else NOBODY_MEETS
    for event in _in_order(day, recorded, now):
        found = _crossed(event) if isinstance(event, Crossing) else _marked(found, event, codes, now)
    return found


def _in_order(day: Sequence[Seen], recorded: Iterable[Crossing], now: datetime) -> Iterator[Seen | Crossing]:
    """What has happened by `now`; where no session has begun, first what is entered ahead for the first of them."""
    begun = [seen for seen in day if seen.opens_at <= now]
    events: list[Seen | Crossing] = [*begun, *(crossing for crossing in standing(recorded) if crossing.at <= now)]
    yield from () if begun else day[:1]
    yield from sorted(events, key=_happened)


def _happened(event: Seen | Crossing) -> tuple[datetime, bool]:
    """A register before a crossing of the same minute: who is signed out as it opens, has gone."""
    if isinstance(event, Crossing):
        return event.at, True
    return event.arrived_at or event.opens_at, False


def _crossed(crossing: Crossing) -> Whereabouts:
    out = crossing.kind in OUTWARD or crossing.kind is CrossingKind.FOUND
    return Whereabouts(Place.OUT if out else Place.HERE, crossing.at, crossing=crossing)


def _marked(before: Whereabouts, seen: Seen, codes: Mapping[str, Code], now: datetime) -> Whereabouts:
    if seen.arrived_at:
        return Whereabouts(Place.HERE, seen.arrived_at, seen.letter, unsigned=before.place is Place.OUT)
    if seen.letter and _is_elsewhere(codes[seen.letter]):
        return Whereabouts(Place.ELSEWHERE, seen.opens_at, seen.letter)
    if before.place is Place.OUT:
        return before
    if seen.letter is None and seen.expected:
        still_open = before.place is Place.HERE and now < seen.closes_at
        return before if still_open else Whereabouts(Place.UNKNOWN, seen.opens_at)
    missed = seen.letter == "N" and before.place is Place.HERE
    return Whereabouts(Place.UNKNOWN if missed else Place.AWAY, seen.opens_at, seen.letter)


def _is_elsewhere(code: Code) -> bool:
    """Whether the school knows the pupil to be at another place of education (reg 10 Table 2; D)."""
    return (code.attendance and not code.on_site) or code.letter == "D"
