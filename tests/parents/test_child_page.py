"""One child's page: the year in plain figures, each absence with what was said and decided, where to turn."""

from __future__ import annotations

import pytest
from django.test import Client

from allpresent.shared.models import Event
from tests import world
from tests.parents.signing_in import GRACE, TUNDE, a_parent, sign_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, child, at):
    """The page at one minute to ten on Tuesday 15 September, after the marks given."""
    at("2026-09-15 09:59")

    def show(marks: dict[str, str]) -> str:
        world.marks(child, marks)
        return text(sign_in(client, GRACE).get(f"/family/{child.id}/"))

    return show


@pytest.mark.clause("M-4.6a", "O-A-2.9.4", "O-B-20.1")
def test_the_year_so_far_in_half_days(page):
    shown = page({"2026-09-10": "/\\", "2026-09-11": "II", "2026-09-14": "O\\", "2026-09-15": "/-"})
    assert '<p class="percentage">57.1%</p>' in shown
    assert "here for 4 of 7 half-days" in shown
    assert "1½ days away: 1 authorised by the school, ½ not authorised, or not explained yet" in shown


def test_nothing_missed_is_said(page):
    assert "Nothing has been missed." in page({"2026-09-14": "/\\"})


def test_no_percentage_where_nothing_counts(page):
    assert "there is no percentage yet" in page({"2026-09-14": "Y4 Y4"})


def test_one_cold_in_the_first_weeks_foretells_nothing(page):
    assert "If the year goes on like this" not in page({"2026-09-14": "II", "2026-09-15": "/-"})


@pytest.mark.clause("O-A-2.10")
def test_after_four_weeks_the_year_is_foretold(client, child, at):
    days = [f"2026-09-{day:02}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23, 24)]
    world.marks(child, dict.fromkeys(days, "/\\") | {"2026-09-25": "II", "2026-09-28": "II"})
    at("2026-09-28 16:00")
    shown = text(sign_in(client, GRACE).get(f"/family/{child.id}/"))
    assert "about 19 days away of 190: about 4 weeks of school, or 100 lessons" in shown


@pytest.mark.clause("O-A-2.10", "O-B-4.2")
def test_both_tables_of_the_policy_are_there(page):
    shown = page({"2026-09-14": "L\\"})
    for row in ("95%|9.5|2|50", "85%|28.5|6|150", "50%|95|20|500"):
        percent, *cells = row.split("|")
        assert f'<th scope="row">{percent}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) in shown
    assert '<th scope="row">15</th><td>9</td><td>45</td>' in shown
    assert "Late 1 time, 5 minutes in all" in shown


def test_an_absence_in_plain_words_and_nothing_in_code(page, child):
    shown = page({"2026-09-10": "II", "2026-09-11": "II", "2026-09-14": "NN", "2026-09-15": "O-"})
    assert "<strong>Thu 10 Sep to Fri 11 Sep</strong><br>Absent: illness" in shown
    assert "<strong>Mon 14 Sep</strong><br>Absent: the school does not know why yet" in shown
    assert f"?child={child.id}&amp;day=2026-09-14" in shown
    assert "(not authorised)" in shown
    assert shown.index("Tue 15 Sep, morning") < shown.index("Mon 14 Sep</strong>") < shown.index("Thu 10 Sep to")


def test_absences_with_a_day_here_between_are_two(page):
    shown = page({"2026-09-09": "II", "2026-09-10": "/\\", "2026-09-11": "II"})
    assert "Wed 9 Sep</strong>" in shown
    assert "Fri 11 Sep</strong>" in shown


@pytest.mark.clause("O-B-8")
def test_where_to_turn_is_the_policys(page):
    shown = page({"2026-09-14": "/\\"})
    for said in ('href="tel:111"', 'href="tel:999"', "Your GP", 'href="tel:01672841318"', "Achievement coordinator"):
        assert said in shown


def test_another_policy_names_its_own_line(client, at):
    school = world.a_school(policy="magnum")
    ada = world.a_pupil(school=school, forename="Ada")
    a_parent(of=ada, email=GRACE)
    shown = text(sign_in(client, GRACE).get(f"/family/{ada.id}/"))
    assert "07972 870530" in shown
    assert "01672" not in shown


def test_a_school_without_a_policy_still_has_its_page(client):
    ada = world.a_pupil(school=world.a_school(policy=""), forename="Ada")
    a_parent(of=ada, email=GRACE)
    sign_in(client, GRACE)
    for address in ("/family/", "/family/tell/", *(f"/family/{ada.id}/{page}" for page in ("", "leave/", "evidence/"))):
        assert client.get(address).status_code == 200, address


def test_looking_is_recorded(page, child):
    page({"2026-09-14": "/\\"})
    event = Event.objects.get(kind="pupil's page opened")
    assert (event.subject, event.by_name, event.by_position) == (f"pupil:{child.id}", "Grace Adeyemi", "Mother")
    assert event.school_id == child.school_id


def test_nothing_of_the_other_parent_is_on_any_page(child):
    father = sign_in(Client(), TUNDE)
    for address in ("/family/", "/family/tell/", *(f"/family/{child.id}/{page}" for page in _PAGES)):
        shown = text(father.get(address))
        assert "Grace" not in shown, address
        assert "07700 900111" not in shown, address


_PAGES = ("", "leave/", "evidence/", "details/")
