"""When a register opens, is due and closes; and what it is called at each moment."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.london import wall_clock
from allpresent.core.register import RegisterState, Window, WindowProblem, register_state
from tests.core.register.cases import MONDAY, cases, instant, named, window

WINDOWS = ("magnum_opus_morning", "magnum_opus_afternoon", "ogbourne_morning", "ogbourne_afternoon")
moments = st.times(time(6), time(18)).map(lambda clock: instant(MONDAY, clock.isoformat()))


@pytest.mark.clause("M-3.3c", "M-4.1b", "M-4.1c", "O-B-3.1.5", "O-B-3.1.6")
@pytest.mark.parametrize("case", cases("states"), ids=named)
def test_state(case):
    day = case.get("day", MONDAY)
    submitted = instant(day, case["submitted"]) if "submitted" in case else None
    status = register_state(window(case["window"]), day, now=instant(day, case["now"]), submitted_at=submitted)
    found = (status.state, status.minutes_left, status.minutes_overdue)
    assert found == (case["state"], case.get("left", 0), case.get("over", 0))
    assert status.close_passed == (status.minutes_left == 0)


@pytest.mark.clause("O-B-3.1.7")
@pytest.mark.parametrize("name", WINDOWS)
def test_both_policies_keep_every_register_open_for_thirty_minutes(name):
    held = window(name)
    assert held.closes_at(MONDAY) - held.opens_at(MONDAY) == timedelta(minutes=30)


@pytest.mark.parametrize("name", WINDOWS)
@pytest.mark.parametrize(
    "day",
    [
        date(2026, 10, 23),
        date(2026, 10, 25),
        date(2026, 10, 26),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
    ],
)
def test_the_wall_times_hold_on_both_sides_of_a_clock_change(name, day):
    held = window(name)
    assert wall_clock(held.opens_at(day)) == (day, held.opens)
    assert wall_clock(held.closes_at(day)) == (day, held.closes)


NINE = time(9, 0)
REFUSED = [
    ({"closes": time(8, 50)}, "closes at 08:50, but it opens at 09:00"),
    ({"on_time_until": time(8, 45), "closes": NINE}, "Set a close that is after the opening"),
    ({"closes": time(9, 31)}, "at most 30 minutes"),
    ({"late_until": time(9, 31)}, "gives L until 09:31"),
    ({"on_time_until": time(9, 30)}, "time of arrival must come first"),
    ({"complete_within": 0}, "one minute or more"),
    ({"session_ends": time(9, 20)}, "before its register is done"),
]


@pytest.mark.clause("O-B-3.1.7")
@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_a_window_that_cannot_stand_is_refused_in_words(change, words):
    times = {"opens": NINE, "on_time_until": NINE, "closes": time(9, 30)} | change
    with pytest.raises(WindowProblem, match=words):
        Window(**times)


def test_a_window_may_go_to_its_edges():
    held = Window(NINE, NINE, time(9, 1), complete_within=1, session_ends=time(9, 1))
    assert held.due_at(MONDAY) == held.closes_at(MONDAY) == instant(MONDAY, "09:01")


def test_an_old_window_may_have_been_longer():
    long_ago = Window(NINE, NINE, time(9, 45), history=True)
    assert long_ago.closes_at(date(2012, 9, 10)) == instant(date(2012, 9, 10), "09:45")


def test_a_completion_deadline_after_the_close_is_due_at_the_close():
    held = Window(NINE, NINE, time(9, 20), complete_within=40)
    assert held.due_at(MONDAY) == instant(MONDAY, "09:20")


@given(later=st.timedeltas(timedelta(0), timedelta(days=900)), name=st.sampled_from(WINDOWS))
def test_a_register_nobody_took_is_overdue_for_ever(later, name):
    held = window(name)
    now = held.due_at(MONDAY) + later
    assert register_state(held, MONDAY, now=now, submitted_at=None).state is RegisterState.OVERDUE


@given(now=moments, submitted=st.none() | moments, name=st.sampled_from(WINDOWS))
def test_minutes_agree_with_the_instants(now, submitted, name):
    status = register_state(window(name), MONDAY, now=now, submitted_at=submitted)
    assert status.close_passed == (now >= status.closes_at) == (status.minutes_left == 0)
    assert (status.state is RegisterState.OVERDUE) >= (status.minutes_overdue > 0)
    assert status.opens_at < status.due_at <= status.closes_at
