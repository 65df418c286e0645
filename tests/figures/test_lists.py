"""Lists of pupils: who is within which line of the policy, who may know it, and what it opens to."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.people.models import Characteristic, PupilContact
from allpresent.schools.actions import load_policy
from allpresent.schools.models import Closure, School
from tests import world
from tests.world import sign_in, staff

pytestmark = pytest.mark.django_db
AUTUMN = [f"2026-09-{day:02}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15)]


@pytest.fixture
def school(at):
    at("2026-09-15 16:00")
    return world.a_school()


def marked(pupil, **days):
    """Present on every day to 15 September, but for what is given: d9="II"."""
    said = {f"2026-09-{int(day[1:]):02}": codes for day, codes in days.items()}
    world.marks(pupil, dict.fromkeys(AUTUMN, "/\\") | said)
    return pupil


@pytest.fixture
def group(school):
    return world.a_group(school=school, name="Oak")


@pytest.fixture
def low(group):
    """19 of 22 sessions: 86.4%."""
    return marked(world.a_pupil(in_group=group, surname="Low"), d8="II", d9="I\\", d14="L\\")


@pytest.fixture
def steady(group):
    """Every session attended."""
    return marked(world.a_pupil(in_group=group, surname="Steady"))


def page(client, school, way, **query):
    return client.get(f"/{school.slug}/figures/{way}", query)


@pytest.mark.clause("O-A-5.1", "O-A-5.2", "O-B-3.1.3", "O-B-20.2", "O-A-3", "O-App2-2", "M-1b")
def test_every_line_of_the_policy_is_a_list_with_its_clause(client, school, low, steady):
    sign_in(client, staff(role=Role.ATTENDANCE_LEAD, school=school))
    shown = page(client, school, "lists/").content.decode()
    for name in ("Persistent", "Near persistent", "Below 90", "Often late", "Falling", "Rising", "Penalty notice"):
        assert name in shown
    assert "O-B-20.2" in shown
    assert "can be changed" in shown
    assert "attendance below 90%" in shown.lower()


@pytest.mark.clause("O-B-20.2", "O-App2-2", "O-A-5.2")
def test_a_list_names_the_pupil_the_sessions_and_what_is_ahead(client, school, low, steady):
    sign_in(client, staff(role=Role.ATTENDANCE_LEAD, school=school))
    shown = page(client, school, "lists/below-90/").content.decode()
    assert "Below 90: 1 student" in shown
    assert "Low, Alex" in shown
    assert "Steady, Alex" not in shown
    assert "3 of 22 sessions missed (86.4% attended)" in shown
    assert "4 full days without a miss would bring the student out of it, on 21 September 2026." in shown


def test_exactly_on_the_line_is_no_letter_but_persistent(client, school, group):
    """2 of 20 sessions: 90.0% attended."""
    marked(world.a_pupil(in_group=group, surname="Edge"), d8="II", d15="--")
    sign_in(client, staff(role=Role.HEAD, school=school))
    assert "Nobody is within it today" in page(client, school, "lists/below-90/").content.decode()
    assert "Edge, Alex" in page(client, school, "lists/persistent/").content.decode()


def test_a_list_says_how_many_there_were_a_week_ago(client, school, group, low, steady):
    marked(world.a_pupil(in_group=group, surname="Newly"), d14="II", d15="I\\")
    sign_in(client, staff(role=Role.HEAD, school=school))
    rows = page(client, school, "lists/").content.decode().split("<tr>")
    numbers = {name: next(row for row in rows if f"{name}</a>" in row) for name in ("Below 90", "Full", "Often late")}
    assert "<strong>2</strong></td><td>1</td>" in numbers["Below 90"]
    assert ">1 more<" in numbers["Below 90"]
    assert "<strong>1</strong></td><td>2</td>" in numbers["Full"]
    assert "<td>0</td><td>0</td>" in numbers["Often late"]


def test_a_list_as_a_file(client, school, low):
    sign_in(client, staff(role=Role.HEAD, school=school))
    lines = page(client, school, "lists/below-90/", format="csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name,Class,Year group,Found")
    assert lines[1].startswith('"Low, Alex",Oak,4,')
    assert page(client, school, "lists/below-90/", format="xlsx")["Content-Type"].endswith("sheet")


def test_a_governor_sees_numbers_and_no_names(client, school, low):
    sign_in(client, staff(role=Role.GOVERNOR, school=school))
    assert "Below 90" in page(client, school, "lists/").content.decode()
    for way in ("lists/below-90/", "patterns/?shape=run"):
        shown = page(client, school, way).content.decode()
        assert "Low" not in shown
    assert "1 student" in page(client, school, "lists/below-90/").content.decode()
    assert page(client, school, f"pupil/{low.id}/").status_code == 403
    assert "Low" not in page(client, school, "lists/below-90/", format="csv").content.decode()


def test_a_class_teacher_sees_her_own_group_alone(client, school, low, group):
    other = marked(world.a_pupil(in_group=world.a_group(school=school), surname="Elsewhere"), d8="OO", d9="OO")
    sign_in(client, staff(role=Role.TEACHER, school=school, groups=[group]))
    shown = page(client, school, "lists/below-90/").content.decode()
    assert "Low, Alex" in shown
    assert "Elsewhere" not in shown
    assert "Below 90: 1 student" in shown
    assert page(client, school, f"pupil/{low.id}/").status_code == 200
    assert page(client, school, f"pupil/{other.id}/").status_code == 404


def test_another_schools_pupil_and_list_do_not_exist(client, school):
    sign_in(client, staff(role=Role.HEAD, school=school))
    stranger = world.a_pupil(school=world.a_school())
    assert page(client, school, f"pupil/{stranger.id}/").status_code == 404
    assert page(client, school, "lists/no-such-line/").status_code == 404


def test_a_restriction_comes_before_the_name(client, school, low):
    world.a_contact(of=low, restriction="Must not collect")
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "lists/below-90/").content.decode()
    assert shown.index("Must not collect") < shown.index("Low, Alex")
    assert "Must not collect" in page(client, school, f"pupil/{low.id}/").content.decode()


@pytest.mark.clause("O-A-5.2", "M-1c")
def test_the_page_of_a_pupil_says_what_is_behind_and_ahead(client, school, low):
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, f"pupil/{low.id}/").content.decode()
    assert "86.4% attended this school year: 3 of 22 sessions missed" in shown
    assert 'id="below-90"' in shown
    assert "more sessions late" not in shown
    assert shown.count("week=2026-09-08#week") >= 2
    assert '<th scope="row">Tuesday</th><td>1</td><td>1</td>' in shown


def test_a_pupil_who_left_is_in_no_list(client, school, group):
    gone = world.a_pupil(in_group=group, surname="Gone", leaving=date(2026, 9, 11))
    marked(gone, d1="OO", d2="OO")
    sign_in(client, staff(role=Role.HEAD, school=school))
    assert "Gone" not in page(client, school, "lists/persistent/").content.decode()
    assert "is not on the roll today" in page(client, school, f"pupil/{gone.id}/").content.decode()


def test_with_nothing_marked_there_is_nobody_in_a_list(client, school):
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "lists/").content.decode()
    assert "No list is longer than a week ago" in shown
    assert page(client, school, "patterns/").status_code == 200


@pytest.mark.clause("M-3.2b", "M-1a", "M-1c")
def test_the_provision_lists_falling_attendance_of_pupils_with_a_plan(client, at):
    at("2026-10-23 16:00")
    school = world.a_school(policy="magnum", kind="ap")
    with_plan, without = (world.a_pupil(school=school, surname=name) for name in ("Planned", "Other"))
    Characteristic.objects.create(pupil=with_plan, kind="ehc_plan", begins="2026-09-01")
    days = [f"2026-09-{day:02}" for day in range(1, 31)] + [f"2026-10-{day:02}" for day in range(1, 24)]
    school_days = {day: "/\\" for day in days if _weekday(day) < 5}
    away = dict.fromkeys(("2026-10-07", "2026-10-14", "2026-10-15", "2026-10-21", "2026-10-22"), "OO")
    for pupil in (with_plan, without):
        world.marks(pupil, school_days | away)
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "lists/falling-ehc/").content.decode()
    assert "Planned" in shown
    assert "Other, Alex" not in shown
    assert "M-3.2b" in shown
    assert "high attendance and punctuality" in page(client, school, "lists/").content.decode().lower()
    both = page(client, school, "patterns/", shape="falling").content.decode()
    assert "Planned" in both
    assert "Other, Alex" in both


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()


UNSEEN = """
format: 1
layer: school
id: another
name: Another school
follows: england
in-force: {from: 2025-09-01}
windows:
  - {half: AM, opens: "8:50", closes: "9:20", clause: A-1}
  - {half: PM, opens: "13:10", closes: "13:40", clause: A-1}
