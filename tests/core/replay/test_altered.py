"""A line with another number: the same words, nothing impossible."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allpresent.core.replay import Side, altered, side_of, sides
from tests.core.thresholds.marked import threshold

NEAR = threshold(of="attendance", more_than="90%", at_most="93%", over="year to date")


def test_each_edge_keeps_its_word_and_takes_the_number():
    other = altered(NEAR, {Side.AT_MOST: Decimal("95.5")})
    assert other.edges == "more than 90%, at most 95.5%"
    assert NEAR.edges == "more than 90%, at most 93%"
    assert sides(NEAR) == (Side.MORE_THAN, Side.AT_MOST)


def test_what_is_counted_in_stays():
    other = altered(
        threshold(of="codes", codes=["O"], at_least="10 sessions", over="term"), {Side.AT_LEAST: Decimal(6)}
    )
    assert str(side_of(other, Side.AT_LEAST)) == "6 sessions"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({Side.AT_MOST: Decimal(89)}, "Nothing is both"),
        ({Side.AT_MOST: Decimal(90)}, "Nothing is both"),
        ({Side.AT_MOST: Decimal(101)}, "from 0 to 100"),
        ({Side.MORE_THAN: Decimal(-1)}, "from 0 to 100"),
        ({Side.BELOW: Decimal(92)}, "no edge “below”"),
    ],
)
def test_what_cannot_be_is_said(numbers, said):
    with pytest.raises(ValueError, match=said):
        altered(NEAR, numbers)


def test_a_shape_without_a_number_has_nothing_to_alter():
    assert sides(threshold(of="pattern", pattern="falling", over="term")) == ()
