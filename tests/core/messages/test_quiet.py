"""Quiet hours by London's clocks, in the nights when they change too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.london import LONDON, wall_clock
from allpresent.core.messages.effort import WAITS, next_try, room_left
from allpresent.core.messages.quiet import QuietHours, goes_at
from tests.core.case_data import cases

TIMES = st.times(timezones=st.none()).map(lambda wall: wall.replace(second=0, microsecond=0, fold=0))
SEPTEMBER = datetime(2026, 9, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minutes: SEPTEMBER + timedelta(minutes=minutes))


@pytest.mark.parametrize("case", cases("quiet_hours.toml", "case"))
def test_a_case(case):
    quiet = QuietHours(time.fromisoformat(case["from"]), time.fromisoformat(case["until"]))
    asked = datetime.fromisoformat(case["asked"]).replace(tzinfo=LONDON)
    goes = goes_at(asked, quiet, urgent=case.get("urgent", False))
    assert goes.astimezone(LONDON).replace(tzinfo=None) == datetime.fromisoformat(case["goes"])


@given(MOMENTS, TIMES, TIMES)
def test_it_goes_outside_quiet_hours_within_a_day_and_never_before_it_was_asked(now, begins, ends):
    quiet = QuietHours(begins, ends)
    goes = goes_at(now, quiet, urgent=False)
    assert now <= goes <= now + timedelta(hours=25)
    assert not quiet.covers(wall_clock(goes)[1]) or goes_at(goes, quiet, urgent=False) == goes


@given(MOMENTS, TIMES, TIMES)
def test_what_is_urgent_goes_at_once(now, begins, ends):
    assert goes_at(now, QuietHours(begins, ends), urgent=True) == now


def test_each_failure_waits_longer_and_the_sixth_asks_a_person():
    now = datetime.combine(date(2026, 9, 15), time(9), UTC)
    waits = [next_try(tried, now) for tried in range(1, len(WAITS) + 1)]
    assert waits == sorted(set(waits))
    assert next_try(len(WAITS) + 1, now) is None
    with pytest.raises(ValueError, match="did not fail"):
        next_try(0, now)


def test_what_is_left_of_a_day_is_never_less_than_none():
    assert [room_left(sent, 2) for sent in (0, 1, 2, 3)] == [2, 1, 0, 0]
