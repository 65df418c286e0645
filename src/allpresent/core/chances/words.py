"""A chance in words: rounded, because it is no more exact than that, and what would move it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from allpresent.core.chances.fitted import Model
from allpresent.core.chances.known import RECENT_DAYS, Known

MANY, MOST = 0.9, 10


class Standing(Enum):
    """What can still be said of a pupil's end of the year."""

    REACHED = "has missed 10% of the whole year already"
    OPEN = "open"
    CANNOT = "cannot come to 10% any more"
    UNKNOWN = "nothing was possible yet"


def standing(known: Known) -> Standing:
    """Whether a chance can be given: with no session yet, or once the end is certain, it is not one."""
    if not known.possible:
        return Standing.UNKNOWN
    if known.room <= 0:
        return Standing.REACHED
    return Standing.CANNOT if known.room > known.left else Standing.OPEN


def in_words(chance: float) -> str:
    """The chance as people say it: 'about 3 in 10'."""
    return words_of(tenths(chance))


def tenths(chance: float) -> int:
    """The chance in tenths, to the nearest, halves up.

    0 is less than 1 in 20, and 10 is 9 in 10 or more: near certainty the curve knows no better (model.toml, tenths).
    """
    return MOST if chance >= MANY else min(int(chance * 10 + 0.5), MOST - 1)


def words_of(number: int) -> str:
    """What is said of so many tenths, 0 to 10."""
    if number == 0:
        return "less than 1 in 20"
    return "9 in 10 or more" if number == MOST else f"about {number} in 10"


class Next(NamedTuple):
    """The chance after the next four weeks of school, by how they go."""

    sessions: int
    all_attended: float
    as_lately: float
    lately_missed: int


def next_weeks(model: Model, known: Known) -> Next:
    """What the next four weeks would change (or what is left of the year): all attended, or as the last weeks went.

    Raises ValueError where nothing is left.
    """
    sessions = min(2 * RECENT_DAYS, known.left)
    if not sessions:
        raise ValueError("the year is over: nothing can change it")
    missed = round(sessions * known.recent_missed / known.recent_possible) if known.recent_possible else 0
    attended, likewise = (model.chance(known.after(count, sessions)) for count in (0, missed))
    return Next(sessions, attended, likewise, missed)
