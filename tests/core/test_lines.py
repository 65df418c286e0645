"""The lines through absence, the same for a number and for a column of numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.figures import Figure, band_of, is_persistent, is_severe, reaches_band
from allpresent.core.figures.bands import BANDS

shares = st.integers(1, 4_000).flatmap(lambda possible: st.tuples(st.integers(0, possible), st.just(possible)))


@given(shares)
def test_the_lines_are_the_edges_of_the_bands_from_10_and_from_50_per_cent(share):
    assert is_persistent(*share) == reaches_band(*share, 2)
    assert is_severe(*share) == reaches_band(*share, 10)


@given(shares)
def test_the_band_is_the_highest_whose_beginning_is_reached(share):
    absence, possible = share
    figure = Figure(
        present=possible - absence,
        attendance=possible - absence,
        unauthorised=absence,
        absence=absence,
        possible=possible,
    )
    assert band_of(figure) == min(100 * absence // (5 * possible), 10)


@given(st.lists(shares, min_size=1))
def test_columns_lie_where_numbers_lie(rows):
    absence, possible = (np.array(column) for column in zip(*rows, strict=True))
    for line in (is_persistent, is_severe, *(_band(number) for number in range(BANDS))):
        assert line(absence, possible).tolist() == [line(*row) for row in rows]


@pytest.mark.clause("O-A-5.1")
@pytest.mark.parametrize(
    ("absence", "possible", "persistent", "severe"),
    [
        (13, 130, True, False),
        (12, 130, False, False),
        (13, 131, False, False),
        (5, 10, True, True),
        (49, 99, True, False),
    ],
)
def test_edges(absence, possible, persistent, severe):
    assert (is_persistent(absence, possible), is_severe(absence, possible)) == (persistent, severe)


def _band(number):
    return lambda absence, possible: reaches_band(absence, possible, number)
