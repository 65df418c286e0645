"""Shapes that absence makes: each by hand, and none of them more often than chance allows."""

from datetime import date
from fractions import Fraction
from math import comb

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allpresent.core.policy.model.response import Pattern
from allpresent.core.thresholds import Look, Lookback, assess, history_of, late_weekday, looked_at, together
from allpresent.core.thresholds.rules import SAID, in_words, rule
from tests.core.case_data import cases
from tests.core.thresholds.marked import CALENDAR, marked, threshold

DAY = date(2026, 12, 18)
SESSIONS = CALENDAR.sessions_between(date(2026, 9, 1), DAY)
patterns = st.sampled_from(list(Pattern))
letters = st.lists(
    st.sampled_from([*"/" * 6, "", "I", "O", "L", "D", "Y4"]), min_size=len(SESSIONS), max_size=len(SESSIONS)
)


def found_in(pattern: str, history, day: date, over: str = "term", **stated):
    asked = threshold(of="pattern", pattern=pattern, over=over, **stated)
    return assess(asked, history, Lookback(CALENDAR, day))


@pytest.mark.clause("O-A-3", "M-1c", "M-3.2b", "O-App2-1", "O-App2-2")
@pytest.mark.parametrize("case", cases("patterns.toml", "pattern"))
def test_a_pattern_is_found_where_it_is_one(case):
    history = marked(day=case["day"], since=case.get("since", date(2026, 9, 1)), marks=case["marks"])
    stated = {"weekdays": case.get("weekdays", []), **case.get("edge", {})}
    found = found_in(case["pattern"], history, case["day"], case.get("over", "term"), **stated)
    assert (found.words if found else "") == case["says"]
    assert found is None or len(found.sessions) == case["sessions"]


@pytest.mark.parametrize("case", cases("patterns.toml", "together"))
def test_two_children_of_a_family_absent_together(case):
    one, other = (marked(day=date(2026, 11, 20), marks=case[which]) for which in ("one", "other"))
    found = together(one, other, date(2026, 9, 1), date(2026, 11, 20))
    assert found.words == case["says"]
    assert (found.stands_out and found.enough) == case["holds"]


@pytest.mark.clause("O-B-3.1.3")
@pytest.mark.parametrize("case", cases("patterns.toml", "late"))
def test_lateness_on_one_weekday(case):
    history = marked(day=case["day"], marks=case["marks"])
    back = Lookback(CALENDAR, case["day"])
    window = back.window(threshold(of="absence", at_least="1%", over="term").over)
    found = late_weekday(Look(history, *looked_at(history, window), back))
    assert (found.words, found.stands_out and found.enough) == (case["says"], case["holds"])


def _chance_of(times: int, share: int, days: int, chance: Fraction) -> Fraction:
    """That so many of `days` fall, by chance alone, where each does with `chance`."""
    least = max(times, -(-share * days // 100))
    return sum(comb(days, n) * chance**n * (1 - chance) ** (days - n) for n in range(least, days + 1))


@pytest.mark.parametrize(
    ("name", "chance", "looks"),
    [("same-weekday", Fraction(1, 5), 5), ("several-weekdays", Fraction(2, 5), 1), ("same-half", Fraction(1, 2), 2)],
)
def test_chance_alone_would_show_it_of_fewer_than_one_pupil_in_ten(name, chance, looks):
    asked = rule(name)
    worst = max(looks * _chance_of(asked.times, asked.share, days, chance) for days in range(1, 60))
    assert worst < Fraction(1, 10)


def test_every_rule_can_be_read_on_the_page():
    said = [in_words(name) for name in SAID]
    assert not any("{" in words for words in said)
    assert {pattern.value for pattern in Pattern} <= set(SAID)


def _history(found):
    return history_of(((session, letter) for session, letter in zip(SESSIONS, found, strict=True) if letter))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(patterns, letters)
def test_what_a_pattern_counts_is_absence_of_its_own_days(pattern, found):
    finding = found_in(pattern.value, _history(found), DAY)
    at = dict(zip(SESSIONS, found, strict=True))
    assert finding is None or {at[session] for session in finding.sessions} <= {"I", "O"}
    assert finding is None or (finding.sessions == tuple(sorted(finding.sessions)) and finding.words)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    patterns, st.lists(st.sampled_from(["/", "L", "D", "Y4", "X", ""]), min_size=len(SESSIONS), max_size=len(SESSIONS))
)
def test_without_an_absence_there_is_no_pattern(pattern, found):
    assert found_in(pattern.value, _history(found), DAY) is None


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(letters)
def test_nobody_falls_and_rises_suddenly_at_once(found):
    """One may be over three weeks and the other over thirds; the same comparison is never both."""
    falls, rises = (found_in(way, _history(found), DAY) for way in ("falling", "rising"))
    assert falls is None or rises is None or falls.words != rises.words
