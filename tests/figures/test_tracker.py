"""The class tracker: whom to celebrate, which way each pupil goes, and a wall that shows nobody's fall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.people.models import Pupil
from allpresent.schools.models import Group, School
from tests import world

pytestmark = pytest.mark.django_db
AUTUMN, SECOND = date(2026, 9, 7), date(2026, 11, 2)
NOW = "2026-11-20 15:30"


def weeks(first: date, number: int) -> list[date]:
    days = (first + timedelta(days=n) for n in range(7 * number))
    return [day for day in days if day.weekday() < 5]


def attended(pupil: Pupil, first: date, missed: int) -> None:
    """Three weeks from a Monday, every fourth day missed, so many times."""
    away = {4 * n for n in range(missed)}
    world.marks(pupil, {str(day): "II" if n in away else "/\\" for n, day in enumerate(weeks(first, 3))})


@pytest.fixture
def swift() -> tuple[Group, dict[str, Pupil]]:
    """Alba never misses; Bo missed less than before; Cas missed more; Dee came last week, and has a restriction."""
    school = world.a_school(name="Ogbourne")
    group = world.a_group(school=school, name="4 Swift")
    pupils = {
        name: world.a_pupil(in_group=group, forename=name, surname="Marsh") for name in ("Alba", "Bo", "Cas", "Dee")
    }
    for name, before, now in (("Alba", 0, 0), ("Bo", 4, 1), ("Cas", 0, 4)):
        attended(pupils[name], AUTUMN, before)
        attended(pupils[name], SECOND, now)
    world.marks(pupils["Dee"], {str(day): "/\\" for day in weeks(date(2026, 11, 16), 1)})
    world.a_contact(of=pupils["Dee"], restriction="Not to be told where she is at school.")
    return group, pupils


def teacher_of(*groups: Group, school: School | None = None) -> Client:
    return world.sign_in(Client(), world.staff(role=Role.TEACHER, school=school or groups[0].school, groups=groups))


def page(client: Client, group: Group, more: str = "") -> str:
    answer = client.get(f"/{group.school.slug}/figures/tracker/{group.slug}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("O-App2-1")
def test_those_here_every_session_and_those_going_up_are_named(swift, at):
    at(NOW)
    celebrated = page(teacher_of(swift[0]), swift[0]).split('id="talk"')[0].split('id="everybody"')[0]
    assert "4 Swift: 2 of 4 here for every session" in celebrated
    assert "73.3% to 93.3%" in celebrated
    assert ">Marsh, Alba<" in celebrated
    assert ">Marsh, Bo<" in celebrated
    assert "O-App2-1" in celebrated
    assert ">Marsh, Cas<" not in celebrated


@pytest.mark.clause("O-App2-2")
def test_who_is_falling_is_named_with_the_clause_that_asks_for_a_conversation(swift, at):
    at(NOW)
    asked = page(teacher_of(swift[0]), swift[0]).split('id="talk"')[1].split('id="everybody"')[0]
    assert ">Marsh, Cas<" in asked
    assert "O-App2-2" in asked
    assert ">Marsh, Bo<" not in asked


def test_everybody_is_there_by_name_with_the_way_they_go_in_words(swift, at):
    at(NOW)
    table = page(teacher_of(swift[0]), swift[0]).split('id="everybody"')[1]
    names = [f"Marsh, {name}" for name in ("Alba", "Bo", "Cas", "Dee")]
    assert sorted(names, key=table.index) == names
    says = [table.split(name)[1].split("</tr>")[0] for name in names]
    for said, words in zip(says, ("steady", "up", "down", "too soon to say"), strict=True):
        assert words in said
    assert "differs from the half-term before by 5 points" in table
    assert "Not to be told where she is" in says[3]


def test_the_wall_shows_no_low_number_no_fall_and_nobody_with_a_restriction(swift, at):
    at(NOW)
    wall = page(teacher_of(swift[0]), swift[0], "wall/").split("<main")[1]
    assert "93.3%" in wall
    assert "100.0%" in wall
    assert "Cas M" in wall
    assert "73.3%" not in wall
    assert "down" not in wall
    assert "Dee" not in wall
    assert "1 pupil is not named" in wall or "1 student is not named" in wall
    stricter = page(teacher_of(swift[0]), swift[0], "wall/?line=95")
    assert "93.3%" not in stricter


@pytest.mark.parametrize("line", ["", "lots", "-5", "²", "9" * 5_000, "500"])
def test_a_line_that_is_no_percentage_is_answered_all_the_same(swift, at, line):
    at(NOW)
    assert "Show no percentage below" in page(teacher_of(swift[0]), swift[0], f"wall/?line={line}")


def test_a_teacher_reaches_her_own_classes_alone(swift, at):
    at(NOW)
    other = world.a_group(school=swift[0].school, name="5 Heron")
    client = teacher_of(other)
    for more in ("", "wall/"):
        assert client.get(f"/{other.school.slug}/figures/tracker/{swift[0].slug}/{more}").status_code == 404
    classes = client.get(f"/{other.school.slug}/figures/tracker/").content.decode()
    assert "5 Heron" in classes
    assert "4 Swift" not in classes


def test_somebody_without_pupils_of_their_own_does_not_see_it(swift, at):
    at(NOW)
    governor = world.sign_in(Client(), world.staff(role=Role.GOVERNOR, school=swift[0].school))
    assert governor.get(f"/{swift[0].school.slug}/figures/tracker/").status_code == 403


def test_the_classes_in_one_table(swift, at):
    at(NOW)
    head = world.sign_in(Client(), world.staff(role=Role.HEAD, school=swift[0].school))
    said = head.get(f"/{swift[0].school.slug}/figures/tracker/").content.decode()
    row = said.split("4 Swift")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split("<td>")[1:]] == ["4", "90.0%", "2", "1"]


def test_another_policy_celebrates_too(at):
    """No ladder, no threshold of praise: full attendance and rising arrows are celebrated all the same."""
    at(NOW)
    school = world.a_school(policy="magnum")
    group = world.a_group(school=school, name="Ash")
    attended(world.a_pupil(in_group=group, forename="Ada", surname="Lind"), SECOND, 0)
    assert "Ash: 1 of 1 here for every session" in page(teacher_of(group), group)
