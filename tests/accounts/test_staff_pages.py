"""The staff list's pages: what each reader sees, what is said, and a made password that must be changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.roles import Role
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_school_day(at):
    cache.clear()  # no tries counted
    at("2026-09-15 08:30")


@pytest.fixture
def school():
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def head(school):
    return world.staff(role=Role.HEAD, school=school, name="Ruth Osei")


def text(answer) -> str:
    return answer.content.decode()


def as_(user: User) -> Client:
    return world.sign_in(Client(), user)


def page(name: str, school, **parts) -> str:
    return reverse(name, kwargs={"school": school.slug, **parts})


def sent(group=None, **changes) -> dict:
    """The form of an appointment as it is sent."""
    groups = {"groups": [group.id]} if group else {}
    return {
        "email": "j.marsh@example.org", "name": "Jo Marsh", "role": "teacher", "position": "Class teacher, 4B",
        "begins": "15/9/2026", "ends": "", **groups, **changes,
    }  # fmt: skip


def test_the_list_names_everybody_who_may_open_something_here(school, head):
    trust = world.a_trust()
    school.trust = trust
    school.save()
    group = world.a_group(school=school, name="4B")
    world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh", position="Miss Marsh")
    world.staff(role=Role.TEACHER, school=school, name="Ali Khan", ends=date(2026, 12, 18))
    world.staff(role=Role.TRUST_LEADER, trust=trust, name="Vera Blunt", position="Trustee")
    world.staff(role=Role.OFFICE, school=school, name="Una Gone", ends=date(2026, 9, 14))
    world.staff(role=Role.OFFICE, school=world.a_school(), name="Ed Elsewhere")
    shown = text(as_(head).get(page("staff", school)))
    present, ended = shown.split(">Ended<")
    assert "4 people on the staff list" in present
    for words in (
        "Jo Marsh",
        "Miss Marsh (Class teacher): 4B",
        "No group yet",
        "to 18 December 2026",
        "Trustee (Trust leader), over",
    ):
        assert words in present
    assert "Una Gone" in ended
    assert "Una Gone" not in present
    assert "Ed Elsewhere" not in shown


@pytest.mark.clause("M-3.2a")
def test_the_head_goes_by_the_schools_own_title_and_has_the_whole_of_it(school):
    provision = world.a_school(name="The Kiln", policy="magnum")
    director = world.staff(role=Role.HEAD, school=provision, name="Ada Fenn", position="In charge")
    client = as_(director)
    assert "In charge (Education Director)" in text(client.get(page("staff", provision)))
    assert "Education Director" in text(client.get(page("appoint", provision)))
    for room in ("today", "registers", "pupils", "load_policy", "staff"):
        assert client.get(page(room, provision)).status_code == 200


@pytest.mark.clause("M-3.2g", "O-B-22.1")
def test_the_senior_leader_for_attendance_is_named_and_sees_the_whole_school(school, head):
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school, name="Fay Abel", position="Attendance Champion")
    assert "Attendance Champion (Senior attendance lead)" in text(as_(head).get(page("staff", school)))
    world.a_class(school=school, name="4B")
    today = text(as_(lead).get(page("registers", school)))
    assert "4B" in today


def test_a_new_persons_password_is_shown_once_and_works(school, head):
    group = world.a_group(school=school, name="4B")
    answer = as_(head).post(page("appoint", school), sent(group))
    [user] = User.objects.filter(email="j.marsh@example.org")
    assert answer.headers["Cache-Control"] == "no-store"
    password = text(answer).split('<code class="password">')[1].split("<")[0]
    assert user.check_password(password)
    assert password not in text(as_(head).get(page("staff", school)))


def test_somebody_with_an_account_is_appointed_without_a_password(school, head):
    user = world.staff(role=Role.OFFICE, school=world.a_school(), name="Sam Reed")
    answer = as_(head).post(page("appoint", school), sent(email=user.email), follow=True)
    assert "Sam Reed is appointed, and signs in as before" in text(answer)


@pytest.mark.parametrize(
    ("changes", "says", "lands_on"),
    [
        ({"email": ""}, "Give the e-mail address that they sign in with", "#id_email"),
        ({"email": "jo"}, "Give the e-mail address in full", "#id_email"),
        ({"name": ""}, "Give their name", "#id_name"),
        ({"role": ""}, "Choose a role", "#id_role"),
        ({"position": ""}, "Give their position", "#id_position"),
        ({"begins": "soon"}, "Give the first day as 15/9/2026", "#id_begins"),
        ({"ends": "14/9/2026"}, "The last day is before the first", "#id_ends"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(school, head, changes, says, lands_on):
    answer = as_(head).post(page("appoint", school), sent(**changes))
    assert answer.status_code == 422
    assert "<title>Error: " in text(answer)
    assert text(answer).count(says) >= 2
    assert f'href="{lands_on}"' in text(answer)
    assert not User.objects.filter(email="j.marsh@example.org").exists()


def test_roles_beyond_ones_own_are_not_offered_nor_taken(school):
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    client = as_(lead)
    shown = text(client.get(page("appoint", school)))
    assert 'value="dsl"' in shown
    for role in ("head", "trust_leader"):
        assert f'value="{role}"' not in shown
        assert client.post(page("appoint", school), sent(role=role)).status_code == 422


def test_another_schools_group_cannot_be_given(school, head):
    theirs = world.a_group(school=world.a_school())
    teacher = world.staff(role=Role.TEACHER, school=school).appointments.get()
    client = as_(head)
    assert client.post(page("appoint", school), sent(theirs)).status_code == 422
    assert client.post(page("staff_groups", school, appointment=teacher.id), {"groups": [theirs.id]}).status_code == 422
    assert not teacher.groups.exists()


@pytest.mark.parametrize("name", ["staff_groups", "staff_cover", "staff_end", "staff_password"])
def test_what_is_beyond_reach_or_elsewhere_is_refused(school, head, name):
    lead = world.staff(role=Role.ATTENDANCE_LEAD, school=school)
    [heads] = head.appointments.all()
    theirs = world.staff(role=Role.TEACHER, school=world.a_school()).appointments.get()
    ended = world.staff(role=Role.TEACHER, school=school, ends=date(2026, 9, 14)).appointments.get()
    client = as_(lead)
    for one, status in ((heads, 403), (theirs, 404), (ended, 404)):
        assert client.get(page(name, school, appointment=one.id)).status_code == status
        assert client.post(page(name, school, appointment=one.id), {"when": "now"}).status_code == status


def test_the_last_head_is_told_why_she_stays(school, head):
    [own] = head.appointments.all()
    answer = as_(head).post(page("staff_end", school, appointment=own.id), {"when": "now"})
    assert answer.status_code == 422
    assert "Nobody would be left who may keep the staff list" in text(answer)


def test_cover_and_the_end_of_it_by_the_pages(school, head):
    group = world.a_group(school=school, name="5R")
    teacher = world.staff(role=Role.TEACHER, school=school, name="Jo Marsh")
    [own] = teacher.appointments.all()
    client = as_(head)
    days = {"begins": "15/9/2026", "ends": "18 September 2026"}
    client.post(page("staff_cover", school, appointment=own.id), {"groups": [group.id], **days})
    assert "covering: 5R" in text(client.get(page("staff", school)))
    client.post(page("staff_end", school, appointment=own.id), {"when": "later", "ends": "16/9/2026"})
    assert list(Appointment.objects.filter(user=teacher).order_by("id").values_list("ends", flat=True)) == [
        date(2026, 9, 16), date(2026, 9, 18),
    ]  # fmt: skip


@pytest.fixture
def newcomer(school):
    user = world.staff(role=Role.TEACHER, school=school)
    user.must_change_password = True
    user.save()
    return user


def change(client: Client, old: str, new: str, again: str = ""):
    return client.post("/password/", {"oldpassword": old, "password1": new, "password2": again or new})


def test_a_made_password_opens_one_page_alone(school, newcomer):
    client = as_(newcomer)
    for address in ("/", page("today", school), page("staff", school)):
        assert client.get(address).url == "/password/"
        assert client.post(address).url == "/password/"
    assert "Choose your own password" in text(client.get("/password/"))


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", "copper lantern orchard", "", "This is not your password of now"),
        (world.PASSWORD, world.PASSWORD, "", "This is the password you have now"),
        (world.PASSWORD, "short", "", "too short"),
        (world.PASSWORD, "copper lantern orchard", "copper lantern", "same password each time"),
        ("", "copper lantern orchard", "", "Give the password you have now"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(newcomer, old, new, again, says):
    answer = change(as_(newcomer), old, new, again)
    assert says in text(answer)
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


def test_once_it_is_changed_everything_opens(school, newcomer):
    client = as_(newcomer)
    assert change(client, world.PASSWORD, "copper lantern orchard").url == "/"
    assert client.get(page("today", school)).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password("copper lantern orchard")


def test_guessing_at_the_old_password_is_stopped_on_a_page_of_ours(newcomer):
    client = as_(newcomer)
    answers = [change(client, "wrong", "copper lantern orchard") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in text(answers[-1])
