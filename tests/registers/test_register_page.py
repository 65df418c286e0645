"""The register's page: what it shows, what it takes, what it refuses and how it says so."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import ExpectedSessions
from allpresent.people.queries import pupil_on_roll
from allpresent.registers import actions
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.shared import clock
from tests import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def school():
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def group(school):
    return world.a_group(school=school, name="4B")


@pytest.fixture
def pupils(group):
    """Adeyemi, Bright and Cole."""
    return [world.a_pupil(in_group=group, surname=name) for name in ("Adeyemi", "Bright", "Cole")]


@pytest.fixture
def teacher(school, group, pupils):
    return world.sign_in(Client(), world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh"))


@pytest.fixture
def office(school, pupils):
    return world.sign_in(Client(), world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))


def page(group, half="am", day="2026-09-15") -> str:
    return f"/{group.school.slug}/registers/{group.slug}/{day}/{half}/"


def text(answer) -> str:
    return answer.content.decode()


def plain(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split())


def marked(pupils, *codes: str) -> dict[str, str]:
    return {f"mark-{pupil.id}": code for pupil, code in zip(pupils, codes, strict=False) if code != "-"}


def seen(*versions) -> str:
    return ",".join(f"{pupil.id}:{version}" for pupil, version in versions)


def send(client, group, pupils, *codes, key="a" * 32, half="am", **more):
    fields = {"key": key, "seen": seen(*((pupil, 0) for pupil in pupils)), **marked(pupils, *codes)}
    headers = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
    return client.post(page(group, half), fields | more, **headers)


def held() -> dict[str, str]:
    return dict(CurrentMark.objects.values_list("pupil__surname", "code"))


# --- taking it


@pytest.mark.clause("M-3.3a", "M-4.1d", "O-B-2.1", "O-B-27")
@pytest.mark.parametrize(("half", "moment", "present"), [("am", "08:55", "/"), ("pm", "13:15", "\\")])
def test_each_session_is_marked_in_its_own_codes(at, teacher, group, pupils, half, moment, present):
    at(f"2026-09-15 {moment}")
    answer = send(teacher, group, pupils, present, "N", "L", half=half)
    assert answer.url == page(group, half)
    assert held() == {"Adeyemi": present, "Bright": "N", "Cole": "L"}
    shown = plain(teacher.get(page(group, half)))
    assert "3 of 3 marked" in shown
    assert f"Saved at {moment.lstrip('0')} by Jo Marsh" in shown


def test_fill_marks_blanks_and_touches_nothing_else(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    send(teacher, group, pupils, "-", "N", "-", fill="1")
    assert held() == {"Adeyemi": "/", "Bright": "N", "Cole": "/"}


def test_a_register_may_be_saved_with_blanks_and_says_how_many(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    send(teacher, group, pupils, "/", "-", "-")
    shown = plain(teacher.get(page(group)))
    assert "1 of 3 marked" in shown
    assert "Mark the 2 blanks present and save" in shown


@pytest.mark.clause("O-B-3.1.8", "M-4.4a")
def test_the_receipt_tells_the_minutes_of_an_l_and_the_versions(at, teacher, group, pupils):
    at("2026-09-15 09:02")
    receipt = json.loads(send(teacher, group, pupils, "/", "N", "L", **JSON).content)
    assert receipt == {
        "saved": "Saved at 9:02 by Jo Marsh",
        "blanks": 0,
        "minutes": {str(pupils[2].id): 12},
        "seen": seen(*((pupil, 1) for pupil in pupils)),
    }
    assert "12 min" in text(teacher.get(page(group)))


def test_the_same_sending_twice_is_kept_once(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    for _ in range(2):
        assert send(teacher, group, pupils, "/", "/", "/", **JSON).status_code == 200
    assert (RegisterEntry.objects.count(), Submission.objects.count()) == (3, 1)


# --- what it shows


def test_a_row_names_the_pupil_for_a_screen_reader(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    shown = text(teacher.get(page(group)))
    assert 'aria-label="Alex Bright, present, 2 of 3"' in shown
    assert 'aria-label="Alex Bright, absent, N, 2 of 3"' in shown


def test_earlier_days_plans_and_restrictions_are_there_without_opening_anything(at, teacher, school, group, pupils):
    ill, planned, kept = pupils
    world.marks(ill, {"2026-09-14": "I I"})
    world.a_contact(of=kept, restriction="Do not release to Mr Dean")
    at("2026-09-14 15:00")
    actions.plan_absence(
        school=school, pupil=pupil_on_roll(school, planned.id, DAY), first=Session(DAY, Half.AM),
        last=Session(DAY, Half.AM), code="M", detail="dentist 9:15", level=Role.OFFICE.level, by=world.OFFICE,
        now=clock.now(),
    )  # fmt: skip
    at("2026-09-15 08:55")
    shown = plain(teacher.get(page(group)))
    assert "1 of 3 marked" in shown
    assert re.search(r"Planned: .*\(dentist 9:15\) \(the office\)", shown)
    assert "Cole, Alex Do not release to Mr Dean" in shown
    assert "Adeyemi, Alex I I " in shown


@pytest.mark.clause("M-3.6a")
def test_a_pupil_not_expected_has_no_buttons_and_is_not_counted(at, teacher, group, pupils):
    ExpectedSessions.objects.create(pupil=pupils[1], begins=DAY, pattern="Mon AM, Mon PM")
    at("2026-09-15 08:55")
    shown = text(teacher.get(page(group)))
    assert "Not expected this session" in shown
    assert "0 of 2 marked" in shown
    assert f'name="mark-{pupils[1].id}"' not in shown
    send(teacher, group, pupils, fill="1")
    assert held() == {"Adeyemi": "/", "Cole": "/"}


STATES = [
    ("08:40", "Opens at 8:50", False),
    ("08:55", "Open until 9:20, 25 minutes left", True),
    ("09:25", "Not taken: it was due by 9:20", True),
]


@pytest.mark.clause("O-B-3.1.5")
@pytest.mark.parametrize(("time", "says", "editable"), STATES)
def test_its_state_at_each_time(at, teacher, group, time, says, editable):
    at(f"2026-09-15 {time}")
    shown = text(teacher.get(page(group)))
    assert says in shown
    assert ("Save register" in shown) == editable


@pytest.mark.clause("M-3.3c", "M-4.1b")
def test_the_other_policy_is_overdue_while_it_is_still_open(at, client):
    school = world.a_school(policy="magnum")
    group, _ = world.a_class(school=school)
    at("2026-09-15 09:45")
    teacher = world.sign_in(client, world.staff(role=Role.TEACHER, school=school, groups=[group]))
    assert "Overdue since 9:40; open until 10:00" in text(teacher.get(page(group)))


# --- what it refuses


def test_before_it_opens_nothing_can_be_sent_and_the_page_says_why(at, teacher, group, pupils):
    at("2026-09-15 08:40")
    answer = send(teacher, group, pupils, "/", "/", "/")
    assert answer.status_code == 409
    assert "the register is not open yet: it opens at 08:50" in plain(answer)
    assert "<title>Error: 4B" in text(answer)
    assert held() == {}


def test_a_closed_register_that_is_sent_by_hand_is_refused_and_names_what_was_not_kept(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    send(teacher, group, pupils, "/", "N", "/")
    at("2026-09-15 09:25")
    shown = text(teacher.get(page(group)))
    assert "Save register" not in shown
    late = {"key": "b" * 32, "seen": seen((pupils[1], 1)), **marked(pupils[1:2], "/")}
    answer = teacher.post(page(group), late)
    assert answer.status_code == 409
    assert "the register has closed. Ask the office to amend the mark." in plain(answer)
    assert "These marks were not kept: Bright, Alex /." in plain(answer)
    assert held()["Bright"] == "N"


def test_a_colleagues_mark_is_shown_beside_ones_own_and_standing_by_it_is_a_choice(at, teacher, office, group, pupils):
    at("2026-09-15 08:55")
    send(office, group, pupils, "N", "-", "-", key="o" * 32)
    answer = send(teacher, group, pupils, "/", "/", "/", **JSON)
    assert answer.status_code == 409
    said = json.loads(answer.content)
    [problem] = said["problems"]
    assert (problem["pupil"], problem["kind"], problem["yours"], problem["theirs"]) == (
        pupils[0].id,
        "conflict",
        "/",
        "N",
    )
    assert held() == {"Adeyemi": "N"}
    send(teacher, group, pupils, "/", "/", "/", seen=said["seen"], **JSON)
    assert held() == {"Adeyemi": "/", "Bright": "/", "Cole": "/"}
    assert [entry.by_name for entry in RegisterEntry.objects.filter(pupil=pupils[0])] == ["Sam Okafor", "Jo Marsh"]


def test_without_scripts_the_same_choice_is_on_the_page(at, teacher, office, group, pupils):
    at("2026-09-15 08:55")
    send(office, group, pupils, "N", "-", "-", key="o" * 32)
    answer = send(teacher, group, pupils, "/", "/", "/")
    assert "Adeyemi, Alex: a colleague saved first: N is in the register, and you chose /" in plain(answer)
    assert f'href="#row-{pupils[0].id}"' in text(answer)
    assert f'value="{seen((pupils[0], 1), (pupils[1], 0), (pupils[2], 0))}"' in text(answer)


def test_one_wrong_mark_keeps_all_of_them_out(at, office, group, pupils):
    at("2026-09-15 08:55")
    answer = send(office, group, pupils, "/", "/", "/", **{f"code-{pupils[2].id}": "QQ"})
    assert answer.status_code == 409
    assert "“QQ” is not an attendance code" in plain(answer)
    assert held() == {}


@pytest.mark.clause("M-4.1g")
def test_the_office_types_any_code_and_what_it_asks_for(at, office, group, pupils):
    at("2026-09-15 08:55")
    typed = {f"code-{pupils[0].id}": "i", f"code-{pupils[1].id}": "b"}
    assert "needs to say" in plain(send(office, group, pupils, **typed))
    send(office, group, pupils, **typed, **{f"detail-{pupils[1].id}": "forest school"})
    assert held() == {"Adeyemi": "I", "Bright": "B"}
    assert CurrentMark.objects.get(pupil=pupils[1]).detail == "forest school"


def test_a_button_pressed_leaves_the_detail_of_the_mark_before_behind(at, office, group, pupils):
    at("2026-09-15 08:55")
    send(office, group, pupils, **{f"code-{pupils[0].id}": "B", f"detail-{pupils[0].id}": "forest school"})
    again = {
        "key": "c" * 32,
        "seen": seen((pupils[0], 1)),
        f"code-{pupils[0].id}": "B",
        f"detail-{pupils[0].id}": "forest school",
        f"mark-{pupils[0].id}": "/",
    }
    office.post(page(group), again)
    mark = CurrentMark.objects.get(pupil=pupils[0])
    assert (mark.code, mark.detail) == ("/", "")


def test_a_teacher_enters_no_code_of_the_office(at, teacher, group, pupils):
    at("2026-09-15 08:55")
    answer = send(teacher, group, pupils, "I", "/", "/")
    assert "cannot be entered by a teacher" in plain(answer)
    assert held() == {}


@pytest.mark.parametrize(
    "broken", [{"key": ""}, {"key": "x" * 65}, {"seen": "one:two"}, {"seen": "1"}, {"seen": "1:2:3"}]
)
def test_a_form_that_our_page_could_not_have_sent_is_refused_in_words(at, teacher, group, pupils, broken):
    at("2026-09-15 08:55")
    answer = send(teacher, group, pupils, "/", "/", "/", **broken)
    assert answer.status_code == 400
    assert "Load the register again." in plain(answer)
    assert json.loads(send(teacher, group, pupils, **broken, **JSON).content)["problems"][0]["message"]


def test_a_pupil_of_another_class_cannot_be_slipped_in(at, teacher, group, pupils):
    stranger = world.a_pupil(school=world.a_school())
    at("2026-09-15 08:55")
    fields = {"key": "a" * 32, "seen": seen((stranger, 0)), f"mark-{stranger.id}": "/"}
    answer = teacher.post(page(group), fields)
    assert answer.status_code == 409
    assert f"Pupil {stranger.id} is not in this group" in plain(answer)
    assert held() == {}


def test_a_form_of_another_site_is_refused(school, group, pupils):
    strict = Client(enforce_csrf_checks=True)
    world.sign_in(strict, world.staff(role=Role.TEACHER, school=school, groups=[group]))
    answer = send(strict, group, pupils, "/", "/", "/")
    assert answer.status_code == 403
    assert "The page had been open too long to send" in text(answer)


@pytest.mark.clause("O-B-27")
def test_those_who_take_no_register_see_it_and_cannot_send_it(at, school, group, pupils):
    at("2026-09-15 08:55")
    dsl = world.sign_in(Client(), world.staff(role=Role.DSL, school=school))
    assert "Save register" not in text(dsl.get(page(group)))
    assert send(dsl, group, pupils, "/", "/", "/").status_code == 404


@pytest.mark.parametrize("day", ["2026-09-19", "2026-10-28", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_without_school_has_no_register(at, teacher, group, day):
    at("2026-09-15 08:55")
    assert teacher.get(page(group, day=day)).status_code == 404


def test_an_empty_group_says_so(at, school, office):
    empty = world.a_group(school=school, name="Nursery")
    at("2026-09-15 08:55")
    assert "Nobody is in Nursery on this day" in text(office.get(page(empty)))


def test_without_a_policy_the_page_says_what_is_missing(at, client):
    school = world.a_school(policy="")
    group, _ = world.a_class(school=school)
    at("2026-09-15 08:55")
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=school))
    answer = office.get(page(group))
    assert answer.status_code == 409
    assert "No register times are set for this day" in text(answer)


def test_names_and_details_cannot_smuggle_markup(at, office, group, pupils):
    world.a_pupil(in_group=group, surname='"><script>alert(1)</script>')
    at("2026-09-15 08:55")
    hostile = {f"code-{pupils[0].id}": "B", f"detail-{pupils[0].id}": '"><img src=x onerror=alert(2)>'}
    send(office, group, pupils, **hostile)
    shown = text(office.get(page(group)))
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown
