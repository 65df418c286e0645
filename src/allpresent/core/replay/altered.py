"""A threshold with another edge: the same words, another number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from allpresent.core.policy.model.response import Threshold
from allpresent.core.policy.values import Amount, Measure

WHOLE = 100


class Side(StrEnum):
    """One edge of a threshold, by the word that the policy uses."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    BELOW = "below"

    @property
    def words(self) -> str:
        """'at least', 'below'."""
        return self.value.replace("_", " ")


def side_of(threshold: Threshold, side: Side) -> Amount | None:
    """The amount that a threshold gives on one side; None where it has no such edge."""
    amount: Amount | None = getattr(threshold, side.value)
    return amount


def sides(threshold: Threshold) -> tuple[Side, ...]:
    """The edges that a threshold has, the lower one first; none for a shape that the policy gives no number."""
    return tuple(side for side in Side if side_of(threshold, side) is not None)


def altered(threshold: Threshold, numbers: Mapping[Side, Decimal]) -> Threshold:
    """The threshold with other numbers on edges that it has; whether an edge is taken in stays as it is.

    Raises ValueError in words for a user where nothing could lie between the edges, a percentage is over 100 or below
    nought, or where the threshold has no such edge.
    """
    changed = {}
    for side, number in numbers.items():
        amount = side_of(threshold, side)
        if amount is None:
            raise ValueError(f"This line has no edge “{side.words}”.")
        if number < 0 or (amount.measure is Measure.PERCENT and number > WHOLE):
            raise ValueError("A percentage is from 0 to 100." if amount.measure is Measure.PERCENT else "Not below 0.")
        changed[side.value] = Amount(number, amount.measure)
    found = threshold.model_copy(update=changed)
    floor, top = found.floor, found.ceiling
    if floor and top and (top[0].number, floor[1] and top[1]) < (floor[0].number, True):
        raise ValueError(f"Nothing is both {found.edges.replace(', ', ' and ')}.")
    return found
