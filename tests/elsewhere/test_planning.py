"""Sessions elsewhere are in the register ahead: for ten school days, and never past what was arranged."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.core.calendar.sessions import Half
from allpresent.core.elsewhere.kinds import ProviderKind
from allpresent.elsewhere import actions
from allpresent.elsewhere.actions.planning import Kept
from allpresent.registers.models import RegisterEntry
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil():
    return world.a_class(school=world.a_school())[1][0]


@pytest.mark.clause("O-B-5.1", "O-B-5.3", "O-B-5.4", "M-4.1g")
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ProviderKind.SCHOOL, "D"),
        (ProviderKind.PUPIL_REFERRAL_UNIT, "D"),
        (ProviderKind.NOT_A_SCHOOL, "B"),
        (ProviderKind.AUTHORITY, "K"),
        (ProviderKind.WORK, "W"),
        (ProviderKind.SPORT, "P"),
        (ProviderKind.VISIT, "V"),
    ],
)
def test_the_kind_of_provider_decides_the_code_and_the_activity_stands_beside_it(pupil, kind, code):
    provider = placing.a_provider(school=pupil.school, kind=kind, name="Riverside")
    placing.placed(pupil, provider, ends=placing.TUESDAY)
    assert placing.codes(pupil) == {"2026-09-15 AM": code, "2026-09-15 PM": code}
    assert set(pupil.marks.values_list("detail", flat=True)) == {"Riverside: joinery, level 1"}


def test_ten_school_days_are_kept_ahead_and_the_next_follows_as_time_goes_on(pupil):
    placing.placed(pupil, placing.a_provider(school=pupil.school))
    assert max(placing.codes(pupil)) == "2026-09-25 PM"
    evening = read_moment("2026-09-15 18:00")
    assert actions.keep_planned(pupil.school, now=evening) == Kept(planned=2)
    assert actions.keep_planned(pupil.school, now=evening) == Kept()
    assert max(placing.codes(pupil)) == "2026-09-28 PM"


def test_only_the_agreed_halves_of_the_week_and_nothing_past_the_end(pupil):
    halves = frozenset({(1, Half.AM), (3, Half.PM)})
    placing.placed(pupil, placing.a_provider(school=pupil.school), halves=halves, ends=date(2026, 9, 22))
    assert set(placing.codes(pupil)) == {"2026-09-15 AM", "2026-09-17 PM", "2026-09-22 AM"}


def test_a_new_term_is_taken_up_when_it_comes_near(pupil):
    placing.placed(
        pupil, placing.a_provider(school=pupil.school), begins=date(2026, 10, 22), now=read_moment("2026-10-21 18:00")
    )
    days = {key[:10] for key in placing.codes(pupil)}
    assert {"2026-10-22", "2026-10-23", "2026-11-02"} <= days
    assert not any("2026-10-26" <= day <= "2026-10-30" for day in days)


def test_an_arrangement_ended_early_gives_its_sessions_back_and_both_entries_stay(pupil):
    arranged = placing.placed(pupil, placing.a_provider(school=pupil.school))
    actions.end_arrangement(
        school=pupil.school, arrangement=arranged, last_day=date(2026, 9, 16), reason="Back full time",
        by=world.OFFICE, now=read_moment("2026-09-15 18:00"),
    )  # fmt: skip
    assert max(placing.codes(pupil)) == "2026-09-16 PM"
    given_back = RegisterEntry.objects.filter(pupil=pupil, day="2026-09-17").order_by("half", "version")
    assert list(given_back.values_list("code", flat=True)) == ["B", "", "B", ""]
    assert actions.keep_planned(pupil.school, now=read_moment("2026-09-15 18:01")) == Kept()


def test_what_a_person_entered_stays(pupil):
    world.marks(pupil, {"2026-09-16": "I I"})
    arranged = placing.placed(pupil, placing.a_provider(school=pupil.school))
    actions.end_arrangement(
        school=pupil.school, arrangement=arranged, last_day=date(2026, 9, 15), reason="x", by=world.OFFICE,
        now=read_moment("2026-09-15 18:00"),
    )  # fmt: skip
    assert placing.codes(pupil) == {
        "2026-09-15 AM": "B", "2026-09-15 PM": "B", "2026-09-16 AM": "I", "2026-09-16 PM": "I",
    }  # fmt: skip


@pytest.mark.clause("O-B-5.2")
def test_nobody_is_placed_where_no_safeguards_were_seen(pupil):
    provider = placing.a_provider(school=pupil.school, checked=False)
    place = actions.Place("joinery", placing.TUESDAY, None, placing.ALL_WEEK)
    on_roll = placing.pupil_on_roll(pupil.school, pupil.id, placing.TUESDAY)
    refused = actions.arrange(
        school=pupil.school, pupil=on_roll, provider=provider, place=place, key="k" * 8, by=world.OFFICE,
        now=placing.MONDAY_EVENING,
    )  # fmt: skip
    assert isinstance(refused, Refused)
    assert "O-B-5.2" in refused.problems[0].message
    assert placing.codes(pupil) == {}


def test_a_pupil_is_not_at_two_providers_at_once_but_may_be_at_two_in_one_week(pupil):
    first, second = (placing.a_provider(school=pupil.school) for _ in range(2))
    placing.placed(pupil, first, halves=frozenset({(1, Half.AM)}))
    placing.placed(pupil, second, halves=frozenset({(1, Half.PM)}))
    on_roll = placing.pupil_on_roll(pupil.school, pupil.id, placing.TUESDAY)
    again = actions.arrange(
        school=pupil.school, pupil=on_roll, provider=second, key="another-key", by=world.OFFICE,
        place=actions.Place("joinery", date(2026, 9, 22), None, frozenset({(1, Half.AM)})), now=placing.MONDAY_EVENING,
    )  # fmt: skip
    assert isinstance(again, Refused)
    assert again.problems[0].field == "begins"
