"""The clock of an unexplained mark: school days, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.closures import Closure, ClosureKind, Term
from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.settle.clock import Countdown, countdown, last_day
from tests.core.case_data import cases
from tests.core.policy.policy_files import policy_of

TERMS = (
    Term("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
)
STAFF_DAY = Closure(date(2026, 11, 27), date(2026, 11, 27), ClosureKind.PLANNED, "Staff day")
CALENDAR = SchoolCalendar(TERMS, (STAFF_DAY,))
POLICIES = {name: policy_of(name) for name in ("ogbourne", "magnum-opus")}


@pytest.mark.clause("M-4.5c", "O-B-14.1", "unresolved reason limit")
@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("case", cases("settle_clock.toml", "clock"))
def test_the_last_day_to_settle(case, policy):
    assert last_day(CALENDAR, case["session"], policy) == case["last"]


@pytest.mark.parametrize("case", cases("settle_clock.toml", "left"))
def test_school_days_left(case):
    clock = countdown(CALENDAR, case["session"], POLICIES["ogbourne"], case["today"])

    assert clock.days_left == case["left"]
    assert (clock.over, clock.last) == (case["left"] == 0, case["left"] == 1)


def test_past_the_calendar_nothing_is_guessed():
    assert countdown(CALENDAR, date(2027, 5, 26), POLICIES["ogbourne"], date(2027, 7, 1)) == Countdown(None, None)


@given(st.integers(0, len(CALENDAR.pupil_days) - 7), st.dates(date(2026, 9, 1), date(2027, 5, 28)))
def test_five_school_days_lie_between_whatever_else_does(place, today):
    session = CALENDAR.pupil_days[place]
    until = last_day(CALENDAR, session, POLICIES["ogbourne"])
    clock = countdown(CALENDAR, session, POLICIES["ogbourne"], today)

    assert len(CALENDAR.school_days_between(session + timedelta(days=1), until)) == 5
    assert clock.over == (today > until)
    assert clock.days_left == len([day for day in CALENDAR.pupil_days if today <= day <= until])
