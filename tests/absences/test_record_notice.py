"""Keeping what was said: what can be said, what cannot, the same call twice, and two corrections at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from allpresent.absences.actions import CORRECTED, TWICE, Said, record_notice
from allpresent.absences.models import Notice
from allpresent.absences.queries import notice_of, notices_for, notices_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.core.settle.reasons import Reason
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.actions import amend_mark
from allpresent.registers.models import CurrentMark, RegisterEntry
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from tests import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)
NOW = datetime(2026, 9, 15, 7, 40, tzinfo=UTC)
RANG = Said(
    about="absence", day=DAY, half=Half.AM, reason=Reason.ILLNESS, says="stomach ache",
    channel="telephone", told_by="Grace Adeyemi", relation="Mother", told_at=datetime(2026, 9, 15, 7, 12, tzinfo=UTC),
    expected_back=date(2026, 9, 17),
)  # fmt: skip


@pytest.fixture
def pupil():
    return world.a_pupil(in_group=world.a_group(school=world.a_school(), name="4B"), surname="Adeyemi", forename="Tolu")


def record(pupil, said=RANG, *, key="one", now=NOW, replaces=None):
    on_roll = pupil_on_roll(pupil.school, pupil.id, DAY)
    return record_notice(
        school=pupil.school, pupil=on_roll, said=said, key=key, by=world.OFFICE, now=now, replaces=replaces
    )


@pytest.mark.clause("M-3.4a", "O-B-28")
@pytest.mark.parametrize("channel", Notice.Channel.values)
def test_a_message_keeps_how_when_by_whom_and_why(pupil, channel):
    kept = record(pupil, replace(RANG, channel=channel))
    [line] = notices_for(pupil.school, DAY)[pupil.id]
    assert (line.channel, line.told_at, line.who, line.says) == (
        channel, RANG.told_at, "Grace Adeyemi (mother)", "stomach ache",
    )  # fmt: skip
    assert (kept.at, line.by_name, line.by_position) == (NOW, world.OFFICE.name, world.OFFICE.position)


@pytest.mark.clause("O-B-12.2")
def test_a_message_changes_no_mark_and_makes_none(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    record(pupil)
    record(pupil, replace(RANG, says="she is authorised to be away, code C"), key="two")
    assert list(CurrentMark.objects.values_list("half", "code", "version")) == [("AM", "N", 1)]
    assert RegisterEntry.objects.count() == 1


@pytest.mark.clause("O-B-12.2")
def test_what_the_parent_says_and_what_the_school_decides_are_kept_apart_each_with_who_and_when(pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    said = record(pupil)
    decided_at = datetime(2026, 9, 15, 14, 5, tzinfo=UTC)

    amend_mark(
        school=pupil.school, pupil=pupil_on_roll(pupil.school, pupil.id, DAY), session=Session(DAY, Half.AM),
        new=SubmittedMark(pupil.id, "O", seen_version=1), reason="Seen at the market; not ill", level=EnteredBy.OFFICE,
        by=Signer(None, "Ada Hart", "Attendance officer"), now=decided_at,
    )  # fmt: skip

    [line] = notices_for(pupil.school, DAY)[pupil.id]
    assert (line.says, line.who, line.told_at) == (RANG.says, "Grace Adeyemi (mother)", RANG.told_at)
    assert Notice.objects.get().id == said.id
    decision = RegisterEntry.objects.order_by("version").last()
    assert (decision.code, decision.by_name, decision.by_position) == ("O", "Ada Hart", "Attendance officer")
    assert (decision.at, decision.reason) == (decided_at, "Seen at the market; not ill")


@pytest.mark.clause("M-3.5d")
def test_an_appointment_is_told_beforehand_with_its_time(pupil):
    next_week = DAY + timedelta(days=7)
    said = replace(RANG, about="appointment", day=next_week, expected_back=None, appointment_at=time(15, 45))
    record(pupil, said)
    [line] = notices_for(pupil.school, next_week)[pupil.id]
    assert line.appointment_at == time(15, 45)
    assert line.in_words(next_week) == "Mother rang Tue 15 Sep, 8:12: appointment at 15:45, illness, stomach ache"


# (what is changed of a sound message, the field it is wrong in, what is said)
WRONG = [
    ({"expected_back": DAY}, "expected_back", "comes after the first day away, 15 September 2026"),
    ({"expected_back": date(2026, 9, 14)}, "expected_back", "Give a later day"),
    ({"expected_back": date(2027, 9, 17)}, "expected_back", "more than a year away"),
    ({"told_at": NOW + timedelta(minutes=1)}, "told_time", "15 September 2026 at 8:41 has not come yet"),
    ({"day": date(2026, 8, 31)}, "day", "Adeyemi, Tolu is not on the roll on 31 August 2026"),
    ({"about": "appointment", "expected_back": None}, "appointment_at", "Give the time of the appointment"),
    ({"about": "lateness"}, "expected_back", "Only an absence has a day of return"),
    ({"appointment_at": time(10)}, "appointment_at", "Only an appointment has a time"),
]


@pytest.mark.parametrize(("changed", "field", "says"), WRONG, ids=[says for _, _, says in WRONG])
def test_what_cannot_be_is_said_beside_its_field(pupil, changed, field, says):
    result = record(pupil, replace(RANG, **changed))
    assert isinstance(result, Refused)
    [problem] = result.problems
    assert problem.field == field
    assert says in problem.message
    assert not Notice.objects.exists()


def test_the_same_call_twice_keeps_one_message(pupil):
    first, second = record(pupil), record(pupil, now=NOW + timedelta(minutes=2))
    assert first.id == second.id
    assert Notice.objects.count() == 1


def test_other_words_under_the_same_key_are_refused_not_lost(pupil):
    record(pupil)
    assert record(pupil, replace(RANG, says="a cold")).problems[0].message == TWICE
    assert record(pupil, replace(RANG, says="a cold"), key="two").says == "a cold"


def test_two_schools_may_use_the_same_key(pupil):
    other = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    assert record(pupil).id != record(other).id


def test_a_correction_takes_the_older_ones_place_and_both_stay(pupil):
    older = record(pupil)
    record(pupil, replace(RANG, says="sickness bug"), key="two", replaces=older.id)
    [line] = notices_for(pupil.school, DAY)[pupil.id]
    assert line.says == "sickness bug"
    assert notice_of(pupil.school, older.id) is None
    assert Notice.objects.count() == 2


def test_a_message_about_the_wrong_child_is_moved_to_the_right_one(pupil):
    sister = world.a_pupil(in_group=world.a_group(school=pupil.school))
    older = record(pupil)
    record(sister, key="two", replaces=older.id)
    assert list(notices_for(pupil.school, DAY)) == [sister.id]
    assert notices_of(pupil.id, DAY, DAY) == ()


def test_the_second_of_two_corrections_is_told_of_the_first(pupil):
    older = record(pupil)
    record(pupil, replace(RANG, says="sickness bug"), key="two", replaces=older.id)
    late = record(pupil, replace(RANG, says="earache"), key="three", replaces=older.id)
    assert late.problems[0].message == CORRECTED
    assert notices_for(pupil.school, DAY)[pupil.id][0].says == "sickness bug"
