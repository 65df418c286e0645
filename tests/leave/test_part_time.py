"""A part-time timetable is C2 up to its end and no longer; an early end gives the later sessions back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.leave.part_time import Standing
from allpresent.leave import queries
from allpresent.leave.actions import end_part_time, review_part_time
from allpresent.leave.models import PartTime
from allpresent.messages.models import Message
from allpresent.people.models import Characteristic
from allpresent.registers.models import CurrentMark
from allpresent.shared.problems import Refused
from tests import world
from tests.leave.asking import HEAD, MORNINGS, NOW, a_part_time, key, on_roll

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["ogbourne", "magnum"])
def child(request):
    return world.a_pupil(in_group=world.a_group(school=world.a_school(policy=request.param)))


@pytest.fixture
def mother(child):
    link = world.a_contact(of=child, name="Grace Adeyemi")
    link.contact.email = "grace@example.org"
    link.contact.save()
    return link


def c2(pupil) -> list[Session]:
    rows = CurrentMark.objects.filter(pupil=pupil, code="C2").order_by("day", "half")
    return [Session(row.day, Half(row.half)) for row in rows]


def line_of(child, kept):
    return queries.part_time_of(child.school, kept.part_time.id)


@pytest.mark.clause("O-B-6.3", "O-A-6.5", "O-B-6.1")
def test_c2_stands_for_the_sessions_not_attended_and_never_past_the_end(child, mother):
    kept = a_part_time(child, mother)
    marked = c2(child)
    assert len(marked) == len(kept.planned) == 15
    assert {session.half for session in marked} == {Half.PM}
    assert (marked[0].day, marked[-1].day) == (date(2026, 9, 28), date(2026, 10, 16))
    letter = Message.objects.get()
    assert "Monday morning, Tuesday morning" in letter.body
    assert "Friday 16 October 2026 and no longer" in letter.body


@pytest.mark.clause("O-B-6.3")
def test_an_early_end_gives_back_the_sessions_after_it(child, mother):
    kept = a_part_time(child, mother)
    now = datetime(2026, 10, 1, 15, tzinfo=UTC)
    end = {"last_day": date(2026, 10, 2), "why": "He wants to be here", "key": key(), "by": HEAD, "now": now}
    end_part_time(school=child.school, pupil=on_roll(child), line=line_of(child, kept), **end)
    assert [session.day.day for session in c2(child)] == [28, 29, 30, 1, 2]
    line = line_of(child, kept)
    assert line.state_on(date(2026, 10, 5)).standing is Standing.OVER
    again = end_part_time(school=child.school, pupil=on_roll(child), line=line, **{**end, "key": key()})
    assert isinstance(again, Refused)


def test_a_mark_made_since_is_not_given_back(child, mother):
    kept = a_part_time(child, mother)
    world.marks(child, {"2026-10-05": "-I"})
    now = datetime(2026, 10, 1, 15, tzinfo=UTC)
    end_part_time(
        school=child.school, pupil=on_roll(child), line=line_of(child, kept), last_day=date(2026, 10, 2), why="Well",
        key=key(), by=HEAD, now=now,
    )  # fmt: skip
    assert CurrentMark.objects.get(pupil=child, day=date(2026, 10, 5), half="PM").code == "I"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"begins": date(2026, 9, 14), "agreed_on": date(2026, 9, 11)}, "begins"),
        ({"ends": date(2026, 9, 25)}, "ends"),
        ({"attends": ""}, "attends"),
        ({"attends": "1111111111"}, "attends"),
        ({"reviews": ()}, "reviews"),
        ({"reviews": (date(2026, 10, 19),)}, "reviews"),
        ({"agreed_on": date(2026, 9, 16)}, "agreed_on"),
        ({"contact_id": 0}, "who"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(child, mother, wrong, field):
    result = a_part_time(child, mother, **wrong)
    assert [problem.field for problem in result.problems] == [field]
    assert not PartTime.objects.exists()


def test_a_child_below_compulsory_age_has_no_part_time_timetable(child):
    young = world.a_pupil(in_group=world.a_group(school=child.school), born=date(2022, 1, 5), year_group="R")
    result = a_part_time(young, world.a_contact(of=young))
    assert [problem.field for problem in result.problems] == ["begins"]


def test_a_social_worker_hears_of_it_first(child, mother):
    Characteristic.objects.create(pupil=child, kind="child_in_need", begins=date(2026, 9, 1))
    assert [problem.field for problem in a_part_time(child, mother).problems] == ["worker_told_on"]
    assert a_part_time(child, mother, worker_told_on=date(2026, 9, 14)).planned


def test_two_at_once_are_refused_and_a_repeat_changes_nothing(child, mother):
    sent = key()
    first = a_part_time(child, mother, sent=sent)
    assert a_part_time(child, mother, sent=sent).part_time == first.part_time
    other = a_part_time(
        child, mother, begins=date(2026, 10, 12), ends=date(2026, 10, 23), reviews=(date(2026, 10, 20),)
    )
    assert [problem.field for problem in other.problems] == ["begins"]
    assert PartTime.objects.count() == 1


def test_a_review_held_moves_the_next_one_on(child, mother):
    kept = a_part_time(child, mother, reviews=(date(2026, 10, 7), date(2026, 10, 14)), attends=MORNINGS)
    assert line_of(child, kept).state_on(date(2026, 10, 8)).standing is Standing.OVERDUE
    now = datetime(2026, 10, 8, 10, tzinfo=UTC)
    review_part_time(
        line=line_of(child, kept), on_day=date(2026, 10, 8), says="It goes well.", key=key(), by=HEAD, now=now
    )
    state = line_of(child, kept).state_on(date(2026, 10, 9))
    assert (state.standing, state.next_review) == (Standing.DUE, date(2026, 10, 14))


def test_a_review_of_a_day_to_come_is_refused(child, mother):
    kept = a_part_time(child, mother)
    result = review_part_time(
        line=line_of(child, kept), on_day=date(2026, 9, 30), says="Well", key=key(), by=HEAD, now=NOW
    )
    assert isinstance(result, Refused)
