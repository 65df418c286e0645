"""The watch as each person sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib.resources import files

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.messages.actions import beat
from allpresent.people.models import Characteristic
from allpresent.schools.actions import load_policy
from allpresent.shared import clock
from tests import world
from tests.calls.morning import kept, missing, send, signed_in
from tests.leave import asking
from tests.sweeps.noticing import swept

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


def seen(answer) -> str:
    """The words of a page."""
    page = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def watch(school, role: Role = Role.OFFICE) -> str:
    return seen(signed_in(school, role).get(f"/{school.slug}/watch/"))


@pytest.mark.clause("M-4.7b", "O-B-14.1")
def test_a_child_whom_nobody_tried_is_read_first_with_the_way_to_the_call(school, pupil):
    world.staff(role=Role.ATTENDANCE_OFFICER, school=school, name="Ruth Hale", position="Attendance officer")
    swept(school)
    answer = signed_in(school).get(f"/{school.slug}/watch/")
    page = seen(answer)
    assert page.startswith("1 safety matter to look at now")
    assert "Adeyemi, Tolu, 4B" in page
    assert "For Ruth Hale (Attendance officer)." in page
    assert "Told at 10:30: Ruth Hale, Attendance officer (e-mail is not set up, so tell them yourself)." in page
    assert f'href="/{school.slug}/calls/{pupil.id}/"' in answer.content.decode()
    assert "O-B-14.1" in page


def test_a_restriction_comes_before_the_name(school, group):
    child = missing(group, surname="Bright", forename="Sam")
    world.a_contact(of=child, restriction="Do not release to Alan Bright.")
    page = watch(school)
    assert page.index("Do not release to Alan Bright.") < page.index("Bright, Sam")


def test_what_is_done_is_said_to_be_over(at, school, pupil):
    swept(school)
    kept(pupil)
    at("2026-09-15 10:40")
    swept(school)
    page = watch(school)
    assert "No safety matter is open" in page
    assert "Noticed, and over today Adeyemi, Tolu" in page
    assert "noticed 10:30, over 10:40" in page


def test_nobody_in_the_post_is_said(school, pupil):
    swept(school)
    page = watch(school)
    assert "For nobody: the staff list has nobody in such a post." in page
    assert "Told at 10:30: nobody, for nobody holds such a post." in page


def reviewed_next_year(school) -> None:
    text = (files("allpresent.core.policy") / "files" / "magnum-opus.yaml").read_text(encoding="utf-8")
    told = {"by": world.OFFICE, "now": world.BEGINNING, "school": school}
    load_policy(text=text.replace("{on: 2026-09,", "{on: 2027-09,"), name="magnum-opus.yaml", **told)


def test_everything_is_well_with_the_last_rounds(at):
    at("2026-09-19 11:00")
    school = world.a_school(policy="")
    reviewed_next_year(school)
    beat(failed=0, now=clock.now() - timedelta(minutes=1))
    page = watch(school)
    assert page.startswith("Everything that was due has happened")
    assert "The program last went round on 19 September 2026 at 10:5" in page
    assert "No mailbox has been read." in page


def test_a_round_that_did_not_work_is_said(school):
    beat(failed=2, now=clock.now())
    assert "2 parts of the round did not work" in watch(school)


def test_a_worker_that_does_not_go_round_is_on_the_page(school):
    assert "It has never gone round. Until it does, nothing is sent" in watch(school)


def test_what_touches_no_safety_is_shown_to_those_whose_work_it_is(school, group):
    child = world.a_pupil(in_group=group, surname="Bright")
    asking.a_request(child, asking.span("2026-09-21"))
    world.a_class(school=school, name="5C")
    office, lead = watch(school), watch(school, Role.DSL)
    assert "was asked for and begins on Mon 21 Sep" in office
    assert "was asked for and begins on Mon 21 Sep" in lead
    assert "5C" in lead
    assert "The program does not go round" in lead


def test_nothing_restricted_is_read_by_anybody(school, pupil):
    Characteristic.objects.create(pupil=pupil, kind="child_protection_plan", begins=world.YEAR[0][1])
    for role in (Role.OFFICE, Role.DSL, Role.HEAD):
        page = watch(school, role)
        assert "Adeyemi, Tolu" in page
        assert "protection plan" not in page


def test_a_long_list_folds_unless_it_is_of_safety(at, school):
    for _ in range(12):
        world.a_class(school=school, size=1)
    today = watch(school)
    assert "Register not in though its time is over: 12" in today
    assert "Register of the school day before never came in: 24" in today
    assert today.count(" more") == 1
    assert " 14 more " in today


@pytest.mark.parametrize("role", [Role.TEACHER, Role.GOVERNOR])
def test_others_do_not_open_it(school, role):
    assert signed_in(school, role).get(f"/{school.slug}/watch/").status_code == 403


def test_another_school_does_not_exist(school, pupil):
    other = signed_in(world.a_school())
    assert other.get(f"/{school.slug}/watch/").status_code == 404
    assert Client().get(f"/{school.slug}/watch/").status_code == 302


def test_a_school_without_a_policy_has_a_page_that_says_so(at):
    at("2026-09-15 10:00")
    bare = world.a_school(policy="")
    world.a_class(school=bare)
    page = watch(bare)
    assert "No policy holds today" in page
    assert "Registers cannot be opened by it" in page
