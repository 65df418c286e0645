"""Which moment the demonstration shows."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.demo.moment import TooEarly, moment_asked, moment_shown
from allpresent.shared.clock import read_moment

DAYS = (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("real", "last_act", "shown"),
    [
        ("2026-11-20 09:25", None, ""),  # a school at work: the real clock
        ("2026-11-20 09:25", "2026-11-20 09:10", ""),
        ("2026-11-21 11:00", None, "2026-11-20 08:55"),  # Saturday
        ("2026-11-20 20:00", None, "2026-11-20 08:55"),  # the same evening
        ("2026-11-20 06:30", None, "2026-11-19 08:55"),  # before the school is up
        ("2026-08-01 10:00", None, "2026-11-19 08:55"),  # before the year: its first day
        ("2027-08-01 10:00", None, "2026-11-23 08:55"),  # after it: its last
        ("2026-11-21 11:00", "2026-11-20 09:12", "2026-11-20 09:13"),  # work goes on where it stopped
        ("2026-11-21 11:00", "2026-11-20 17:40", "2026-11-23 08:55"),  # that day's work was over
        ("2026-11-20 09:25", "2026-11-20 13:15", "2026-11-20 13:16"),  # somebody had set the clock ahead
    ],
)
def test_the_moment_shown(real, last_act, shown):
    found = moment_shown(read_moment(real), DAYS, read_moment(last_act) if last_act else None)
    assert found.moment == read_moment(shown or real)
    assert found.clock_set == bool(shown)


def test_a_set_clock_says_why():
    found = moment_shown(read_moment("2026-11-21 11:00"), DAYS, None)
    assert found.why == (
        "No register is open at 21 November 2026 at 11:00, so the clock begins at 8:55 on Friday 20 November 2026."
    )


def test_a_moment_before_what_was_done_is_refused():
    with pytest.raises(TooEarly, match="up to 20 November 2026 at 9:12"):
        moment_asked(read_moment("2026-11-20 08:55"), read_moment("2026-11-20 09:12"))


def test_a_moment_asked_for_is_shown():
    found = moment_asked(read_moment("2026-11-20 13:20"), read_moment("2026-11-20 09:12"))
    assert found.moment == read_moment("2026-11-20 13:20")
    assert found.clock_set
