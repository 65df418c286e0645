"""When parents hear of attendance: the rhythm that a policy's words mean, and the rounds it makes of a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.sharing.rounds import Rhythm, Round, Unit, rhythm_of, round_to_send, rounds
from tests.core.case_data import cases
from tests.world import YEAR


def weekdays(first: date, last: date) -> tuple[date, ...]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5)


BLOCKS = tuple(weekdays(first, last) for _, first, last in YEAR)
AUTUMN = (Round(date(2026, 9, 1), date(2026, 10, 23)), Round(date(2026, 11, 2), date(2026, 12, 18)))


@pytest.mark.clause("M-4.6a", "O-A-2.9.4")
@pytest.mark.parametrize("case", cases("report_rounds.toml", "rhythm"))
def test_what_a_policy_s_words_mean(case):
    expected = None if case.get("none") else Rhythm(Unit(case["unit"]), case["number"], case.get("own", False))
    assert rhythm_of(case["name"]) == expected


@pytest.mark.clause("M-4.6a")
@pytest.mark.parametrize("case", cases("report_rounds.toml", "rounds"))
def test_the_rounds_end_with_blocks_of_term(case):
    assert [one.ends for one in rounds(rhythm_of(case["name"]), BLOCKS)] == case["due"]


RHYTHMS = st.builds(Rhythm, st.sampled_from(Unit), st.integers(1, 60))


@given(rhythm=RHYTHMS, kept=st.lists(st.booleans(), min_size=6, max_size=6))
def test_rounds_hold_every_school_day_once_in_order(rhythm, kept):
    blocks = [block for block, keep in zip(BLOCKS, kept, strict=True) if keep]
    found = rounds(rhythm, blocks)
    days = [day for block in blocks for day in block]
    assert [day for one in found for day in days if one.starts <= day <= one.ends] == days
    assert all(one.starts in days and one.ends in days for one in found)


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        (date(2026, 9, 15), (), AUTUMN[0]),
        (date(2026, 11, 3), (), AUTUMN[0]),
        (date(2026, 11, 3), (date(2026, 10, 23),), AUTUMN[1]),
        (date(2026, 10, 28), (date(2026, 10, 23),), AUTUMN[1]),
        (date(2026, 12, 21), (date(2026, 10, 23),), AUTUMN[1]),
        (date(2026, 12, 21), (date(2026, 12, 18),), None),
    ],
)
def test_a_round_that_nobody_sent_comes_before_the_one_that_runs(today, done, expected):
    assert round_to_send(AUTUMN, today, done) == expected
