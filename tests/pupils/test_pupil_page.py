"""The page of one child: safety first, a figure that opens, the year, every version; and who may see what."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from allpresent.accounts.roles import Role
from allpresent.people.actions import add_characteristic, add_professional
from allpresent.pupils.attendance import counted, figure_of, parts_of
from allpresent.pupils.pages import Asked, PupilPage
from allpresent.pupils.queries import entries_in
from allpresent.shared.models import Event
from tests import world
from tests.world import OFFICE

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
MOST_QUERIES = 22


@pytest.fixture
def group(school):
    return world.a_group(school=school, name="4B")


@pytest.fixture
def pupil(group):
    pupil = world.a_pupil(in_group=group, surname="Bright", forename="Ada")
    world.a_contact(of=pupil, name="Ann Bright")
    world.a_contact(of=pupil, name="Ben Bright", relation="Father", restriction="Must not collect", calling_order=2)
    add_characteristic(pupil=pupil, kind="child_protection", begins=date(2026, 9, 1), by=OFFICE, now=NOW)
    add_characteristic(pupil=pupil, kind="sen_support", begins=date(2026, 9, 1), by=OFFICE, now=NOW)
    add_professional(pupil=pupil, kind="social_worker", name="Jo Ek", begins=date(2026, 9, 1), by=OFFICE, now=NOW)
    days = {"2026-09-15": "/\\", "2026-09-16": "L\\", "2026-09-17": "NN", "2026-09-18": "BB", "2026-09-21": "UX"}
    world.marks(pupil, days)
    world.marks(pupil, {"2026-09-17": "IG"})
    world.marks(pupil, {"2026-11-20": "CC"})
    return pupil


def _page(client, pupil, **query):
    return client.get(reverse("pupil", kwargs={"school": pupil.school.slug, "pupil": pupil.id}), query)


def _text(response) -> str:
    apart = re.sub(r"</(td|th|li|p|h\d)>", " ", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", apart))


def test_restrictions_and_professionals_stand_before_everything_else(signed_in, school, pupil):
    text = _text(_page(signed_in(Role.HEAD, school), pupil)).split("Skip to main content")[1]
    order = ["Must not collect", "Jo Ek", "Child protection plan", "Attendance, 2026/27", "Ann Bright"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize(
    ("role", "sees", "hidden"),
    [
        (Role.TEACHER, ["Must not collect", "SEN support"], ["Ann Bright", "Jo Ek", "Child protection", "07700"]),
        (Role.OFFICE, ["Must not collect", "Ann Bright", "07700 900123"], ["Jo Ek", "Child protection"]),
        (Role.DSL, ["Jo Ek", "Child protection", "Ann Bright"], ["Admission register"]),
    ],
)
def test_each_role_sees_what_is_theirs(signed_in, school, group, pupil, role, sees, hidden):
    client = signed_in(role, school, groups=[group] if role is Role.TEACHER else [])
    text = _text(_page(client, pupil))
    assert [word for word in sees if word not in text] == []
    assert [word for word in hidden if word in text] == []


def test_a_governor_is_told_that_the_role_does_not_open_it(signed_in, school, pupil):
    assert _page(signed_in(Role.GOVERNOR, school), pupil).status_code == 403


def test_another_class_another_school_and_a_leaver_do_not_exist(signed_in, school, group, pupil):
    other = world.a_group(school=school)
    leaver = world.a_pupil(in_group=group, leaving=date(2026, 10, 2))
    stranger = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    client = signed_in(Role.TEACHER, school, groups=[other])
    assert _page(client, pupil).status_code == 404
    client = signed_in(Role.TEACHER, school, groups=[group])
    assert [_page(client, child).status_code for child in (pupil, leaver)] == [200, 404]
    own = reverse("pupil", kwargs={"school": school.slug, "pupil": stranger.id})
    assert signed_in(Role.HEAD, school).get(own).status_code == 404


def test_a_governor_who_also_teaches_reaches_her_own_class_alone(client, at, school, group, pupil):
    at("2026-11-13 10:00")
    elsewhere = world.a_pupil(in_group=world.a_group(school=school))
    both = world.staff(role=Role.TEACHER, school=school, groups=[group])
    both.appointments.create(school=school, role=Role.GOVERNOR, position="Governor", begins=date(2026, 9, 1))
    world.sign_in(client, both)
    assert [_page(client, child).status_code for child in (pupil, elsewhere)] == [200, 404]
    assert str(elsewhere) not in _text(client.get(reverse("pupils", kwargs={"school": school.slug})))


def test_the_figure_is_in_a_sentence_and_marks_ahead_do_not_count(signed_in, school, pupil):
    text = _text(_page(signed_in(Role.OFFICE, school), pupil))
    assert "66.7%: attended 6 of 9 sessions up to 13 November 2026." in text
    assert "4 present, 2 at an approved activity; 3 absent (33.3%): 1 authorised, 2 unauthorised. 2 late." in text
    assert "persistent absence by the national definition" in text


def test_each_part_opens_to_exactly_the_sessions_it_counts(pupil):
    page = _presented(pupil)
    opened = {part.key: len(counted(page.counted_marks, part.key)) for part in page.parts}
    assert opened == {part.key: part.count for part in parts_of(figure_of(page.counted_marks))}
    assert opened["unauthorised"] == 2


def _presented(pupil) -> PupilPage:
    from allpresent.core.calendar.academic_year import AcademicYear
    from allpresent.people.queries import record_of
    from allpresent.schools.queries import setting_of

    year = AcademicYear(2026)
    return PupilPage(
        record=record_of(pupil, restricted=True),
        entries=entries_in(pupil.id, year),
        notices=(),
        calendar=setting_of(pupil.school).calendar,
        asked=Asked(year),
        today=date(2026, 11, 13),
        sees_contacts=True,
        restricted=True,
    )


def test_a_part_a_week_and_then_every_version_with_its_signer(signed_in, school, pupil):
    client = signed_in(Role.OFFICE, school)
    part = _text(_page(client, pupil, show="unauthorised"))
    assert "Unauthorised absence: 2 sessions" in part
    assert "Thu 17 Sep PM G" in part
    week = _text(_page(client, pupil, week="2026-09-14"))
    assert "Amend Thu 17 Sep, morning N first entry 17 September 2026 at 13:00 Sam Okafor, Office manager" in week
    assert "Amend Thu 17 Sep, morning I amended" in week
    assert "Fri 18 Sep, morning B" in week
    assert "Mon 14 Sep, morning No mark" in week


@pytest.mark.clause("M-4.1e")
def test_the_timeline_keeps_original_new_reason_and_signer_of_every_amendment(signed_in, school, pupil):
    text = _text(_page(signed_in(Role.OFFICE, school), pupil))
    assert "17 September 2026 at 13:00 Thu 17 Sep, afternoon N G Told by the parent. Sam Okafor, Office manager" in text


def test_an_amended_mark_wears_a_corner(signed_in, school, pupil):
    drawn = _page(signed_in(Role.OFFICE, school), pupil).content.decode()
    assert drawn.count("mark--amended") == 2
    assert '<span class="mark mark--unauth mark--amended"' in drawn


def test_no_blank_is_drawn_off_the_roll_ahead_or_where_nobody_is_expected(school):
    group = world.a_group(school=school)
    pupil = world.a_pupil(in_group=group, starting=date(2026, 9, 7), leaving=date(2026, 11, 20))
    pupil.expected_sessions.create(begins=date(2026, 9, 7), pattern="Mon AM")
    page = _presented(pupil)
    squares = {box.session: page.square(box).cell.says for term in page.terms for week in term.weeks
               for day in week.days for box in (day.am, day.pm)}  # fmt: skip
    said = {(session.day.isoformat(), session.half.value): words for session, words in squares.items()}
    assert said["2026-09-01", "AM"] == "not on the roll"
    assert said["2026-09-07", "AM"] == "no mark"
    assert said["2026-09-07", "PM"] == "not expected"
    assert said["2026-11-16", "AM"] == "still to come"
    assert said["2026-11-23", "AM"] == "not on the roll"


def test_looking_is_recorded(signed_in, school, pupil):
    _page(signed_in(Role.DSL, school, name="Pat Lee", position="Safeguarding lead"), pupil)
    looked = Event.objects.get(kind="pupil's page opened")
    assert (looked.subject, looked.by_name, looked.by_position) == (f"pupil:{pupil.id}", "Pat Lee", "Safeguarding lead")


def test_a_full_year_asks_no_more_often_than_an_empty_one(signed_in, school, pupil):
    client = signed_in(Role.HEAD, school)
    _page(client, pupil)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        _page(client, pupil)
    assert len(asked) <= MOST_QUERIES


def test_hostile_text_is_shown_and_never_run(signed_in, school, group):
    hostile = "<script>alert(1)</script>"
    pupil = world.a_pupil(in_group=group, surname=hostile, forename="{{ 7*7 }}")
    world.a_contact(of=pupil, name="=cmd|' /C calc'!A0", restriction="<img src=x onerror=alert(1)>")
    client = signed_in(Role.HEAD, school)
    pages = [_page(client, pupil), client.get(reverse("pupils", kwargs={"school": school.slug}), {"q": hostile})]
    pages.append(client.get(reverse("roll_pupil", kwargs={"school": school.slug, "pupil": pupil.id})))
    for response in pages:
        drawn = response.content.decode()
        assert response.status_code == 200
        assert "&lt;script&gt;alert(1)" in drawn
        assert "<script>alert" not in drawn
        assert "<img src=x" not in drawn
    assert "{{ 7*7 }}" in pages[0].content.decode()
