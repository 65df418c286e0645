"""Ahead of a line: how many more sessions missed would cross it, and how many attended would leave it. Exact.

"9 more sessions missed before Easter would make 10%"; "28 sessions attended without a miss would bring her under."
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Line(NamedTuple):
    """A line through a share of possible sessions, between 0 and 1. `on_it`: to be exactly on it is to be over it.

    Persistent absence is Line(1/10); below 90% attended, more than 1/10 missed, is Line(1/10, on_it=False).
    """

    edge: Fraction
    on_it: bool = True


def is_over(counted: int, possible: int, line: Line) -> bool:
    """Whether so many counted of so many possible sessions are over the line; never where none was possible."""
    apart = counted * line.edge.denominator - possible * line.edge.numerator
    return bool(possible) and (apart > 0 or (line.on_it and apart == 0))


def misses_to_cross(counted: int, possible: int, coming: int, line: Line) -> int | None:
    """The fewest of `coming` sessions, all possible, that would put the share over the line once all are past.

    0 where it will be over whatever happens; None where missing every one would not do it.
    """
    total = (possible + coming) * line.edge.numerator
    least = -(-total // line.edge.denominator) if line.on_it else total // line.edge.denominator + 1
    more = max(least - counted, 0)
    return more if more <= coming and possible + coming else None


def attended_to_leave(counted: int, possible: int, coming: int, line: Line) -> int | None:
    """The fewest sessions from now on, attended without a miss, until the share is no longer over the line.

    0 where it is not over now; None where the `coming` sessions are too few.
    """
    if not is_over(counted, possible, line):
        return 0
    if not line.edge:
        return None
    whole = counted * line.edge.denominator
    least = whole // line.edge.numerator + 1 if line.on_it else -(-whole // line.edge.numerator)
    more = least - possible
    return more if more <= coming else None
