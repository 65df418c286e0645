"""Appointing staff: who may give what to whom, and what is always left."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from allpresent.accounts.actions import Appointed, Post, appoint, change_groups, cover, end_appointment, renew_password
from allpresent.accounts.models import Appointment, User
from allpresent.accounts.passwords import made_password
from allpresent.accounts.reach import SERVER, Reach
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.accounts.staff import staff_on
from allpresent.shared.models import Event
from allpresent.shared.problems import Refused
from tests import world

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 9, 15), date(2026, 9, 14)
LEAD, HEAD = Reach(Role.ATTENDANCE_LEAD.rights), Reach(Role.HEAD.rights)


@pytest.fixture
def school():
    return world.a_school()


def given(place, role: Role = Role.TEACHER, *, reach: Reach = HEAD, email: str = "j.marsh@example.org", **post):
    post = Post(role, role.label, **{"begins": TODAY, **post})
    return appoint(email=email, name="Jo Marsh", post=post, place=place, reach=reach, by=world.OFFICE, now=NOW)


def held(role: Role, school, **facts) -> Appointment:
    return world.staff(role=role, school=school, **facts).appointments.get()


def end(appointment: Appointment, last_day: date = YESTERDAY, *, reach: Reach = HEAD) -> Refused | None:
    return end_appointment(appointment=appointment, last_day=last_day, reach=reach, by=world.OFFICE, now=NOW)


def on(user: User, day: date = TODAY):
    return staff_on(user.id, user.name, day)


def event() -> Event:
    return Event.objects.filter(kind="staff appointment changed").latest("id")


def test_a_new_person_has_an_account_and_a_password_to_change(school):
    done = given(school, email=" J.Marsh@Example.org ")
    user = done.appointment.user
    assert (user.email, user.must_change_password) == ("j.marsh@example.org", True)
    assert user.check_password(done.password)
    assert on(user).may(Right.TAKE_REGISTER, school)
    assert done.password not in str(event().facts)
    assert event().facts["what"] == "appointed"


def test_somebody_with_an_account_keeps_its_name_and_password(school):
    user = world.staff(role=Role.OFFICE, school=world.a_school(), name="Sam Reed")
    done = given(school, email=user.email)
    assert done.password == ""
    user.refresh_from_db()
    assert (user.name, user.check_password(world.PASSWORD), user.must_change_password) == ("Sam Reed", True, False)


def test_the_same_role_is_not_given_twice(school):
    given(school)
    again = given(school)
    assert isinstance(again, Refused)
    assert "already, from 15 September 2026" in again.problems[0].message
    assert Appointment.objects.count() == 1
    assert isinstance(given(school, Role.OFFICE), Appointed)


def test_made_passwords_differ_and_are_long():
    made = {made_password() for _ in range(200)}
    assert len(made) == 200
    assert {len(password) for password in made} == {19}


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.HEAD, Role.TRUST_LEADER)])
def test_a_lead_gives_what_a_lead_holds(school, role):
    assert isinstance(given(school, role, reach=LEAD), Appointed)


def test_a_lead_does_not_make_a_head(school):
    with pytest.raises(PermissionDenied):
        given(school, Role.HEAD, reach=LEAD)
    assert isinstance(given(school, Role.HEAD, reach=HEAD), Appointed)


def test_no_school_makes_a_trust_leader(school):
    trust = world.a_trust()
    for reach in (LEAD, HEAD):
        with pytest.raises(PermissionDenied):
            given(trust, Role.TRUST_LEADER, reach=reach)
    assert isinstance(given(trust, Role.TRUST_LEADER, reach=SERVER), Appointed)
    assert isinstance(given(school, Role.TRUST_LEADER, reach=SERVER), Refused)


def test_cover_opens_other_groups_for_its_days_and_no_longer(school):
    own, other = world.a_group(school=school), world.a_group(school=school)
    teacher = held(Role.TEACHER, school, groups=[own])
    cover(
        appointment=teacher, groups=[other], begins=TODAY, ends=date(2026, 9, 16), reach=LEAD, by=world.OFFICE, now=NOW
    )
    days = {day: on(teacher.user, date(2026, 9, day)).own_groups(school) for day in (14, 15, 16, 17)}
    assert days == {14: {own.id}, 15: {own.id, other.id}, 16: {own.id, other.id}, 17: {own.id}}


def test_groups_are_changed_and_both_are_written_down(school):
    first, second = world.a_group(school=school, name="4B"), world.a_group(school=school, name="5R")
    teacher = held(Role.TEACHER, school, groups=[first])
    change_groups(appointment=teacher, groups=[second], reach=LEAD, by=world.OFFICE, now=NOW)
    assert on(teacher.user).own_groups(school) == {second.id}
    assert (event().facts["before"], event().facts["groups"]) == (["4B"], ["5R"])


def test_an_end_now_opens_nothing_any_more_and_the_appointment_stays_on_record(school):
    teacher = held(Role.TEACHER, school)
    assert end(teacher) is None
    assert on(teacher.user).held == ()
    teacher.refresh_from_db()
    assert teacher.ends == YESTERDAY


def test_an_end_to_come_leaves_the_last_day(school):
    teacher = held(Role.TEACHER, school)
    end(teacher, TODAY)
    assert on(teacher.user).held
    assert on(teacher.user, date(2026, 9, 16)).held == ()


def test_what_was_given_today_by_mistake_is_taken_out_and_the_events_tell(school):
    teacher = given(school).appointment
    assert end(teacher) is None
    assert not Appointment.objects.exists()
    assert event().facts["what"] == "ended"


def test_a_last_day_long_over_is_refused(school):
    teacher = held(Role.TEACHER, school)
    assert end(teacher, date(2026, 9, 13)).problems[0].field == "ends"


def test_the_last_keeper_of_the_staff_list_stays(school):
    head, lead = held(Role.HEAD, school), held(Role.ATTENDANCE_LEAD, school)
    assert end(lead) is None
    for day in (YESTERDAY, date(2027, 7, 21)):
        assert "Nobody would be left" in end(head, day).problems[0].message
    head.refresh_from_db()
    assert head.ends is None


@pytest.mark.parametrize(
    "other",
    [
        {"ends": date(2026, 12, 18)},
        {"begins": date(2026, 9, 16)},
        {"elsewhere": True},
        {"inactive": True},
        {"role": Role.OFFICE},
    ],
)
def test_these_do_not_keep_the_list_in_the_heads_place(school, other):
    where = world.a_school() if other.pop("elsewhere", False) else school
    inactive = other.pop("inactive", False)
    one = held(**{"role": Role.HEAD, "school": where, **other})
    User.objects.filter(id=one.user_id).update(is_active=not inactive)
    assert isinstance(end(held(Role.HEAD, school)), Refused)


def test_a_lead_does_not_end_a_heads_appointment(school):
    head, _ = held(Role.HEAD, school), held(Role.HEAD, school)
    with pytest.raises(PermissionDenied):
        end(head, reach=LEAD)


def renewed(user: User, school, reach: Reach) -> str:
    return renew_password(user=user, school=school, reach=reach, by=world.OFFICE, now=NOW)


def test_a_lost_password_is_made_anew(school):
    user = world.staff(role=Role.TEACHER, school=school)
    password = renewed(user, school, LEAD)
    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in str(event().facts)


def test_nobody_gets_at_more_than_their_own_through_anothers_password(school):
    head = world.staff(role=Role.HEAD, school=school)
    elsewhere = world.staff(role=Role.TEACHER, school=school)
    elsewhere.appointments.create(school=world.a_school(), role=Role.TEACHER, position="Teacher", begins=TODAY)
    for user, reach in ((head, LEAD), (elsewhere, HEAD)):
        with pytest.raises(PermissionDenied):
            renewed(user, school, reach)
        user.refresh_from_db()
        assert user.check_password(world.PASSWORD)
