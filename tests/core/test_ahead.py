"""Behind and ahead of a line: by hand, and against trying every number there is."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.figures.ahead import Line, attended_to_leave, is_over, misses_to_cross
from allpresent.core.thresholds import Lookback
from allpresent.core.thresholds.ahead import ahead, line_of
from tests.core.case_data import cases
from tests.core.thresholds.marked import CALENDAR, marked, threshold

counts = st.integers(0, 60).flatmap(lambda possible: st.tuples(st.integers(0, possible), st.just(possible)))
lines = st.builds(Line, st.fractions(0, 1, max_denominator=40), st.booleans())


def _line(said: str) -> Line:
    return Line(Fraction(said.rstrip("%").removeprefix("more than ")) / 100, not said.startswith("more"))


@pytest.mark.clause("O-A-5.2")
@pytest.mark.parametrize("case", cases("ahead.toml", "ahead"))
def test_what_would_cross_a_line_and_what_would_leave_it(case):
    asked = (case["missed"], case["possible"], case["coming"], _line(case["line"]))
    assert _said(misses_to_cross(*asked)) == case["crosses"]
    assert _said(attended_to_leave(*asked)) == case["leaves"]


def _said(number: int | None) -> int | str:
    return "never" if number is None else number


@given(counts, st.integers(0, 60), lines)
def test_the_fewest_that_cross_are_found_by_trying_them_all(found, coming, line):
    missed, possible = found
    tried = (more for more in range(coming + 1) if is_over(missed + more, possible + coming, line))
    assert misses_to_cross(missed, possible, coming, line) == next(tried, None)


@given(counts, st.integers(0, 60), lines)
def test_the_fewest_that_leave_are_found_by_trying_them_all(found, coming, line):
    missed, possible = found
    tried = (more for more in range(coming + 1) if not is_over(missed, possible + more, line))
    assert attended_to_leave(missed, possible, coming, line) == next(tried, None)


def test_a_threshold_of_a_policy_has_a_line_that_absence_crosses():
    assert line_of(threshold(of="attendance", below="90%", over="term")) == Line(Fraction(1, 10), on_it=False)
    approaching = threshold(of="attendance", more_than="90%", at_most="93%", over="year to date")
    assert line_of(approaching) == Line(Fraction(7, 100))
    assert line_of(threshold(of="absence", at_least="10%", over="school year")) == Line(Fraction(1, 10))
    assert line_of(threshold(of="attendance", at_least="100%", over="term")) is None
    assert line_of(threshold(of="lateness", at_least="5 times", over="term")) is None


@pytest.mark.clause("O-A-5.2")
def test_a_pupil_is_told_what_is_ahead_before_the_end_of_term():
    """65 days to 7 December, 10 sessions missed; 18 sessions to come to 18 December: 14.8 of 148 would be 10%."""
    day, last = date(2026, 12, 7), date(2026, 12, 18)
    marks = {"2026-09-08": "I I", "2026-09-22": "I I", "2026-09-30": "O O", "2026-10-14": "I I", "2026-11-04": "I I"}
    history = marked(day=day, marks=marks)
    found = ahead(threshold(of="absence", at_least="10%", over="school year"), history, Lookback(CALENDAR, day), last)
    assert (found.coming, found.crosses, found.leaves, found.out_on) == (18, 5, 0, None)
    rolling = threshold(of="absence", at_least="10%", over="10 school weeks")
    assert ahead(rolling, history, Lookback(CALENDAR, day), last) is None


def test_a_pupil_past_a_range_is_told_nothing_of_it():
    """Half of all sessions missed: nobody who has gone that far approaches 93%."""
    day = date(2026, 9, 4)
    approaching = threshold(of="attendance", more_than="90%", at_most="93%", over="year to date")
    history = marked(day=day, marks={"2026-09-01": "I I", "2026-09-02": "I I"})
    assert ahead(approaching, history, Lookback(CALENDAR, day), date(2026, 12, 18)) is None
    absent = threshold(of="absence", at_least="5%", below="10%", over="term")
    assert ahead(absent, history, Lookback(CALENDAR, day), date(2026, 12, 18)) is None


@pytest.mark.clause("O-A-5.2")
def test_what_would_bring_a_pupil_out_has_a_day():
    """2 of 8 sessions: under 10% at 2 of 21, after 13 sessions more; the last of them the morning of 15 September."""
    day = date(2026, 9, 4)
    asked = threshold(of="absence", at_least="10%", over="school year")
    found = ahead(asked, marked(day=day, marks={"2026-09-01": "I I"}), Lookback(CALENDAR, day), date(2026, 9, 11))
    assert (found.coming, found.crosses, found.leaves, found.out_on) == (10, 0, 13, date(2026, 9, 15))
    week = threshold(of="absence", at_least="10%", over="week")
    found = ahead(week, marked(day=day, marks={"2026-09-01": "I I"}), Lookback(CALENDAR, day), date(2026, 12, 18))
    assert (found.coming, found.crosses, found.leaves) == (0, 0, None)
