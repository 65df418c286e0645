"""The office records who comes in late: the time earns the mark, and the page says which and why."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half
from allpresent.registers.models import CurrentMark, RegisterEntry
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def pupil(school):
    return world.a_pupil(in_group=world.a_group(school=school, name="4B"), surname="Adeyemi", forename="Tolu")


@pytest.fixture
def office(client, school):
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=school))


def page(school, search="") -> str:
    return f"/{school.slug}/late/{search}"


def record(client, pupil, **given):
    return client.post(page(pupil.school), {"pupil": pupil.id, **given})


def text(answer) -> str:
    return answer.content.decode()


def mark_of(pupil) -> tuple:
    return CurrentMark.objects.values_list("half", "code", "minutes_late", "detail").get(pupil=pupil)


# (the clock, the time given, what it earns: half, code, minutes)
OGBOURNE = [
    ("08:42", "8:40", ("AM", "/", None)),
    ("08:52", "8:50", ("AM", "/", None)),
    ("08:52", "8:51", ("AM", "L", 1)),
    ("09:20", "9:19", ("AM", "L", 29)),
    ("09:20", "9:20", ("AM", "U", 30)),
    ("13:09", "13:09", ("AM", "U", 259)),
    ("13:10", "13:10", ("PM", "\\", None)),
    ("13:39", "13.39", ("PM", "L", 29)),
    ("15:00", "1340", ("PM", "U", 30)),
]


@pytest.mark.clause("O-B-3.1.4", "O-B-3.1.5", "O-B-3.1.6", "O-B-3.1.8", "O-B-3.1.9")
@pytest.mark.parametrize(("now", "at_wall", "earned"), OGBOURNE, ids=[f"{now} {wall}" for now, wall, _ in OGBOURNE])
def test_the_time_earns_the_mark(at, office, pupil, now, at_wall, earned):
    at(f"2026-09-15 {now}")
    answer = record(office, pupil, at=at_wall)
    assert answer.status_code == 302
    assert mark_of(pupil)[:3] == earned
    assert mark_of(pupil)[3].startswith("Arrived ")


MAGNUM = [
    ("09:31", "9:30", ("AM", "/", None)),
    ("09:31", "9:31", ("AM", "L", 1)),
    ("10:00", "9:59", ("AM", "L", 29)),
    ("10:00", "10:00", ("AM", "U", 30)),
    ("13:05", "13:01", ("PM", "L", 1)),
    ("14:00", "13:30", ("PM", "U", 30)),
]


@pytest.mark.clause("M-4.1b", "M-4.1c", "M-4.4a")
@pytest.mark.parametrize(("now", "at_wall", "earned"), MAGNUM, ids=[f"{now} {wall}" for now, wall, _ in MAGNUM])
def test_the_time_earns_the_mark_by_the_other_policy(at, client, now, at_wall, earned):
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    at(f"2026-09-15 {now}")
    record(world.sign_in(client, world.staff(role=Role.OFFICE, school=school)), pupil, at=at_wall)
    assert mark_of(pupil)[:3] == earned


def test_after_the_session_has_ended_there_is_no_arrival(at, client):
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    at("2026-09-15 14:40")
    answer = record(world.sign_in(client, world.staff(role=Role.OFFICE, school=school)), pupil, at="14:35")
    assert answer.status_code == 422
    assert "The session ended at 14:30" in text(answer)
    assert not RegisterEntry.objects.exists()


@pytest.mark.clause("O-B-3.1.9")
def test_a_reason_the_school_accepts_takes_the_place_of_u(at, office, pupil):
    at("2026-09-15 10:00")
    record(office, pupil, at="9:40", because="M", said="dentist, card seen")
    assert mark_of(pupil) == ("AM", "M", 50, "Arrived 9:40: dentist, card seen")


def test_a_code_that_excuses_nothing_is_refused(at, office, pupil):
    at("2026-09-15 10:00")
    answer = record(office, pupil, at="9:40", because="O")
    assert answer.status_code == 422
    assert "does not excuse coming late" in text(answer)
    assert not RegisterEntry.objects.exists()


def test_a_look_enters_nothing_and_says_which_clauses_decide(at, office, pupil):
    at("2026-09-15 09:05")
    answer = office.get(page(pupil.school, f"?pupil={pupil.id}"))
    assert "L, 15 minutes late" in text(answer)
    assert f'href="/{pupil.school.slug}/policy/clauses/O-B-3.1.5/"' in text(answer)
    assert "R24 reg 10(2)" in text(answer)
    record(office, pupil, at="9:05", look="1")
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("given", ["half nine", "", "25:00", "9"])
def test_a_time_that_cannot_be_read_is_asked_for_again(at, office, pupil, given):
    at("2026-09-15 09:05")
    answer = record(office, pupil, at=given, said="the bus")
    assert answer.status_code == 422
    assert "<title>Error: Late arrival" in text(answer)
    assert 'href="#at"' in text(answer)
    assert 'value="the bus"' in text(answer)


def test_a_time_that_has_not_come_is_refused(at, office, pupil):
    at("2026-09-15 09:05")
    answer = record(office, pupil, at="9:06")
    assert answer.status_code == 422
    assert "9:06 has not come yet" in text(answer)


def test_recording_it_twice_enters_it_once(at, office, pupil):
    at("2026-09-15 09:05")
    record(office, pupil, at="9:05")
    record(office, pupil, at="9:05")
    assert RegisterEntry.objects.count() == 1


def test_another_time_of_arrival_is_kept_and_not_only_said(at, office, pupil):
    at("2026-09-15 09:50")
    record(office, pupil, at="9:25")
    record(office, pupil, at="9:35")
    assert mark_of(pupil) == ("AM", "U", 45, "Arrived 9:35")
    assert RegisterEntry.objects.filter(pupil=pupil).count() == 2


def test_an_n_becomes_l_and_the_n_stays_in_the_history(at, office, pupil):
    world.marks(pupil, {"2026-09-15": "N-"})
    at("2026-09-15 09:05")
    record(office, pupil, at="9:04")
    first, second = RegisterEntry.objects.order_by("version")
    assert (first.code, second.code) == ("N", "L")
    assert second.reason == "Here at 09:04: later than 08:50, before 09:20."


def test_a_search_finds_the_roll_of_today_and_shows_restrictions(at, office, pupil):
    world.a_contact(of=pupil, restriction="Do not release to Mr Dean")
    world.a_pupil(school=pupil.school, surname="Adey", leaving=date(2026, 9, 10))
    at("2026-09-15 09:05")
    found = text(office.get(page(pupil.school, "?q=aDE")))
    assert "1 student found" in found
    assert "Adeyemi, Tolu" in found
    assert "Do not release to Mr Dean" in found
    assert "Nobody on the roll today has “zz” in their name" in text(office.get(page(pupil.school, "?q=zz")))


def test_a_name_cannot_smuggle_markup(at, office, school):
    world.a_pupil(in_group=world.a_group(school=school), surname="<script>alert(1)</script>")
    at("2026-09-15 09:05")
    found = text(office.get(page(school, "?q=<script>")))
    assert "<script>alert(1)" not in found
    assert "&lt;script&gt;alert(1)" in found


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-09-19 09:05", "There is no session today"),
        ("2026-09-15 09:05", "The school is closed this morning, and the afternoon has not begun"),
    ],
)
def test_when_there_is_nothing_to_be_late_for_the_page_says_so(at, office, pupil, moment, says):
    world.a_closure(school=pupil.school, day=date(2026, 9, 15), half=Half.AM)
    at(moment)
    assert says in text(office.get(page(pupil.school, f"?pupil={pupil.id}")))


def test_another_schools_pupil_does_not_exist(at, office, school):
    at("2026-09-15 09:05")
    stranger = world.a_pupil(school=world.a_school())
    for chosen in (stranger.id, "x", "9" * 30):
        assert office.get(page(school, f"?pupil={chosen}")).status_code == 404


def test_a_class_teacher_does_not_record_arrivals(client, school):
    teacher = world.sign_in(client, world.staff(role=Role.TEACHER, school=school))
    assert teacher.get(page(school)).status_code == 403
    assert "late/" not in text(teacher.get(f"/{school.slug}/"))


def test_without_register_times_the_page_says_what_is_missing(at, client):
    school = world.a_school(policy="")
    pupil = world.a_pupil(in_group=world.a_group(school=school))
    at("2026-09-15 09:05")
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    answer = office.get(page(school, f"?pupil={pupil.id}"))
    assert answer.status_code == 409
    assert "No register times are set for this day" in text(answer)
