"""The curve of core/chances, held against pupils it was neither fitted to nor looked at with: another seed."""

from fractions import Fraction

import numpy as np
import pytest

from allpresent.core.chances import Known, model
from bench.fit_chances import Seen, brier, chances, of_part

FEWEST = 400
"""Pupils of a tenth below which nothing is asked of it: with 400, half of them, two spreads are five in a hundred."""


@pytest.fixture(scope="module")
def others(drawn):
    found = [one for part in drawn.parts.values() for one in of_part(part)]
    return Seen(*map(np.concatenate, zip(*found, strict=True)))


@pytest.mark.parametrize("name", ["with_last_year", "without"])
def test_what_is_said_of_others_comes_as_often(others, name):
    fitted = getattr(model(), name)
    said = chances(others.inputs(fitted.curve.shape), np.array(fitted.curve.coefficients))
    assert brier(said, others.ended) == pytest.approx(fitted.brier, abs=0.004)
    tenth = np.minimum((said * 10).astype(int), 9)
    for number in range(10):
        of = tenth == number
        assert of.sum() > FEWEST
        assert others.ended[of].mean() == pytest.approx(said[of].mean(), abs=0.08), number


def test_one_pupil_is_told_what_columns_of_pupils_are(others):
    curve = model().with_last_year.curve
    said = chances(others.inputs(curve.shape), np.array(curve.coefficients))
    for row in range(0, len(said), len(said) // 50):
        counts = (others.missed, others.possible, others.recent_missed, others.recent_possible, others.left)
        known = Known(*(int(column[row]) for column in counts), Fraction(others.last_year[row]))
        assert model().chance(known) == pytest.approx(said[row], abs=1e-9)
