"""The pass: what is noticed is raised once, told once a step, and over when it is done."""

from __future__ import annotations

import pytest
from django.db import connection

from allpresent.accounts.roles import Role
from allpresent.messages.models import Message, State
from allpresent.shared import clock
from allpresent.shared.clock import read_moment
from allpresent.sweeps.kinds import Kind
from allpresent.sweeps.models import Alert, AlertEnd, Telling
from allpresent.sweeps.queries import alerts
from tests import world
from tests.calls.morning import kept, missing, send
from tests.messages.writing import mail_server
from tests.sweeps.noticing import raised, swept, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(at):
    at("2026-09-15 10:30")
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def group(school):
    group = world.a_group(school=school, name="4B")
    send(group)
    return group


@pytest.fixture
def pupil(group):
    pupil = missing(group, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil, name="Grace Adeyemi")
    return pupil


def appointed(school, *roles: Role) -> None:
    for role in roles:
        world.staff(role=role, school=school, name=f"The {role.label.lower()}")


def whom(school, template: str = "watch-first") -> list[str]:
    return sorted(message.to_name for message in written(school, template))


@pytest.mark.clause("M-4.7b", "O-B-14.1")
def test_what_is_noticed_is_raised_once_over_many_rounds(at, school, pupil):
    appointed(school, Role.ATTENDANCE_OFFICER, Role.DSL, Role.HEAD)
    swept(school)
    for minute in range(31, 59):
        at(f"2026-09-15 10:{minute}")
        assert swept(school) == 0
    assert len(raised(school, Kind.UNTRIED)) == 1
    assert whom(school) == ["The attendance officer"]
    assert written(school, "watch-next") == []


@pytest.mark.clause("M-4.7b")
def test_what_stays_so_goes_to_the_next_people_once(at, school, pupil):
    appointed(school, Role.ATTENDANCE_OFFICER, Role.DSL, Role.HEAD)
    swept(school)
    for later in ("11:01", "11:02", "12:30"):
        at(f"2026-09-15 {later}")
        swept(school)
    assert whom(school) == ["The attendance officer"]
    assert whom(school, "watch-next") == ["The designated safeguarding lead", "The head"]


def test_it_is_over_when_it_is_done_and_goes_no_further(at, school, pupil):
    appointed(school, Role.ATTENDANCE_OFFICER, Role.HEAD)
    swept(school)
    assert alerts(school, now=clock.now()).safety == 1
    kept(pupil)
    at("2026-09-15 11:05")
    swept(school)
    assert alerts(school, now=clock.now()).safety == 0
    assert AlertEnd.objects.get(alert=raised(school, Kind.UNTRIED)[0]).at > read_moment("2026-09-15 11:04")
    assert written(school, "watch-next") == []


def test_what_is_so_again_is_raised_again(at, school, group):
    appointed(school, Role.ATTENDANCE_OFFICER)
    pupil = missing(group)
    world.a_contact(of=pupil)
    swept(school)
    world.marks(pupil, {"2026-09-15": "/-"})
    swept(school)
    world.marks(pupil, {"2026-09-15": "N-"})
    swept(school)
    assert [alert.number for alert in raised(school, Kind.UNTRIED)] == [1, 2]
    assert len(whom(school)) == 2


def test_a_message_names_no_child(school, pupil):
    appointed(school, Role.ATTENDANCE_OFFICER)
    swept(school)
    (message,) = written(school)
    assert "- TA, 4B: Nobody has tried to find out where they are" in message.body
    for secret in ("Adeyemi", "Tolu", "Grace", "07700"):
        assert secret not in message.subject + message.body
    assert (message.urgent, message.pupil_id, message.party) == (True, None, "staff")


@pytest.mark.clause("M-3.3c")
def test_the_teacher_is_told_of_a_register_that_is_overdue(at):
    at("2026-09-15 09:41")
    school = world.a_school(policy="magnum")
    group, _ = world.a_class(school=school, name="Blue")
    other, _ = world.a_class(school=school)
    send(other)
    world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh")
    world.staff(role=Role.TEACHER, school=school, groups=[other], name="Ali Reed")
    appointed(school, Role.OFFICE, Role.HEAD)
    swept(school)
    assert whom(school) == ["Jo Marsh"]
    at("2026-09-15 10:15")
    swept(school)
    assert whom(school, "watch-next") == []
    assert whom(school) == ["Jo Marsh", "Jo Marsh", "The office"]


def test_many_things_at_once_are_one_message_a_person(school):
    appointed(school, Role.OFFICE)
    for _ in range(25):
        world.a_class(school=school, size=1)
    assert swept(school) >= 25
    (message,) = written(school)
    assert "25 things" in message.subject
    assert message.body.count("Register not in") == 20
    assert "- and 5 more" in message.body


def test_where_nobody_holds_the_first_post_the_next_is_told_at_once(school, pupil):
    appointed(school, Role.DSL)
    swept(school)
    assert whom(school) == ["The designated safeguarding lead"]


def test_where_nobody_holds_any_post_it_stands_on_the_page(school, pupil):
    swept(school)
    assert Telling.objects.get(alert__kind=Kind.UNTRIED).whom == []
    assert Message.objects.filter(school=school).count() == 0


def test_somebody_who_has_left_or_not_begun_is_told_of_nothing(school, pupil):
    facts = {"role": Role.ATTENDANCE_OFFICER, "school": school}
    world.staff(**facts, ends=world.BEGINNING.date())
    world.staff(**facts, begins=world.YEAR[1][1])
    switched_off = world.staff(**facts)
    switched_off.is_active = False
    switched_off.save()
    swept(school)
    assert whom(school) == []


def test_a_member_of_staff_with_a_restriction_about_the_child_is_not_written_to(school, pupil):
    officer = world.staff(role=Role.ATTENDANCE_OFFICER, school=school)
    barred = world.a_contact(of=pupil, restriction="Must not be told where the child is.", calling_order=2)
    barred.contact.email = officer.email
    barred.contact.save()
    swept(school)
    assert written(school) == []
    (told,) = Telling.objects.get(alert__kind=Kind.UNTRIED).whom
    assert told["why"] == "not written to about this child"


def test_quiet_hours_do_not_hold_back_what_is_urgent(at, school, settings, tmp_path):
    settings.CHANNELS = mail_server(tmp_path, school, 9)
    appointed(school, Role.OFFICE)
    world.a_class(school=school)
    at("2026-09-15 22:30")
    swept(school)
    (message,) = written(school)
    assert message.state is State.WAITING
    assert message.standing.not_before <= clock.now()


def test_a_pass_that_is_cut_off_leaves_nothing_and_is_gone_through_again(school, pupil):
    appointed(school, Role.ATTENDANCE_OFFICER)

    def cut_off(execute, sql, *given):
        if sql.startswith("INSERT INTO") and "sweeps_telling" in sql:
            raise KeyboardInterrupt
        return execute(sql, *given)

    with pytest.raises(KeyboardInterrupt), connection.execute_wrapper(cut_off):
        swept(school)
    assert (Alert.objects.count(), Message.objects.filter(school=school).count()) == (0, 0)
    swept(school)
    assert whom(school) == ["The attendance officer"]
    assert len(raised(school, Kind.UNTRIED)) == 1
