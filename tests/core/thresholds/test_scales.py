"""In which band of a scale a pupil is."""

from datetime import date

import pytest

from allpresent.core.policy.model.response import Scale
from allpresent.core.thresholds import Lookback, history_of
from allpresent.core.thresholds.scales import band_in
from tests.core.case_data import cases
from tests.core.thresholds.marked import CALENDAR, PRESENT

BANDS = [
    {"label": "low", "below": "90%"},
    {"label": "watched", "at-least": "90%", "at-most": "95%"},
    {"label": "steady", "at-least": "96%"},
]
DAY = date(2026, 10, 9)


def _scale(gaps: str | None) -> Scale:
    return Scale.model_validate({"id": "bands", "of": "attendance", "over": "term", "gaps-go-to": gaps, "bands": BANDS})


def _pupil(sessions: int):
    found = CALENDAR.sessions_between(date(2026, 9, 1), DAY)[:sessions]
    return history_of((session, "I" if n == 0 else PRESENT[session.half]) for n, session in enumerate(found))


@pytest.mark.parametrize("case", cases("scales.toml", "scale"))
def test_a_pupil_is_in_one_band(case):
    band, found = band_in(_scale(case["gaps"]), _pupil(case["sessions"]), Lookback(CALENDAR, DAY))
    assert band.label == case["band"]
    assert (found.sessions, found.possible) == (case["sessions"] - 1, case["sessions"])


def test_a_gap_that_nobody_owns_and_a_pupil_without_marks_are_in_no_band():
    assert band_in(_scale(None), _pupil(21), Lookback(CALENDAR, DAY)) is None
    assert band_in(_scale("upper"), history_of([]), Lookback(CALENDAR, DAY)) is None
