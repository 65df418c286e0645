"""Who owes which training, and when: read from the policy's own statements, held against the records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.improvement import State
from allpresent.improvement import actions
from allpresent.improvement.models import Training
from allpresent.improvement.trained import trained
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Refused
from tests import world
from tests.improvement.making import SIGNED, a_training, an_owner, key
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)
FOUR = ("why attendance matters", "register law", "the school's procedures", "working with partners")
TWO = ("reading and analysing data", "overcoming barriers")


@pytest.fixture
def school():
    return world.a_school()


def stands(school, user, day=TODAY) -> list[State | None]:
    found = trained(school, setting_of(school).policy_on(day), day)
    [line] = [line for line in found.members if line.member.user_id == user.id]
    return [held and held.state for held in line.stands]


@pytest.mark.clause("O-B-22.2", "O-A-7")
def test_everyone_owes_the_four_topics_every_year_and_each_topic_counts(school):
    teacher = world.staff(role=Role.TEACHER, school=school, begins=date(2026, 9, 1))
    old_hand = world.staff(role=Role.TEACHER, school=school, begins=date(2020, 9, 1))
    assert stands(school, teacher) == [State.DUE, None]
    assert stands(school, old_hand) == [State.OVERDUE, None]
    a_training(school, staff=[teacher, old_hand], topics=FOUR[:3], on_day=date(2026, 9, 2))
    assert stands(school, teacher)[0] is State.DUE
    a_training(school, staff=[teacher], topics=FOUR[3:], on_day=date(2026, 9, 10))
    assert stands(school, teacher)[0] is State.HAD
    assert stands(school, old_hand)[0] is State.OVERDUE
    assert stands(school, teacher, date(2027, 9, 2))[0] is State.HAD
    assert stands(school, teacher, date(2027, 9, 3))[0] is State.OVERDUE


@pytest.mark.clause("O-A-7")
def test_specialists_are_trained_in_two_more_topics_as_needed(school):
    officer = world.staff(role=Role.ATTENDANCE_OFFICER, school=school)
    assert stands(school, officer)[1] is State.OPEN
    a_training(school, staff=[officer], topics=TWO, on_day=date(2021, 1, 4))
    assert stands(school, officer)[1] is State.HAD


@pytest.mark.clause("M-3.1g")
def test_where_the_policy_gives_no_interval_training_is_due_until_it_was_had_once():
    school = world.a_school(policy="magnum")
    tutor = world.staff(role=Role.TEACHER, school=school)
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    assert (stands(school, tutor), stands(school, lead)) == ([State.DUE, None], [State.DUE, State.DUE])
    a_training(school, staff=[lead], topics=("reading and analysing attendance data",), on_day=date(2022, 1, 4))
    assert stands(school, lead) == [State.DUE, State.HAD]


def test_governors_and_leaders_of_the_trust_are_not_the_schools_staff():
    trust = world.a_trust()
    school = world.a_school(trust=trust)
    teacher = world.staff(role=Role.TEACHER, school=school)
    world.staff(role=Role.GOVERNOR, school=school)
    world.staff(role=Role.TRUST_LEADER, trust=trust)
    world.staff(role=Role.TEACHER, school=school, begins=TODAY + timedelta(days=1))
    found = trained(school, setting_of(school).policy_on(TODAY), TODAY)
    assert [line.member.user_id for line in found.members] == [teacher.id]


def test_a_record_struck_out_counts_for_nobody_and_is_struck_once(school):
    teacher = world.staff(role=Role.TEACHER, school=school)
    record = a_training(school, staff=[teacher], topics=FOUR)
    assert stands(school, teacher)[0] is State.HAD
    actions.strike_training(training=record, why="It was cancelled", key="k", **SIGNED)
    assert stands(school, teacher)[0] is State.OVERDUE
    again = actions.strike_training(training=record, why="It was cancelled", key="k", **SIGNED)
    assert not isinstance(again, Refused)
    assert isinstance(actions.strike_training(training=record, why="Too", key=key(), **SIGNED), Refused)


def test_training_to_come_or_of_nobody_is_refused_and_the_same_sending_is_kept_once(school):
    facts = {"school": school, "title": "Staff day", "topics": FOUR, "staff": [an_owner()], **SIGNED}
    later = actions.record_training(**facts, on_day=TODAY + timedelta(days=1), key=key())
    nobody = actions.record_training(**facts | {"staff": [], "topics": []}, on_day=TODAY, key=key())
    assert [problem.field for problem in later.problems] == ["on_day"]
    assert [problem.field for problem in nobody.problems] == ["topics", "staff"]
    first, second = (actions.record_training(**facts, on_day=TODAY, key="once") for _ in range(2))
    assert first.id == second.id
    assert Training.objects.count() == 1


@pytest.mark.clause("M-3.1g", "O-B-22.2")
def test_the_lead_records_for_many_at_once_and_sees_who_is_left_and_governors_see_roles_alone(at, school):
    at("2026-09-15 10:30")
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school, name="Ola West")
    jo, kit = (world.staff(role=Role.TEACHER, school=school, name=name) for name in ("Jo Marsh", "Kit Vale"))
    client = world.sign_in(Client(), lead)
    page = get(client, school, "improvement/training/")
    assert "3 of 3 members of staff are overdue" in text(page)
    sent = {"key": key(), "title": "Staff day", "on_day": "2026-09-01", "topics": FOUR, "staff": [lead.id, jo.id]}
    answer = client.post(f"/{school.slug}/improvement/training/new/", sent)
    assert answer.status_code == 302, text(answer.content.decode())[:900]
    page = text(get(client, school, "improvement/training/?show=owing"))
    everyone = page[page.index("1 who owe some") : page.index("Held")]
    assert "Kit Vale" in everyone
    assert "Jo Marsh" not in everyone
    governor = world.sign_in(Client(), world.staff(role=Role.GOVERNOR, school=school))
    seen = text(get(governor, school, "improvement/training/"))
    assert "Class teacher 1 of 2" in seen
    assert not any(name in seen for name in ("Jo Marsh", "Kit Vale"))
    csv = client.get(f"/{school.slug}/improvement/training/?format=csv").content.decode()
    assert f"{kit.name},Class teacher,overdue" in csv
