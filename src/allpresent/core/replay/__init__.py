"""A policy's line drawn elsewhere, and the past school days gone through again: who, when first, and what follows."""

from allpresent.core.replay.altered import Side, altered, side_of, sides
from allpresent.core.replay.crossings import Spell, first_days, spells
from allpresent.core.replay.following import Act, Facts, Follows, following

__all__ = [
    "Act",
    "Facts",
    "Follows",
    "Side",
    "Spell",
    "altered",
    "first_days",
    "following",
    "side_of",
    "sides",
    "spells",
]
