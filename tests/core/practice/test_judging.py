"""What is said of a step and its clock: on time, late, not done, not needed, still open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from allpresent.core.practice import Case, Clock, Subject, Verdict, judge

CALL = Clock("first-contact", "First call home", "The parent is rung on the first morning.", ("M-4.5a",))
DUE = datetime(2026, 9, 15, 9, tzinfo=UTC)


def _pupil(number: int) -> Subject:
    return Subject("pupil", number, date(2026, 9, 15), "AM")


def at(minutes: int) -> datetime:
    return DUE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("done", "spared", "now", "says"),
    [
        (-5, None, 30, Verdict.ON_TIME),
        (0, None, 30, Verdict.ON_TIME),
        (1, None, 30, Verdict.LATE),
        (None, None, 30, Verdict.NOT_DONE),
        (None, None, 0, Verdict.OPEN),
        (None, -10, 30, Verdict.NOT_NEEDED),
        (None, 10, 30, Verdict.NOT_DONE),
        (20, -10, 30, Verdict.LATE),
        (20, None, 10, Verdict.NOT_DONE),
        (None, 40, 30, Verdict.NOT_DONE),
    ],
)
def test_what_is_said_of_one_case(done, spared, now, says):
    moments = [None if minutes is None else at(minutes) for minutes in (done, spared)]
    assert Case(_pupil(1), DUE, *moments).verdict(at(now)) is says


def test_a_share_leaves_out_what_was_not_needed_or_is_open():
    cases = [
        Case(_pupil(1), DUE, done=at(-1)),
        Case(_pupil(2), DUE, done=at(10)),
        Case(_pupil(3), DUE, done=at(30)),
        Case(_pupil(4), DUE),
        Case(_pupil(5), DUE, spared=at(-20)),
        Case(_pupil(6), at(120)),
    ]
    practice = judge(CALL, cases, now=at(60))
    assert practice.judged == 4
    assert practice.share_on_time == Fraction(1, 4)
    assert practice.usual_delay == timedelta(minutes=20)
    assert practice.longest_delay == timedelta(minutes=30)


def test_nothing_to_judge_has_no_share():
    assert judge(CALL, [], now=DUE).share_on_time is None
    assert judge(CALL, [], now=DUE).usual_delay is None


MINUTES = some.none() | some.integers(-500, 500)


@given(some.lists(some.tuples(some.integers(-500, 500), MINUTES, MINUTES)), some.integers(-500, 500))
def test_every_case_is_counted_once(rows, now):
    times = [[None if minutes is None else at(minutes) for minutes in row] for row in rows]
    practice = judge(CALL, [Case(_pupil(n), *moments) for n, moments in enumerate(times)], now=at(now))
    assert sum(practice.count(verdict) for verdict in Verdict) == len(rows)
    assert all(case.late_by >= timedelta() for case in practice.cases)
