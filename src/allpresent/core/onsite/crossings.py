"""The comings and goings of one pupil in one day, after the register: what stands of them, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock


class CrossingKind(StrEnum):
    """What happened at the gate. A MISTAKE says that the crossing it replaces did not happen."""

    SIGNED_OUT = "signed out"
    SENT_HOME = "sent home ill"
    LEFT = "left without permission"
    CAME_BACK = "came back"
    FOUND = "found"
    MISTAKE = "did not happen"


OUTWARD = frozenset({CrossingKind.SIGNED_OUT, CrossingKind.SENT_HOME, CrossingKind.LEFT})
"""The kinds after which a pupil is no longer in the building."""


class Crossing(NamedTuple):
    """One crossing. `number` counts a pupil's rows of a day as they were recorded; `at` (UTC) is when it happened.

    `replaces` is the number of the crossing that this one corrects.
    """

    number: int
    kind: CrossingKind
    at: datetime
    replaces: int | None = None


class CrossingFault(NamedTuple):
    """Why a crossing cannot be. `about` is "time" or "order"; `message` follows the pupil's name."""

    about: str
    message: str


def standing(recorded: Iterable[Crossing]) -> tuple[Crossing, ...]:
    """What stands of a day's crossings, in the order in which they happened: not what was corrected, no mistakes."""
    rows = tuple(recorded)
    replaced = {row.replaces for row in rows}
    kept = (row for row in rows if row.number not in replaced and row.kind is not CrossingKind.MISTAKE)
    return tuple(sorted(kept, key=lambda row: (row.at, row.number)))


def fault_in(crossings: Sequence[Crossing], *, now: datetime) -> CrossingFault | None:
    """What cannot be in a day's standing crossings, as of `now` (UTC); None where each follows from the one before.

    Nothing is in the future; nobody goes out twice, comes back who is in, or is found who did not leave without
    permission. Raises ValueError for an instant without a time zone. (O-B-6.2.2, O-B-10.2, M-4.7d)
    """
    before: Crossing | None = None
    for crossing in crossings:
        if crossing.at > now:
            return CrossingFault("time", f"{_clock(crossing.at)} has not come yet. Give the time when it happened.")
        fault = _not_after(before, crossing)
        if fault:
            return fault
        before = crossing
    return None


def _not_after(before: Crossing | None, crossing: Crossing) -> CrossingFault | None:
    out = before if before and before.kind in OUTWARD else None
    if crossing.kind in OUTWARD and out:
        return CrossingFault("order", f"{out.kind} at {_clock(out.at)} already, and not back since.")
    if crossing.kind is CrossingKind.CAME_BACK and _is_in(before):
        return CrossingFault("order", f"not out at {_clock(crossing.at)}, so there is no return to record.")
    if crossing.kind is CrossingKind.FOUND and (out is None or out.kind is not CrossingKind.LEFT):
        return CrossingFault("order", f"not missing from the site at {_clock(crossing.at)}.")
    return None


def _is_in(before: Crossing | None) -> bool:
    """Whether the last crossing leaves a pupil in the building; found elsewhere, a pupil is still out of it."""
    return before is None or before.kind is CrossingKind.CAME_BACK


def _clock(instant: datetime) -> str:
    wall = wall_clock(instant)[1]
    return f"{wall.hour}:{wall:%M}"
