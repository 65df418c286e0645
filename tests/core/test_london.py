"""London wall time to instants and back, through both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.london import LONDON, at, wall_clock


def last_sunday(year, month):
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


years = st.integers(2017, 2037)
school_times = st.times(time(6), time(22)).map(lambda t: t.replace(microsecond=0))
change_sundays = st.builds(last_sunday, years, st.sampled_from([3, 10]))
change_weeks = st.builds(lambda sunday, days: sunday + timedelta(days=days), change_sundays, st.integers(-7, 7))


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2026, 10, 23), 7),  # Friday in British Summer Time
        (date(2026, 10, 26), 8),  # Monday after the clocks go back on 25 October
        (date(2027, 3, 26), 8),  # Friday before they go forward on 28 March
        (date(2027, 3, 29), 7),
    ],
)
def test_a_register_at_ten_to_nine_is_an_hour_earlier_in_utc_in_summer(day, utc_hour):
    assert at(day, time(8, 50)) == datetime(day.year, day.month, day.day, utc_hour, 50, tzinfo=UTC)


@given(change_weeks, school_times)
def test_there_and_back(day, wall):
    instant = at(day, wall)
    assert instant.tzinfo is UTC
    assert wall_clock(instant) == (day, wall)


@given(change_sundays, st.integers(0, 47))
def test_every_half_hour_of_the_day_of_change_reads_as_london_shows_it(sunday, half_hours):
    instant = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
    day, wall = wall_clock(instant)
    shown = {
        at_fold.astimezone(UTC)
        for fold in (0, 1)
        if (at_fold := datetime.combine(day, wall, LONDON).replace(fold=fold))
    }
    assert instant in shown
    assert at(day, wall) == min(shown)


@given(years, st.integers(0, 59))
def test_a_time_the_clocks_skip_is_refused(year, minute):
    with pytest.raises(ValueError, match="go forward"):
        at(last_sunday(year, 3), time(1, minute))


def test_a_repeated_time_is_the_first_of_the_two():
    assert at(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_clock(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == (date(2026, 10, 25), time(1, 30))


def test_a_wall_time_has_no_zone_and_an_instant_has_one():
    with pytest.raises(ValueError, match="no time zone"):
        at(date(2026, 10, 25), time(8, 50, tzinfo=UTC))
    with pytest.raises(ValueError, match="needs a time zone"):
        wall_clock(datetime(2026, 10, 25, 8, 50))  # noqa: DTZ001
