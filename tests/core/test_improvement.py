"""Targets and goals in whole numbers, aims and boards as policies say them, and how long training lasts."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.codes import code_set_on
from allpresent.core.figures import tally
from allpresent.core.improvement import (
    Audience,
    Counted,
    Measure,
    Share,
    Standing,
    State,
    TrainingNeed,
    aims_of,
    boards_that_set_goals,
    interval_of,
    reached,
    share_of,
    standing,
    training_needs,
    training_stands,
)
from allpresent.core.policy.values import Span, Unit
from tests.core.policy.policy_files import CLEAN, policy_from, policy_of

DAY = date(2026, 9, 15)
CASES = tomllib.loads((Path(__file__).parent / "cases/training_intervals.toml").read_text("utf-8"))["case"]
SHARES = st.integers(1, 500).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))
TARGETS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)


def of_marks(marks: str, measure: Measure) -> Share:
    return share_of(measure, Counted(tally(marks, code_set_on(DAY)), marks.count("U"), 10, 3, 1))


@pytest.mark.clause("M-1a")
def test_punctuality_is_of_the_registers_to_which_somebody_came():
    marks = "/" * 16 + "LL" + "UU" + "IIBB"
    assert of_marks(marks, Measure.PUNCTUALITY) == Share(16, 20)
    assert of_marks(marks, Measure.ATTENDANCE) == Share(20, 24)
    assert of_marks(marks, Measure.PERSISTENT) == Share(3, 10)
    assert of_marks("II", Measure.PUNCTUALITY) == Share(0, 0)


def test_a_target_is_held_against_whole_numbers_and_never_rounded():
    assert reached(Measure.ATTENDANCE, Share(960, 1000), Decimal("96.0"))
    assert reached(Measure.ATTENDANCE, Share(9599, 10000), Decimal("96.0")) is False
    assert reached(Measure.PERSISTENT, Share(1, 10), Decimal("10.0"))
    assert reached(Measure.PERSISTENT, Share(2, 19), Decimal("10.0")) is False
    assert reached(Measure.SEVERE, Share(0, 0), Decimal("1.0")) is None


@pytest.mark.clause("M-3.1d")
@given(start=SHARES, now=SHARES, target=TARGETS, measure=st.sampled_from(Measure))
def test_a_goal_stands_where_its_distance_says(start, now, target, measure):
    aim = Fraction(target)
    better = 1 if measure.more_is_better else -1
    gaps = [better * (aim - Fraction(100 * share.part, share.whole)) for share in (start, now)]
    found = standing(measure, start, now, target)
    assert (found is Standing.REACHED) == (gaps[1] <= 0) == reached(measure, now, target)
    if gaps[1] > 0:
        expected = Standing.NEARER if gaps[1] < gaps[0] else Standing.FURTHER
        assert found is (Standing.NO_NEARER if gaps[0] == gaps[1] else expected)


@pytest.mark.clause("M-3.1g", "O-B-22.2")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_how_long_training_lasts(case):
    span = interval_of(case["says"])
    assert (f"{span.number} {span.unit.value}" if span else "") == case["is"]


def a_need(every: Span | None) -> TrainingNeed:
    return TrainingNeed("all staff", Audience(everyone=True), "", every, False, ("law", "partners"), ())


@given(days=st.lists(st.integers(0, 2000), min_size=2, max_size=2), today=st.integers(0, 2500), years=st.integers(1, 3))
def test_training_is_due_so_long_after_the_older_of_its_topics(days, today, years):
    base = date(2020, 2, 29)
    had = dict(zip(("law", "partners"), (base + timedelta(days=each) for each in days), strict=True))
    day = base + timedelta(days=today)
    held = training_stands(a_need(Span(years, Unit.YEARS)), had, base, day)
    assert held.last == min(had.values())
    assert held.due_on.year == held.last.year + years
    assert (held.state is State.OVERDUE) == (held.due_on < day)


def test_a_month_that_is_too_short_ends_on_its_last_day():
    had = dict.fromkeys(("law", "partners"), date(2024, 2, 29))
    assert training_stands(a_need(Span(1, Unit.YEARS)), had, DAY, DAY).due_on == date(2025, 2, 28)
    had = dict.fromkeys(("law", "partners"), date(2026, 10, 31))
    assert training_stands(a_need(Span(1, Unit.TERMS)), had, DAY, DAY).due_on == date(2027, 2, 28)


MORE = """
targets:
  - {aim: attendance of every child, figure: at least 97.5%, clause: X-1}
  - {aim: being on time, figure: "99 %", clause: X-2}
  - {aim: a warm welcome, clause: X-3}
training:
  - {who: [Office staff, class-teacher], how-often: termly, topics: [codes], clause: X-4}
  - {who: the caretaker's dog, how-often: annually, topics: [barking], clause: X-5}
"""


@pytest.mark.clause("M-1a")
def test_what_policies_aim_at_in_words_and_in_numbers():
    [aim] = aims_of(policy_of("magnum-opus"))
    assert (aim.measure, aim.percent, aim.clauses) == (Measure.ATTENDANCE, None, ("M-1a",))
    aims = aims_of(policy_from(CLEAN + MORE))
    numbers = [(aim.measure, aim.percent) for aim in aims]
    assert numbers[0] == (Measure.ATTENDANCE, Decimal("97.5"))
    assert numbers[1:] == [(Measure.PUNCTUALITY, Decimal(99)), (Measure.ATTENDANCE, None)]


@pytest.mark.clause("M-3.1d")
def test_a_board_sets_goals_where_the_policy_says_so():
    [board] = boards_that_set_goals(policy_of("magnum-opus"))
    assert (board.label, board.of_trust, board.clauses) == ("Governing board", False, ("M-3.1d",))
    assert boards_that_set_goals(policy_of("ogbourne")) == ()


@pytest.mark.clause("M-3.1g", "O-A-7")
def test_whom_statements_about_training_speak_of():
    everyone, specialists = (need.audience for need in training_needs(policy_of("ogbourne")))
    assert everyone == Audience(everyone=True)
    assert specialists == Audience(specialists=True)
    assert [need.audience for need in training_needs(policy_of("magnum-opus"))] == [everyone, specialists]
    posts, nobody = (need.audience for need in training_needs(policy_from(CLEAN + MORE)))
    assert posts == Audience(posts=frozenset({"office-staff", "class-teacher"}))
    assert nobody == Audience(posts=frozenset({"the-caretaker's-dog"}))
