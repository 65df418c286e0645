"""Suspensions and their sixth day; whether a pupil who is due elsewhere is known to be there; sessions ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.elsewhere.arrangement import DAYS_AHEAD, Agreed, sessions_ahead
from allpresent.core.elsewhere.heard import Says, Standing, standing
from allpresent.core.elsewhere.kinds import ProviderKind, code_of
from allpresent.core.elsewhere.suspension import DAYS_OF_E, Suspended, runs, sessions_of_e
from tests.core.calendars import calendar_2026_27
from tests.core.case_data import cases

YEAR = calendar_2026_27()
NOON = datetime(2026, 9, 15, 12, tzinfo=UTC)
DAYS = st.dates(date(2026, 9, 1), date(2027, 6, 1))
HALVES = st.frozensets(st.tuples(st.integers(0, 4), st.sampled_from(Half)))


def suspended(day: date, half: str, days: int) -> Suspended:
    return Suspended(Session(day, Half(half)), days or None)


@pytest.mark.clause("O-B-10.1")
@pytest.mark.parametrize("case", cases("elsewhere.toml", "suspension"))
def test_suspensions(case):
    [run] = runs([suspended(*one) for one in case["begins"]], YEAR)
    assert run.sessions_until == case["last_e"]
    assert run.provision_from == case.get("provision_from")


@pytest.mark.clause("O-B-5.4")
@pytest.mark.parametrize("case", cases("elsewhere.toml", "standing"))
def test_standing(case):
    says = Says(case["says"]) if case["says"] else None
    now = NOON + timedelta(minutes=case["late_by"])
    assert standing(says=says, absent=case["absent"], owed_at=NOON, now=now) == Standing(case["is"])


@given(DAYS, st.sampled_from(Half), st.integers(1, 45))
def test_e_is_never_on_more_than_five_days_and_provision_is_owed_on_the_next(day, half, days):
    found = runs([Suspended(Session(day, half), days)], YEAR)
    for run in found:
        e_days = {session.day for session in sessions_of_e(run, YEAR)}
        assert len(e_days) <= DAYS_OF_E
        assert all(session >= run.first for session in sessions_of_e(run, YEAR))
        assert run.provision_from is None or run.provision_from == YEAR.next_school_day(max(run.days[:DAYS_OF_E]))


@given(st.lists(st.tuples(DAYS, st.integers(1, 8)), max_size=5))
def test_runs_share_no_day_and_lose_none(begun):
    suspensions = [Suspended(Session(day, Half.AM), days) for day, days in begun]
    found = runs(suspensions, YEAR)
    days = [day for run in found for day in run.days]
    assert len(days) == len(set(days))
    assert set(days) == {d for day, n in begun for d in YEAR.school_days_between(day, date.max)[:n]}


@given(DAYS, DAYS, st.none() | DAYS, HALVES)
def test_nothing_is_entered_past_the_end_before_the_beginning_or_too_far_ahead(today, begins, ends, halves):
    agreed = Agreed(begins, ends, halves)
    found = sessions_ahead(agreed, YEAR, today)
    assert all(begins <= session.day and today <= session.day for session in found)
    assert ends is None or all(session.day <= ends for session in found)
    assert not halves or all((session.day.weekday(), session.half) in halves for session in found)
    assert len({session.day for session in found}) <= DAYS_AHEAD


@given(st.none() | st.sampled_from(Says), st.booleans(), st.integers(-600, 600))
def test_only_a_word_confirms(says, absent, minutes):
    known = standing(says=says, absent=absent, owed_at=NOON, now=NOON + timedelta(minutes=minutes))
    assert (known is Standing.CONFIRMED) == (says in (Says.THERE, Says.LATE))


@pytest.mark.clause("O-B-5.1")
@pytest.mark.parametrize("kind", ProviderKind)
def test_each_kind_of_place_has_a_code_of_attending_elsewhere_that_asks_what_is_done_there(kind):
    code = code_set_on(date(2026, 9, 15))[code_of(kind)]
    assert (code.table, code.on_site) == (2, False)
    assert any(detail.required for detail in code.detail)
