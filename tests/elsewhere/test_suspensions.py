"""Suspensions: five school days of E, and education from the sixth in a row."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.elsewhere import actions, queries
from allpresent.shared.clock import read_moment
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 9, 25)


@pytest.fixture
def pupil():
    return world.a_class(school=world.a_school())[1][0]


def line(pupil, today: date = FRIDAY):
    [found] = queries.suspensions_of(pupil.school, today)
    return found


@pytest.mark.clause("O-B-10.1")
def test_five_days_are_e_and_the_sixth_is_owed_from_the_first_day_on(pupil):
    placing.suspended(pupil, days=8)
    codes = placing.codes(pupil)
    assert set(codes.values()) == {"E"}
    assert (min(codes), max(codes), len(codes)) == ("2026-09-28 AM", "2026-10-02 PM", 10)
    assert line(pupil).run.provision_from == date(2026, 10, 5)
    assert line(pupil).is_owed()
    assert not line(pupil).is_overdue(date(2026, 10, 2))
    assert line(pupil).is_overdue(date(2026, 10, 5))


@pytest.mark.clause("O-B-10.1")
def test_a_provider_arranged_for_the_sixth_day_is_what_was_owed(pupil):
    placing.suspended(pupil, days=8)
    provider = placing.a_provider(school=pupil.school, name="Riverside")
    now = read_moment("2026-09-28 10:00")
    placing.placed(pupil, provider, begins=date(2026, 10, 5), ends=date(2026, 10, 7), now=now)
    assert line(pupil).provided == "Riverside"
    assert not line(pupil).is_overdue(date(2026, 10, 5))
    assert placing.codes(pupil)["2026-10-05 AM"] == "B"


def test_a_suspension_of_five_days_or_fewer_owes_nothing(pupil):
    placing.suspended(pupil, days=5)
    assert line(pupil).run.provision_from is None


@pytest.mark.clause("O-B-10.1")
def test_two_that_follow_one_another_are_one_run_of_days(pupil):
    placing.suspended(pupil, days=3)
    placing.suspended(pupil, first="2026-10-01", days=4)
    assert line(pupil).run.provision_from == date(2026, 10, 5)
    assert max(placing.codes(pupil)) == "2026-10-02 PM"


def test_half_term_and_weekends_are_no_school_days(pupil):
    placing.suspended(pupil, first="2026-10-21", days=7, now="2026-10-20 16:00")
    assert line(pupil, date(2026, 10, 21)).run.provision_from == date(2026, 11, 4)


@pytest.mark.clause("O-B-10.2")
def test_present_at_registration_and_then_suspended_stays_present(pupil):
    world.marks(pupil, {"2026-09-28": "/-"})
    placing.suspended(pupil, half=Half.AM, days=2, now="2026-09-28 11:00")
    assert placing.codes(pupil) == {
        "2026-09-28 AM": "/", "2026-09-28 PM": "E", "2026-09-29 AM": "E", "2026-09-29 PM": "E",
    }  # fmt: skip


def test_n_of_a_session_that_had_begun_becomes_e(pupil):
    world.marks(pupil, {"2026-09-28": "N-"})
    placing.suspended(pupil, days=1, now="2026-09-28 11:00")
    assert placing.codes(pupil) == {"2026-09-28 AM": "E", "2026-09-28 PM": "E"}


def test_one_taken_back_gives_its_sessions_back(pupil):
    suspension = placing.suspended(pupil)
    actions.end_suspension(
        suspension=suspension, last_day=None, reason="Governors", by=world.OFFICE, now=read_moment("2026-09-28 18:00")
    )
    assert placing.codes(pupil) == {"2026-09-28 AM": "E", "2026-09-28 PM": "E"}
    assert queries.suspensions_of(pupil.school, FRIDAY) == ()


def test_education_arranged_for_a_suspended_pupil_takes_the_place_of_e_and_a_suspension_that_of_a_place(pupil):
    provider = placing.a_provider(school=pupil.school)
    now = read_moment("2026-09-25 12:00")
    placing.placed(pupil, provider, begins=date(2026, 9, 28), now=now)
    placing.suspended(pupil, days=2)
    assert placing.codes(pupil)["2026-09-28 AM"] == "E"
    assert placing.codes(pupil)["2026-09-30 AM"] == "B"


@pytest.mark.clause("O-B-10.1")
def test_e_after_the_fifth_day_is_warned_of(pupil):
    placing.suspended(pupil, days=8)
    world.marks(pupil, {"2026-10-05": "E-"})
    assert line(pupil, date(2026, 10, 5)).late_e == (date(2026, 10, 5),)


@pytest.mark.clause("O-B-10.1")
def test_a_permanent_exclusion_has_no_end_and_owes_the_sixth_day(pupil):
    placing.suspended(pupil, days=None)
    assert line(pupil).run.open_ended
    assert line(pupil).run.provision_from == date(2026, 10, 5)
    assert len(placing.codes(pupil)) == 10
