"""Who is on site now, and the fire list: everybody on the roll, whatever the size, whoever asks."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allpresent.accounts.roles import Role
from allpresent.core.onsite import Place
from allpresent.site import queries
from tests import world
from tests.registers.pages import get, text
from tests.site.crossing import goes, gone, instant, signed_in

pytestmark = pytest.mark.django_db
MARKS = ("/-", "L-", "I-", "V-", "N-", "--")


@pytest.fixture(autouse=True)
def _before_noon(at) -> None:
    at("2026-09-15 12:05")


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def members(school):
    """Twelve pupils of 4B: two each present, late, ill, on a trip, unexplained, and without a mark."""
    _, pupils = world.a_class(school=school, size=12, name="4B")
    for n, pupil in enumerate(pupils):
        world.marks(pupil, {"2026-09-15": MARKS[n % 6]})
    return pupils


def counted(school, at: str = "12:05") -> dict[Place, int]:
    return dict(queries.on_site(school, now=instant(at)).counts)


def test_every_pupil_on_the_roll_is_counted_once(school, members):
    site = queries.on_site(school, now=instant("12:05"))
    assert sum(site.counts.values()) == len(site.rows) == 12
    assert site.counts == {Place.HERE: 4, Place.AWAY: 4, Place.ELSEWHERE: 2, Place.UNKNOWN: 2}


def test_before_the_register_everybody_is_not_known(school, members):
    world.a_class(school=school, size=2, name="5C")
    assert queries.on_site(school, now=instant("08:30")).counts[Place.UNKNOWN] > 2
    assert sum(counted(school, "08:30").values()) == 14


def test_after_midnight_nobody_is_on_site(school, members):
    tomorrow = queries.on_site(school, now=instant("00:01", day=world.date(2026, 9, 16)))
    assert tomorrow.counts == {Place.UNKNOWN: 12}


def test_on_a_day_without_a_session_nobody_is_expected(school, members):
    saturday = queries.on_site(school, now=instant("10:00", day=world.date(2026, 9, 19)))
    assert (saturday.sessions, saturday.counts) == ((), {Place.AWAY: 12})


def test_thirty_pupils_ask_as_often_as_none(school, members):
    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.on_site(school, now=instant("12:05"))
        return len(asked)

    queries.on_site(school, now=instant("12:05"))
    few = asked()
    world.a_class(school=school, size=30, name="5C")
    for pupil in members[:2]:
        gone(pupil, "11:00", seen="10:50")
    assert asked() == few == 5


def test_not_known_and_out_come_first_and_each_number_opens(client, school, members):
    goes(members[0], "11:40", collector=world.a_contact(of=members[0], name="Grace Adeyemi", may_collect=True))
    page = get(signed_in(client, school), school, "site/")
    said = text(page)
    assert "3 students on site" in said
    assert "2 not known 1 out 3 here 2 elsewhere 4 not here" in said
    places = re.findall(r'class="place place--(\w+)"', page)
    assert places == sorted(places, key=["unknown", "out", "elsewhere", "away"].index)
    assert "signed out 11:40 for an appointment (dentist), with Grace Adeyemi (mother)" in said
    only_out = text(get(client, school, "site/?show=out"))
    assert members[0].surname in only_out
    assert members[1].surname not in only_out
    assert "Nobody fits that" in text(get(client, school, "site/?q=zzz"))


def test_a_class_teacher_reads_why_for_her_own_pupils_alone(client, school, members):
    _, [theirs] = world.a_class(school=school, size=1, name="5C")
    world.marks(theirs, {"2026-09-15": "I-"})
    world.a_contact(of=theirs, restriction="Must not be told where she is")
    group = members[0].memberships.get().group
    signed_in(client, school, Role.TEACHER, groups=[group])
    page = text(get(client, school, "site/"))
    assert page.count("I: Illness") == 2  # her own two; the third is of another class
    assert theirs.surname in page
    assert "Must not be told" not in page
    assert "Release to nobody without the office" in page
    assert "Sign somebody out" not in page


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OFFICE, Role.DSL, Role.HEAD])
def test_the_fire_list_names_everybody_for_everybody_and_says_no_more(client, school, members, role):
    world.a_contact(of=members[0], name="Carl Dean", restriction="Must not collect: court order")
    goes(members[6], "11:40", collector=world.a_contact(of=members[6], may_collect=True))
    signed_in(client, school, role)
    page = get(client, school, "site/fire-list/")
    said = text(page)
    assert all(pupil.surname in said for pupil in members)
    assert page.count('type="checkbox"') == 5  # three here, two not known
    assert page.count("place--unknown") == 2
    assert f"Out: {members[6].surname}" in said
    assert "Release to nobody without the office" in said
    for kept_back in ("dentist", "Illness", "court order", "Grace"):
        assert kept_back not in said
    assert "Fire list, 15 September 2026 at 12:05" in said


def test_the_saved_list_stands_alone(client, school, members):
    signed_in(client, school)
    answer = client.get(f"/{school.slug}/site/fire-list/save/")
    saved = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="fire-list-')
    assert not re.search(r"<(link|script|img|form)|(src|href)=", saved)
    assert all(pupil.surname in saved for pupil in members)
    assert "As of 15 September 2026 at 12:05" in text(saved)


def test_who_left_without_permission_stands_above_everything(client, school, members):
    gone(members[0], "11:00", seen="10:55")
    page = text(get(signed_in(client, school), school, "site/"))
    assert "1 student left without permission and not found yet" in page


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.TRUST_LEADER])
def test_others_see_no_names(client, school, members, role):
    signed_in(client, school, role)
    for path in ("site/", "site/fire-list/", "site/fire-list/save/"):
        assert client.get(f"/{school.slug}/{path}").status_code == 403


def test_a_school_of_nobody_says_so(client, school):
    signed_in(client, school)
    assert "Nobody is on the roll today." in text(get(client, school, "site/"))
    assert "Nobody is on the roll today." in text(get(client, school, "site/fire-list/"))


@pytest.mark.parametrize("path", ["site/", "site/fire-list/", "site/fire-list/save/"])
def test_a_school_without_register_times_has_its_fire_list(client, path):
    school = world.a_school(policy="")
    _, [marked, blank] = world.a_class(school=school, size=2)
    world.marks(marked, {"2026-09-15": "/-"})
    said = text(get(signed_in(client, school), school, path))
    assert marked.surname in said
    assert blank.surname in said


def test_without_register_times_whoever_has_no_mark_is_looked_for():
    school = world.a_school(policy="")
    _, [here, away, blank] = world.a_class(school=school, size=3)
    world.marks(here, {"2026-09-15": "//"})
    world.marks(away, {"2026-09-15": "II"})
    places = {row.pupil.id: row.place for row in queries.on_site(school, now=instant("12:05")).rows}
    assert places == {here.id: Place.HERE, away.id: Place.AWAY, blank.id: Place.UNKNOWN}
