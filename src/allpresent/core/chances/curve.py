"""The chance of ending the year persistently absent: a logistic curve on a few plain facts, on one page.

What a pupil is likely to miss in the sessions left is set against what she can still miss before 10% of the year's
possible sessions are reached, and measured by how unsure such a guess is, which grows as the root of what is left:

    likely = base + so_far x (missed so far) + recent x (missed lately) + last_year x (missed last year)   [shares]
    stands = (left x likely - room_weight x room) / sqrt(left)
    chance = 1 / (1 + e^-stands)

Each share is drawn a little towards what pupils miss on the whole (`usual`), the more so the fewer sessions it is
made of (`weight`, in sessions); last year counts up to a share (`most`). Every coefficient is 0 or more, so that one
more session missed never lowers the chance and one more attended never raises it. The numbers are in model.toml, with
how they were fitted and how they did.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import Any

from allpresent.core.chances.known import Known


@dataclass(frozen=True, slots=True)
class Shape:
    """How far shares are drawn towards what is `usual` (a share): as if so many sessions (`weight`) had been so.

    `most`: the share of last year beyond which more makes no difference: the worst years seldom come twice.
    """

    usual: float
    weight: float
    most: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A fitted curve: its shape, and its coefficients, all 0 or more. `last_year` is 0 where that is not known."""

    shape: Shape
    base: float
    so_far: float
    recent: float
    last_year: float
    room: float

    @property
    def coefficients(self) -> tuple[float, ...]:
        """In the order of `inputs`."""
        return (self.base, self.so_far, self.recent, self.last_year, self.room)

    def chance(self, known: Known) -> float:
        """The chance, 0 to 1, that at the end of the year 10% or more of her possible sessions will have been missed.

        1 where that is so already, 0 where it cannot come to that any more.
        """
        if known.room <= 0:
            return 1.0
        if known.room > known.left:
            return 0.0
        stands = sum(map(float.__mul__, self.coefficients, self._inputs(known)))
        return 1 / (1 + exp(-stands))

    def _inputs(self, known: Known) -> tuple[float, ...]:
        return inputs(
            self.shape,
            missed=float(known.missed),
            possible=float(known.possible),
            recent_missed=float(known.recent_missed),
            recent_possible=float(known.recent_possible),
            left=float(known.left),
            room=float(known.room),
            last_year=float(known.last_year or 0),
        )


def inputs(
    shape: Shape,
    *,
    missed: Any,
    possible: Any,
    recent_missed: Any,
    recent_possible: Any,
    left: Any,
    room: Any,
    last_year: Any,
) -> tuple[Any, ...]:
    """What the coefficients multiply: for the base, so far, recent, last year and room. Sessions; `last_year` a share.

    Written with plain arithmetic, so that fitting it to columns of pupils uses the same lines as one pupil does.
    `left` must be more than 0.
    """
    unsure = left**0.5
    drawn = shape.weight * shape.usual
    so_far = (missed + drawn) / (possible + shape.weight)
    recent = (recent_missed + drawn) / (recent_possible + shape.weight)
    before = (last_year + shape.most - abs(last_year - shape.most)) / 2  # the lesser of the two, of columns as well
    return (
        left / unsure,
        left * so_far / unsure,
        left * recent / unsure,
        left * before / unsure,
        -room / unsure,
    )