thresholds:
  - {id: late minutes, of: lateness, at-least: 10 minutes, over: half-term, clause: A-2}
  - {id: cared-for, of: absence, at-least: 1 session, over: term, for: child-in-care, clause: A-3}
  - {id: both, of: absence, at-least: 2 times, over: 10 school days, and: late minutes, year-groups: 4, clause: A-4}
  - {id: fridays, of: pattern, pattern: same-weekday, weekdays: friday, at-least: 2 times, over: term, clause: A-5}
  - {id: away, of: unauthorised-absence, at-least: 5 days, over: 2 school weeks, clause: A-6}
"""


@pytest.mark.clause("O-B-3.1.3")
def test_thresholds_of_a_policy_that_was_never_seen(client, at):
    at("2026-09-15 16:00")
    school = world.a_school(policy="")
    load_policy(text=UNSEEN, name="another.yaml", by=world.OFFICE, now=world.BEGINNING, school=school)
    late, cared = (world.a_pupil(school=school, surname=name) for name in ("Late", "Cared"))
    marked(late, d4="II", d8="L\\", d10="L\\", d11="II")
    marked(cared, d9="II")
    Characteristic.objects.create(pupil=cared, kind="looked_after", begins="2026-09-01")
    sign_in(client, staff(role=Role.HEAD, school=school))
    for way, who, says in (
        ("late-minutes", "Late", "10 minutes late, 2 times"),
        ("cared-for", "Cared", "2 sessions missed"),
        ("both", "Late", "4 sessions missed, 2 times"),
        ("fridays", "Late", "absent on 2 Fridays, of 2 days absent in all"),
    ):
        shown = page(client, school, f"lists/{way}/").content.decode()
        assert f"{who}, Alex" in shown
        assert says in shown
    assert page(client, school, f"pupil/{late.id}/").status_code == 200
    sign_in(client, staff(role=Role.ATTENDANCE_OFFICER, school=school))
    assert page(client, school, "lists/cared-for/").status_code == 403
    assert "Not shown to you" in page(client, school, "lists/").content.decode()
    assert "Cared for" not in page(client, school, f"pupil/{cared.id}/").content.decode()


def test_a_year_group_that_is_closed_alone_has_weeks_of_its_own(client, at):
    """The week of 7 September is no school week of year 6: their last two are those of 31 August and 14 September."""
    at("2026-09-15 16:00")
    school = world.a_school(policy="")
    load_policy(text=UNSEEN, name="another.yaml", by=world.OFFICE, now=world.BEGINNING, school=school)
    six, five = (world.a_pupil(school=school, surname=name, year_group=name[0]) for name in ("6 Six", "5 Five"))
    world.a_closure(school=school, day=date(2026, 9, 7), kind="planned")
    Closure.objects.filter(school=school).update(ends=date(2026, 9, 11), year_groups="6")
    School.objects.filter(id=school.id).update(edition=99)
    for pupil in (six, five):
        world.marks(pupil, dict.fromkeys(("2026-09-02", "2026-09-03", "2026-09-04", "2026-09-14", "2026-09-15"), "OO"))
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "lists/away/").content.decode()
    assert "6 Six, Alex" in shown
    assert "5 Five, Alex" not in shown
    assert "Away</a>" in page(client, school, "lists/").content.decode()


@pytest.mark.clause("M-1c", "O-A-3")
def test_children_of_one_family_absent_together(client, school, group):
    one, other = (marked(world.a_pupil(in_group=group, surname=name), d2="OO", d4="OO", d9="OO", d14="OO")
                  for name in ("Elder", "Younger"))  # fmt: skip
    parent = world.a_contact(of=one).contact
    PupilContact.objects.create(pupil=other, contact=parent, relation="Mother", is_parent=True)
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "patterns/", shape="together").content.decode()
    assert "both absent on 4 days, of 4 and 4 days absent" in shown.replace("Both", "both")
    assert "Elder, Alex" in shown
    assert "Younger, Alex" in shown
    sign_in(client, staff(role=Role.TEACHER, school=school, groups=[group]))
    assert "family" not in page(client, school, "patterns/").content.decode()
    assert "Elder, Alex" not in page(client, school, "patterns/", shape="together").content.decode()


def test_a_pattern_shows_its_pupils_and_when_in_the_week(client, school, group):
    marked(world.a_pupil(in_group=group, surname="Away"), d2="OO", d3="OO", d4="OO", d7="OO", d8="OO")
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "patterns/", shape="run").content.decode()
    assert "10 sessions missed without a break, from 2 September to 8 September" in shown
    assert '<th scope="row">Tuesday</th><td>1</td><td>1</td>' in shown
    assert "own judgement" in shown


@pytest.mark.parametrize(
    ("order", "names"), [("most", ["Most", "Less"]), ("name", ["Less", "Most"]), ("class", ["Most", "Less"])]
)
def test_a_list_is_put_in_order(client, school, order, names):
    ash, elm = (world.a_group(school=school, name=name) for name in ("Ash", "Elm"))
    marked(world.a_pupil(in_group=ash, surname="Most", year_group="2"), d2="OO", d3="OO")
    marked(world.a_pupil(in_group=elm, surname="Less"), d2="OO", d3="O\\")
    sign_in(client, staff(role=Role.HEAD, school=school))
    shown = page(client, school, "lists/below-90/", order=order).content.decode()
    assert sorted(names, key=shown.index) == names
