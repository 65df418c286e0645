"""Which messages hold on a day, who is expected back, and how a message is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import expected_back, notices_ahead, notices_for, notices_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.shared.clock import read_moment
from tests import world
from tests.absences.saying import says

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 9, day) for day in (14, 15, 16, 17))
FRIDAY = date(2026, 9, 18)
YESTERDAY = datetime(2026, 9, 14, 16, 5, tzinfo=UTC)


@pytest.fixture
def pupil(db):
    return world.a_pupil(in_group=world.a_group(school=world.a_school()))


def words(pupil, day) -> list[str]:
    return [line.says for line in notices_for(pupil.school, day).get(pupil.id, ())]


def due(pupil, day) -> list[tuple[str, date]]:
    return [(line.says, line.expected_back) for line in expected_back(pupil.school, day)]


def test_a_message_holds_until_the_day_before_the_return(pupil):
    says(pupil, "flu", day=TUESDAY, back=FRIDAY)
    assert [words(pupil, day) for day in (MONDAY, TUESDAY, THURSDAY, FRIDAY)] == [[], ["flu"], ["flu"], []]


def test_without_a_return_it_holds_on_its_first_day_alone(pupil):
    says(pupil, "flu", day=TUESDAY)
    assert [words(pupil, day) for day in (TUESDAY, WEDNESDAY)] == [["flu"], []]


def test_messages_of_a_day_come_in_the_order_in_which_they_were_told(pupil):
    says(pupil, "second", day=TUESDAY, at="8:30")
    says(pupil, "first", day=TUESDAY, at="8:10")
    assert words(pupil, TUESDAY) == ["first", "second"]


def test_messages_of_another_school_are_not_seen(pupil):
    says(pupil, "flu", day=TUESDAY, back=FRIDAY)
    other = world.a_school()
    assert (notices_for(other, TUESDAY), notices_ahead(other, MONDAY), expected_back(other, FRIDAY)) == ({}, {}, ())


def test_later_days_are_kept_apart(pupil):
    says(pupil, "dentist", day=THURSDAY, about="appointment", appointment_at=time(10, 30))
    assert words(pupil, TUESDAY) == []
    assert [line.says for line in notices_ahead(pupil.school, TUESDAY)[pupil.id]] == ["dentist"]
    assert notices_ahead(pupil.school, THURSDAY) == {}


@pytest.mark.clause("M-3.5b")
def test_the_day_of_return_is_kept_and_asked_after_daily(pupil):
    says(pupil, "flu", day=MONDAY, back=WEDNESDAY)
    asked = [due(pupil, day) for day in (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]
    assert asked == [[], *[[("flu", WEDNESDAY)]] * 3]


def test_a_newer_word_moves_the_day_of_return(pupil):
    says(pupil, "flu", day=MONDAY, back=WEDNESDAY)
    says(pupil, "still flu", day=TUESDAY, back=FRIDAY)
    assert due(pupil, WEDNESDAY) == []
    assert due(pupil, FRIDAY) == [("still flu", FRIDAY)]


def test_a_newer_word_without_a_return_asks_after_none(pupil):
    says(pupil, "flu", day=MONDAY, back=WEDNESDAY)
    says(pupil, "still flu, cannot say", day=WEDNESDAY)
    assert due(pupil, THURSDAY) == []


def test_a_corrected_return_is_asked_after_no_more(pupil):
    older = says(pupil, "flu", day=MONDAY, back=WEDNESDAY)
    says(pupil, "flu", day=MONDAY, back=FRIDAY, replaces=older)
    assert (due(pupil, WEDNESDAY), due(pupil, FRIDAY)) == ([], [("flu", FRIDAY)])
    assert [line.expected_back for line in notices_of(pupil.id, MONDAY, MONDAY)] == [WEDNESDAY, FRIDAY]


def line(**facts) -> NoticeLine:
    told = datetime(2026, 9, 15, 7, 12, tzinfo=UTC)
    held = {
        "id": 1, "pupil_id": 1, "about": "absence", "day": TUESDAY, "half": "AM", "appointment_at": None,
        "expected_back": None, "says": "stomach ache", "channel": "telephone", "told_by": "Grace Adeyemi",
        "relation": "Mother", "told_at": told, "at": told, "by_name": "Sam Okafor", "by_position": "Office manager",
        "replaces_id": None,
    }  # fmt: skip
    return NoticeLine(**held | facts)


SAID = [
    ({"expected_back": THURSDAY}, "Mother rang 8:12: stomach ache, back Thursday"),
    ({"expected_back": date(2026, 9, 23)}, "Mother rang 8:12: stomach ache, back Wed 23 Sep"),
    ({"relation": "", "channel": "in person"}, "Grace Adeyemi came in 8:12: stomach ache"),
    ({"about": "lateness", "says": "bus broke down"}, "Mother rang 8:12: coming late, bus broke down"),
    (
        {"told_at": datetime(2026, 9, 14, 16, 5, tzinfo=UTC), "channel": "email"},
        "Mother e-mailed Mon 14 Sep, 17:05: stomach ache",
    ),
    ({"expected_back": MONDAY, "day": date(2026, 9, 10)}, "Mother rang 8:12: stomach ache, back Mon 14 Sep"),
]


@pytest.mark.parametrize(("facts", "said"), SAID, ids=[said for _, said in SAID])
def test_a_message_in_a_line(facts, said):
    assert line(**facts).in_words(TUESDAY) == said


# (when it was told, about which day, the policy's time, whether it was late)
LATE = [
    ("2026-09-15 08:59", TUESDAY, time(9), False),
    ("2026-09-15 09:00", TUESDAY, time(9), False),
    ("2026-09-15 09:01", TUESDAY, time(9), True),
    ("2026-09-16 08:00", TUESDAY, time(9), True),
    ("2026-09-14 17:00", TUESDAY, time(9), False),
    ("2026-09-15 15:00", TUESDAY, None, False),
]


@pytest.mark.parametrize(("told", "day", "by", "late"), LATE)
def test_a_message_is_late_after_the_policys_time_of_its_first_day(told, day, by, late):
    assert line(told_at=read_moment(told), day=day).is_late(by) is late


def test_a_lateness_and_an_appointment_have_no_such_time():
    told = datetime(2026, 9, 15, 14, tzinfo=UTC)
    assert not line(told_at=told, about="lateness").is_late(time(9))
    assert not line(told_at=told, about="appointment", appointment_at=time(15)).is_late(time(9))


@given(st.sampled_from(list(Half)), st.sampled_from([MONDAY, TUESDAY, WEDNESDAY]), st.sampled_from(list(Half)))
def test_what_begins_in_the_afternoon_says_nothing_of_the_morning(begins, day, half):
    begun = line(half=begins.value).begun_by(Session(day, half))
    assert begun == (day > TUESDAY or (day == TUESDAY and (begins is Half.AM or half is Half.PM)))
