"""The two lines that DfE draws through absence, for whole numbers, columns of numbers and data frames alike."""

from __future__ import annotations

from typing import Any


def is_persistent(absence: Any, possible: Any) -> Any:
    """Whether 10% or more of own possible sessions were missed, tested on whole numbers alone.

    In use since 2015/16 (DfE absence statistics methodology 3.2). Says nothing useful where nothing was possible.
    """
    return absence * 10 >= possible


def is_severe(absence: Any, possible: Any) -> Any:
    """Whether 50% or more was missed: then it is persistent too (DfE, Monitor your school attendance)."""
    return absence * 2 >= possible


def reaches_band(absence: Any, possible: Any, band: int) -> Any:
    """Whether own absence lies in this one of DfE's eleven bands or in a higher one: band n begins at n x 5%, the last
    at 50%. Tested on whole numbers alone (DfE, absence bands by pupil characteristics).
    """
    return absence * 20 >= possible * band
