"""Any threshold that a policy can state, for one pupil on one day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allpresent.core.codes import Statistical, code_set_on
from allpresent.core.figures import tally_dated
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.values import Period, Span, Unit, parse_period
from allpresent.core.thresholds import Lookback, Whom, assess, history_of
from tests.core.case_data import cases
from tests.core.thresholds.marked import CALENDAR, marked, threshold

DAY = date(2026, 12, 18)
SESSIONS = CALENDAR.sessions_between(date(2026, 9, 1), DAY)
CODES = code_set_on(DAY)
ABSENT = [*CODES.by_class(Statistical.AUTH), *CODES.by_class(Statistical.UNAUTH)]
letters = st.lists(st.sampled_from(["", *CODES]), min_size=len(SESSIONS), max_size=len(SESSIONS))
edges = st.sampled_from(["1%", "7%", "10%", "33.3%", "50%", "99.9%", "100%"])


@pytest.mark.clause("O-A-3", "O-A-5.1", "O-A-5.2", "O-B-3.1.3", "O-B-20.2", "M-1b")
@pytest.mark.parametrize("case", cases("thresholds.toml", "threshold"))
def test_a_threshold_says_who_is_within_it_and_from_which_sessions(case):
    history = marked(day=case["day"], since=case.get("since", date(2026, 9, 1)), marks=case["marks"])
    whom = Whom(frozenset(map(Circumstance, case.get("circumstances", ()))), case.get("year_group", ""))
    others = [threshold(**other) for other in case.get("others", ())]
    found = assess(threshold(**case["threshold"]), history, Lookback(CALENDAR, case["day"]), whom=whom, others=others)
    assert (found.said if found else "") == case["says"]
    assert found is None or len(found.sessions) == case["sessions"]
    assert found is None or len(found.also) == len(others)


@pytest.mark.parametrize("case", cases("thresholds.toml", "window"))
def test_a_period_is_a_stretch_of_days(case):
    window = Lookback(CALENDAR, case["day"]).window(parse_period(case["over"]))
    assert (window.first, window.last) == (case["first"], case["last"])


def test_before_the_first_term_there_is_no_term():
    back = Lookback(CALENDAR, date(2026, 8, 20))
    assert [back.window(parse_period(over)) for over in ("term", "half-term", "10 school weeks", "20 school days")] == [
        None
    ] * 4


def test_marks_from_before_the_present_stretch_on_the_roll_are_not_looked_at():
    asked = threshold(of="absence", at_least="1 session", over="term")
    history = marked(day=date(2026, 10, 2), since=date(2026, 9, 21), marks={"2026-09-03": "I I"})
    assert assess(asked, history, Lookback(CALENDAR, date(2026, 10, 2))) is None


def test_each_mark_is_read_with_its_own_days_meaning():
    """An interview was attendance until August 2024, and is absence since."""
    days = date(2024, 7, 1), date(2024, 9, 2)
    marks = [(session._replace(day=day), code) for session, day, code in zip(SESSIONS, days, ("J", "J1"), strict=False)]
    asked = threshold(of="absence", at_least="1 session", over="1 year")
    found = assess(asked, history_of(marks), Lookback(CALENDAR, date(2024, 9, 3)))
    assert [session.day for session in found.sessions] == [date(2024, 9, 2)]
    assert found.possible == 2


def test_two_thresholds_that_name_each_other_are_both_asked_once():
    one = threshold(id="one", of="absence", at_least="1 session", over="term", **{"and": ["two"]})
    two = threshold(id="two", of="lateness", at_least="1 time", over="term", **{"and": ["one"]})
    day = date(2026, 9, 10)
    both = assess(one, marked(day=day, marks={"2026-09-02": "I L"}), Lookback(CALENDAR, day), others=[one, two])
    assert (both.threshold, [other.threshold for other in both.also]) == ("one", ["two"])
    assert assess(one, marked(day=day, marks={"2026-09-02": "I \\"}), Lookback(CALENDAR, day), others=[two]) is None


def test_a_period_in_minutes_is_refused():
    with pytest.raises(ValueError, match="look back over 10 minutes"):
        Lookback(CALENDAR, DAY).window(Period(None, Span(10, Unit.MINUTES)))


def _history(found):
    return history_of(((session, letter) for session, letter in zip(SESSIONS, found, strict=True) if letter))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters, edges)
def test_a_rate_is_decided_as_the_figure_decides_it(found, edge):
    """The same whole numbers as core.figures, compared as fractions: never on a rounded percentage."""
    figure = tally_dated((session.day, letter) for session, letter in zip(SESSIONS, found, strict=True) if letter)
    asked = threshold(of="absence", at_least=edge, over="year to date")
    within = bool(figure.possible) and Fraction(100 * figure.absence, figure.possible) >= Fraction(edge.strip("%"))
    finding = assess(asked, _history(found), Lookback(CALENDAR, DAY))
    assert bool(finding) == within
    assert finding is None or (finding.counted, finding.possible) == (figure.absence, figure.possible)
    assert finding is None or len(finding.sessions) == figure.absence


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters, edges)
def test_attendance_and_absence_are_two_sides_of_one_line(found, edge):
    """Below 90% attended is more than 10% missed; exactly 90% is neither."""
    other = f"{100 - float(edge.strip('%')):.1f}%"
    history, back = _history(found), Lookback(CALENDAR, DAY)
    below = assess(threshold(of="attendance", below=edge, over="term"), history, back)
    more = assess(threshold(of="absence", more_than=other, over="term"), history, back)
    assert bool(below) == bool(more)
    assert below is None or below.sessions == more.sessions


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters, st.integers(0, len(SESSIONS) - 1), edges)
def test_a_present_mark_never_brings_a_pupil_into_an_absence_threshold(found, place, edge):
    back, asked = Lookback(CALENDAR, DAY), threshold(of="absence", at_least=edge, over="term")
    before = assess(asked, _history(found), back)
    present = "/" if SESSIONS[place].half == "AM" else "\\"
    after = assess(asked, _history([*found[:place], present, *found[place + 1 :]]), back)
    assert before is not None or after is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters, st.sampled_from(["5 sessions", "3 days"]))
def test_an_absence_more_never_brings_a_pupil_out_of_a_count_of_sessions_or_days(found, edge):
    asked = threshold(of="absence", at_least=edge, over="term")
    kept = [letter or "/" for letter in found]
    before = assess(asked, _history(kept), Lookback(CALENDAR, DAY))
    after = assess(asked, _history(["I", *kept[1:]]), Lookback(CALENDAR, DAY))
    assert (before.amount if before else 0) <= (after.amount if after else 0)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters, st.integers(0, 106))
def test_what_comes_after_the_day_changes_nothing(found, days):
    day = date(2026, 9, 1) + timedelta(days=days)
    until = [letter if session.day <= day else "" for session, letter in zip(SESSIONS, found, strict=True)]
    asked = threshold(of="attendance", below="95%", over="school year")
    back = Lookback(CALENDAR, day)
    assert assess(asked, _history(found), back) == assess(asked, _history(until), back)
