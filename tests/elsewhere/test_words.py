"""A provider's word, and the mark that follows it: an absent child never keeps the activity's code."""

from __future__ import annotations

import pytest

from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Half
from allpresent.core.elsewhere.heard import Says, Standing
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.models import ProviderWord
from allpresent.shared.clock import read_moment
from allpresent.shared.problems import Refused
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil():
    return world.a_class(school=world.a_school())[1][0]


@pytest.fixture
def arranged(pupil):
    return placing.placed(pupil, placing.a_provider(school=pupil.school))


def standings(school, now: str) -> dict[str, Standing]:
    found = queries.elsewhere_on(school, placing.TUESDAY, now=read_moment(now))
    return {one.session.half.value: one.standing for one in found}


@pytest.mark.clause("O-B-5.2", "O-B-5.4")
def test_not_there_becomes_n_until_the_reason_is_settled(pupil, arranged):
    placing.said(arranged, pupil.school, Says.NOT_THERE)
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"
    assert placing.codes(pupil)["2026-09-15 PM"] == "B"


def test_a_reason_that_was_told_is_kept_as_a_message_for_whoever_settles_it(pupil, arranged):
    placing.said(arranged, pupil.school, Says.NOT_THERE, reason=Reason.ILLNESS.value, words="his mother texted them")
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"
    notice = Notice.objects.get(pupil=pupil)
    assert (notice.reason, notice.says, notice.told_by) == ("illness", "his mother texted them", "Moss Hale")


def test_where_a_reason_is_on_record_the_absence_takes_the_code_it_earns(pupil, arranged):
    placing.said(arranged, pupil.school, Says.NOT_THERE, reason=Reason.ILLNESS.value)
    placing.said(arranged, pupil.school, Says.NOT_THERE, half=Half.PM, at="2026-09-15 13:20")
    assert placing.codes(pupil)["2026-09-15 PM"] == "I"


@pytest.mark.clause("O-B-5.4")
def test_there_confirms_and_changes_no_mark(pupil, arranged):
    before = pupil.entries.count()
    placing.said(arranged, pupil.school, Says.THERE)
    placing.said(arranged, pupil.school, Says.LATE, half=Half.PM, at="2026-09-15 13:20")
    assert pupil.entries.count() == before
    assert standings(pupil.school, "2026-09-15 14:00") == {"AM": Standing.CONFIRMED, "PM": Standing.CONFIRMED}


def test_a_word_corrected_the_same_day_is_another_row_and_the_mark_follows_the_newer(pupil, arranged):
    placing.said(arranged, pupil.school, Says.NOT_THERE)
    placing.said(arranged, pupil.school, Says.LATE, at="2026-09-15 10:10")
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"
    assert list(pupil.entries.filter(day="2026-09-15", half="AM").values_list("code", flat=True)) == ["B", "N", "B"]
    assert ProviderWord.objects.filter(pupil=pupil).count() == 2


def test_a_word_told_earlier_but_written_down_later_does_not_undo_a_newer_one(pupil, arranged):
    placing.said(arranged, pupil.school, Says.THERE, at="2026-09-15 10:10")
    placing.said(arranged, pupil.school, Says.NOT_THERE, at="2026-09-15 09:05", now="2026-09-15 10:30")
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"


def test_the_same_sending_again_changes_nothing(pupil, arranged):
    first = placing.said(arranged, pupil.school, Says.NOT_THERE, key="pressed twice")
    again = placing.said(arranged, pupil.school, Says.NOT_THERE, key="pressed twice")
    assert first.id == again.id
    assert pupil.entries.filter(day="2026-09-15", half="AM").count() == 2


def test_a_mark_that_somebody_decided_is_left_to_them(pupil, arranged):
    world.marks(pupil, {"2026-09-15": "I-"})
    placing.said(arranged, pupil.school, Says.THERE)
    assert placing.codes(pupil)["2026-09-15 AM"] == "I"


@pytest.mark.clause("O-B-5.4")
def test_silence_is_never_confirmation(pupil, arranged):
    assert standings(pupil.school, "2026-09-15 09:19") == {"AM": Standing.WAITING, "PM": Standing.WAITING}
    assert standings(pupil.school, "2026-09-15 09:20") == {"AM": Standing.OWED, "PM": Standing.WAITING}
    [one] = queries.unconfirmed(pupil.school, now=read_moment("2026-09-15 09:20"))
    assert one.pupil.id == pupil.id
    assert one.owed.clauses == ("O-B-5.4",)


def test_an_absence_that_the_parent_explained_is_not_chased(pupil, arranged):
    world.marks(pupil, {"2026-09-15": "I-"})
    assert standings(pupil.school, "2026-09-15 09:30")["AM"] is Standing.AWAY


def test_a_word_before_the_session_begins_is_followed_when_it_has(pupil, arranged):
    placing.said(arranged, pupil.school, Says.NOT_THERE, at="2026-09-15 08:30")
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"
    actions.feed(pupil.school, now=read_moment("2026-09-15 08:51"))
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"


@pytest.mark.parametrize("day", ["2026-09-16 09:00", "2026-09-07 09:00"])
def test_a_word_is_taken_for_today_and_the_last_five_school_days(pupil, arranged, day):
    refused = placing.said(arranged, pupil.school, Says.THERE, at=day, now="2026-09-15 10:00")
    assert isinstance(refused, Refused)


@pytest.mark.clause("O-B-5.4")
def test_a_worry_is_shown_until_somebody_takes_it_up_with_the_provider(pupil, arranged):
    word = placing.said(arranged, pupil.school, Says.THERE, concern=True, words="no coat, hungry")
    [one] = queries.concerns(pupil.school, placing.TUESDAY)
    assert (one.words, one.agreed) == ("no coat, hungry", "")
    actions.follow_up(
        word=word, agreed="Lunch there; we ring home.", by=world.OFFICE, now=read_moment("2026-09-15 11:00")
    )
    assert queries.concerns(pupil.school, placing.TUESDAY)[0].agreed == "Lunch there; we ring home."
