"""Which sessions a pupil is expected at (policy clause M-3.6a)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.roll.expected import (
    ExpectedPattern,
    halves_text,
    is_expected,
    parse_halves,
    pattern_problems,
)
from tests.core.calendars import calendar_2026_27

CALENDAR = calendar_2026_27()
AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
MON, WED = date(2026, 11, 9), date(2026, 11, 11)

halves = st.sets(st.tuples(st.integers(0, 6), st.sampled_from(Half)), min_size=1).map(frozenset)
days = st.dates(date(2026, 9, 1), date(2027, 7, 31))


@pytest.mark.clause("M-3.6a")
def test_a_pattern_names_the_halves_of_the_week_expected():
    pattern = ExpectedPattern(*AUTUMN, parse_halves("Mon AM, Mon PM, Wed AM"))
    expected = [
        session
        for session in CALENDAR.sessions_between(MON, MON + timedelta(days=6))
        if is_expected(session, CALENDAR, [pattern])
    ]
    assert expected == [Session(MON, Half.AM), Session(MON, Half.PM), Session(WED, Half.AM)]


@pytest.mark.clause("M-3.6a")
@given(days, st.sampled_from(Half))
def test_without_a_pattern_every_session_met_is_expected(day, half):
    session = Session(day, half)
    ended = ExpectedPattern(date(2025, 9, 1), date(2026, 7, 31), frozenset())
    assert is_expected(session, CALENDAR) == CALENDAR.is_session(session)
    assert is_expected(session, CALENDAR, [ended]) == CALENDAR.is_session(session)


@pytest.mark.clause("M-3.6a")
@given(days, st.sampled_from(Half), halves)
def test_no_pattern_expects_a_session_the_school_does_not_meet(day, half, mine):
    pattern = ExpectedPattern(*AUTUMN, mine)
    if is_expected(Session(day, half), CALENDAR, [pattern]):
        assert CALENDAR.is_session(Session(day, half))
        assert not pattern.covers(day) or (day.weekday(), half) in mine


def test_a_pattern_holds_from_its_first_day_to_its_last():
    pattern = ExpectedPattern(MON, WED, parse_halves("Mon AM, Wed AM"))
    assert pattern.expects(Session(MON, Half.AM))
    assert pattern.expects(Session(WED, Half.AM))
    assert not pattern.expects(Session(MON + timedelta(days=7), Half.AM))
    assert ExpectedPattern(MON, None, pattern.halves).expects(Session(MON + timedelta(days=70), Half.AM))


def test_ten_characters_read_as_the_same_halves():
    assert parse_halves("1100100000") == parse_halves("mon am, Mon  PM , WED am")
    assert parse_halves("0000000001") == {(4, Half.PM)}


@given(halves)
def test_text_reads_back(mine):
    assert parse_halves(halves_text(mine)) == mine


@pytest.mark.parametrize("text", ["Mon", "Mon noon", "Funday AM", "110", "11001000002", "Mon AM Wed AM"])
def test_what_is_not_half_of_a_weekday_is_named(text):
    with pytest.raises(ValueError, match="is not half of a weekday"):
        parse_halves(text)


def test_patterns_may_not_overlap_or_run_backwards():
    first = ExpectedPattern(date(2026, 9, 1), None, parse_halves("Mon AM"))
    second = ExpectedPattern(date(2026, 11, 2), date(2026, 10, 2), parse_halves("Mon PM"))
    assert pattern_problems([second, first]) == (
        "The pattern from 2 November 2026 ends before it starts. Correct one date.",
        "The pattern from 1 September 2026 still runs when the one from 2 November 2026 starts. "
        "End the first the day before.",
    )
    assert pattern_problems([ExpectedPattern(*AUTUMN, first.halves)]) == ()
