"""Who may do what: appointments, their days, their reach."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.rights import Right
from allpresent.accounts.roles import RIGHTS, Role
from allpresent.accounts.staff import staff_on
from allpresent.core.codes import EnteredBy
from tests import world

TODAY = date(2026, 9, 15)


def on(user, day: date = TODAY):
    return staff_on(user.id, user.name, day)


@pytest.mark.django_db
def test_an_appointment_holds_from_its_first_day_to_its_last():
    school = world.a_school()
    user = world.staff(role=Role.HEAD, school=school, begins=date(2026, 9, 14), ends=TODAY)
    days = [date(2026, 9, day) for day in (13, 14, 15, 16)]
    assert [on(user, day).may(Right.KEEP_POLICY, school) for day in days] == [False, True, True, False]


@pytest.mark.django_db
@pytest.mark.clause("O-B-27")
def test_a_class_teacher_reaches_her_own_groups_alone():
    school = world.a_school()
    own, other = world.a_group(school=school), world.a_group(school=school)
    teacher = on(world.staff(role=Role.TEACHER, school=school, groups=[own]))
    assert teacher.may_with_group(Right.TAKE_REGISTER, school, own.id)
    assert not teacher.may_with_group(Right.TAKE_REGISTER, school, other.id)
    assert not teacher.reaches_all(Right.SEE_REGISTERS, school)


@pytest.mark.django_db
def test_the_office_reaches_every_group_of_its_own_school():
    school, other = world.a_school(), world.a_school()
    office = on(world.staff(role=Role.OFFICE, school=school))
    assert office.may_with_group(Right.TAKE_REGISTER, school, world.a_group(school=school).id)
    assert not office.may(Right.TAKE_REGISTER, other)


@pytest.mark.django_db
def test_two_appointments_of_one_person_add_up_at_each_school():
    first, second = world.a_school(), world.a_school()
    user = world.staff(role=Role.TEACHER, school=first)
    user.appointments.create(school=second, role=Role.HEAD, position="Head", begins=date(2020, 9, 1))
    both = on(user)
    assert (both.level(first), both.level(second)) == (EnteredBy.TEACHER, EnteredBy.HEAD)
    assert both.signer(second).position == "Head"


@pytest.mark.django_db
def test_a_trust_appointment_reaches_the_schools_of_the_trust():
    trust = world.a_trust()
    leader = on(world.staff(role=Role.TRUST_LEADER, trust=trust))
    assert leader.may(Right.SEE_REGISTERS, world.a_school(trust=trust))
    assert not leader.may(Right.SEE_REGISTERS, world.a_school())


@pytest.mark.clause("O-0b")
def test_restricted_facts_are_for_safeguarding_the_lead_and_the_head():
    assert {role for role in Role if Right.SEE_RESTRICTED in RIGHTS[role]} == {
        Role.DSL,
        Role.ATTENDANCE_LEAD,
        Role.HEAD,
    }


@pytest.mark.clause("M-3.2a", "M-3.2g")
def test_each_role_of_the_policies_is_there_and_only_the_head_deletes_a_name():
    assert {role.label for role in Role} >= {"Head", "Senior attendance lead", "Class teacher", "Governor"}
    assert [role for role in Role if Right.DELETE_FROM_ROLL in RIGHTS[role]] == [Role.HEAD]


def test_governors_and_trust_leaders_never_open_a_child_s_page_or_change_anything_but_a_goal():
    """A board sets goals (M-3.1d); which board may, its policy says."""
    changing = {right for right in Right if not right.value.startswith("see")} - {Right.SET_GOALS}
    for role in (Role.GOVERNOR, Role.TRUST_LEADER):
        assert not RIGHTS[role] & (changing | {Right.SEE_PUPIL, Right.SEE_CONTACTS, Right.SEE_RESTRICTED})
