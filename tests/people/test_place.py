"""A change of class or of expected sessions holds from its day; registers of earlier days stay as they were."""

from datetime import UTC, date, datetime

import pytest

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.roll.expected import parse_halves
from allpresent.people.actions import move_group, set_expected_sessions
from allpresent.people.actions.place import WHOLE_WEEK
from allpresent.people.models import ExpectedSessions
from allpresent.people.queries import pupil_on_roll, pupils_of_group
from allpresent.shared.problems import Refused
from tests import world
from tests.world import OFFICE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 9, day) for day in (15, 16, 17))


def _move(pupil, group, begins):
    return move_group(pupil=pupil, group=group, begins=begins, by=OFFICE, now=NOW)


def test_a_pupil_who_changes_class_mid_week_is_in_the_right_register_each_day():
    school = world.a_school()
    old, new = world.a_group(school=school), world.a_group(school=school)
    pupil = world.a_pupil(in_group=old)

    _move(pupil, new, WEDNESDAY)

    where = {
        day: [group for group in (old, new) if pupils_of_group(school, group.id, day)]
        for day in (TUESDAY, WEDNESDAY, THURSDAY)
    }
    assert where == {TUESDAY: [old], WEDNESDAY: [new], THURSDAY: [new]}


def test_moving_again_on_the_same_day_puts_the_second_in_place_of_the_first():
    school = world.a_school()
    groups = [world.a_group(school=school) for _ in range(3)]
    pupil = world.a_pupil(in_group=groups[0])
    _move(pupil, groups[1], WEDNESDAY)
    _move(pupil, groups[2], WEDNESDAY)
    members = [len(pupils_of_group(school, group.id, WEDNESDAY)) for group in groups]
    assert members == [0, 0, 1]
    assert [len(pupils_of_group(school, group.id, TUESDAY)) for group in groups] == [1, 0, 0]


@pytest.mark.parametrize(
    ("begins", "says"), [(date(2026, 9, 14), "stay as they were"), (date(2026, 8, 3), "not on the roll")]
)
def test_a_day_gone_by_is_refused(begins, says):
    school = world.a_school()
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    result = _move(pupil, world.a_group(school=school), begins)
    assert isinstance(result, Refused)
    assert says in result.problems[0].message


@pytest.mark.clause("M-3.6a")
def test_expected_sessions_hold_from_their_day_and_one_pattern_at_a_time():
    school = world.a_school()
    pupil = world.a_pupil(in_group=world.a_group(school=school))

    def expect(text, begins, ends=None):
        halves = parse_halves(text) if text else WHOLE_WEEK
        return set_expected_sessions(pupil=pupil, halves=halves, begins=begins, ends=ends, by=OFFICE, now=NOW)

    def expected(day, half):
        return pupil_on_roll(school, pupil.id, day).expected_at(Session(day, half))

    expect("Tue AM, Wed AM", WEDNESDAY)
    assert [expected(TUESDAY, Half.PM), expected(WEDNESDAY, Half.AM), expected(WEDNESDAY, Half.PM)] == [
        True,
        True,
        False,
    ]
    expect("Wed PM", date(2026, 9, 23))
    assert [expected(date(2026, 9, 16), Half.AM), expected(date(2026, 9, 23), Half.AM)] == [True, False]
    clash = expect("Mon AM", THURSDAY)
    assert isinstance(clash, Refused)
    assert "still runs" in clash.problems[0].message
    expect("", date(2026, 9, 30))
    assert expected(date(2026, 9, 30), Half.AM)
    assert ExpectedSessions.objects.filter(pupil=pupil, ends=None).count() == 0
