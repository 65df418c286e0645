"""Targets: the policy's, the school's own, and everyone against them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.improvement import Measure
from allpresent.improvement import actions, queries
from allpresent.improvement.models import Target
from allpresent.improvement.queries.targets import aimed_at
from allpresent.shared.problems import Refused
from tests import world
from tests.improvement.making import SIGNED, a_target, key
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _an_afternoon(at) -> None:
    at("2026-09-15 15:30")


@pytest.fixture
def school():
    return world.a_school(policy="magnum")


def signed_in(school, role: Role) -> Client:
    return world.sign_in(Client(), world.staff(role=role, school=school))


@pytest.mark.clause("M-1a")
def test_the_policys_words_come_first_then_what_the_school_set(school):
    [said] = queries.targets_on(school, TODAY)
    assert (said.words, said.percent, said.clauses) == (
        "high attendance and punctuality for every pupil",
        None,
        ("M-1a",),
    )
    a_target(school, percent="96.5")
    a_target(school, percent="97.0", year_group="6")
    a_target(school, percent="98.0", measure=Measure.PUNCTUALITY)
    found = queries.targets_on(school, TODAY)
    assert [target.words for target in found[1:]] == [
        f"at least {words}" for words in ("96.5% attendance", "97% attendance", "98% punctuality")
    ]
    assert aimed_at(found, Measure.ATTENDANCE, "6") == Decimal("97.0")
    assert aimed_at(found, Measure.ATTENDANCE, "5") == Decimal("96.5")
    assert aimed_at(found, Measure.SEVERE, "5") is None
    assert len(queries.targets_on(world.a_school(), TODAY)) == 0


def test_without_a_number_everyone_is_shown_and_nobody_is_below(school):
    pupil = world.a_pupil(school=school, surname="Ashgrove")
    world.marks(pupil, {"2026-09-15": "I\\"})
    page = text(get(signed_in(school, Role.HEAD), school, "improvement/targets/"))
    assert "No target has a number yet" in page
    assert "High attendance and punctuality for every pupil M-1a" in page
    assert "Ashgrove, Alex 4 50.0% none 100.0% none" in page


def test_of_two_targets_the_one_set_last_holds_until_it_is_taken_back(school):
    first, second = a_target(school, percent="95"), a_target(school, percent="97")
    held = [target.percent for target in queries.targets_on(school, TODAY) if target.percent]
    assert held == [Decimal("97")]
    actions.end_target(target=second, why="Too soon", key="k", **SIGNED)
    held = [target.percent for target in queries.targets_on(school, TODAY) if target.percent]
    assert held == [Decimal("95")]
    assert not isinstance(actions.end_target(target=second, why="Too soon", key="k", **SIGNED), Refused)
    assert isinstance(actions.end_target(target=second, why="Again", key=key(), **SIGNED), Refused)
    assert [line.percent for line in queries.targets_of(school)] == [Decimal("97"), Decimal("95")]
    assert first.id in {line.id for line in queries.targets_of(school)}


@pytest.mark.clause("M-1a")
def test_each_pupil_is_shown_against_the_targets_to_those_who_may_know_them(school):
    a_target(school, percent="90")
    a_target(school, percent="75", measure=Measure.PUNCTUALITY)
    here, late, away = (world.a_pupil(school=school, surname=name) for name in ("Here", "Late", "Away"))
    world.marks(here, {"2026-09-14": "/\\", "2026-09-15": "/\\"})
    world.marks(late, {"2026-09-14": "L\\", "2026-09-15": "U\\"})
    world.marks(away, {"2026-09-14": "II", "2026-09-15": "/\\"})
    head = signed_in(school, Role.HEAD)
    page = text(get(head, school, "improvement/targets/"))
    assert "2 pupils below a target, of 3" in page
    assert "Here, Alex 4 100.0% at 90.0% 100.0% at 75.0%" in page
    assert "Late, Alex 4 75.0% below 90.0% 50.0% below 75.0%" in page
    assert "Away, Alex 4 50.0% below 90.0% 100.0% at 75.0%" in page
    assert "Year 4 1 of 3 2 of 3" in page
    below = text(get(head, school, "improvement/targets/?show=below"))
    assert below.index("Away, Alex") < below.index("Late, Alex")
    assert "Here, Alex" not in below
    csv = head.get(f"/{school.slug}/improvement/targets/?format=csv").content.decode()
    assert '"Late, Alex",4,75.0,90.0,no,50.0,75.0,no' in csv


@pytest.mark.clause("M-1a")
def test_governors_see_year_groups_without_names_or_small_numbers(school):
    a_target(school, percent="90")
    for number in range(12):
        pupil = world.a_pupil(school=school, surname=f"Known{number}")
        world.marks(pupil, {"2026-09-15": "/\\" if number < 10 else "II"})
    governor = signed_in(school, Role.GOVERNOR)
    for address in ("improvement/targets/", "improvement/targets/?format=csv", "improvement/targets/?show=below"):
        page = text(get(governor, school, address))
        assert "Known" not in page
        assert "Year 4 few of 12 no target" in page
    assert "Year 4 10 of 12 no target" in text(get(signed_in(school, Role.HEAD), school, "improvement/targets/"))


def test_a_target_is_set_on_its_page_once_and_what_is_wrong_is_said(school):
    world.a_pupil(school=school)
    client = signed_in(school, Role.ATTENDANCE_LEAD)
    address = f"/{school.slug}/improvement/targets/new/"
    given = {
        "key": key(), "measure": "punctuality", "year_group": "4", "percent": "98.5", "first": "2026-09-01",
        "last": "2027-07-21",
    }  # fmt: skip
    assert [client.post(address, given).status_code for _ in range(2)] == [302, 302]
    kept = Target.objects.get()
    assert (kept.measure, kept.year_group, kept.percent) == ("punctuality", "4", Decimal("98.5"))
    for wrong in ({"percent": "0"}, {"percent": "96.55"}, {"last": "2026-08-31"}, {"year_group": "9"}):
        assert client.post(address, given | {"key": key()} | wrong).status_code == 422, wrong
    assert Target.objects.count() == 1
    answer = client.post(f"/{school.slug}/improvement/targets/{kept.id}/end/", {"key": key(), "why": "A slip"})
    assert answer.status_code == 302
    assert "taken back 15 September 2026 : A slip" in text(get(client, school, "improvement/targets/"))
