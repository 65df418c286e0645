"""The day by commissioner: what the school or authority that placed a child is to be told."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.people.models import Placement
from tests import world
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def kiln(at):
    at("2026-09-15 09:45")
    return world.a_school(name="Kiln", kind="ap", policy="magnum")


@pytest.fixture
def ash(kiln):
    return world.a_group(school=kiln, name="Ash")


def placed(pupil, commissioner: str, **facts) -> None:
    Placement.objects.create(
        pupil=pupil, kind="school", commissioner=commissioner, begins=date(2026, 9, 1),
        **{"contact_name": "Attendance office", "phone": "01632 960001", **facts},
    )  # fmt: skip


@pytest.mark.clause("M-3.3c")
def test_each_commissioner_is_told_of_its_own_pupils_in_words(client, kiln, ash):
    here, late, missing = (world.a_pupil(in_group=ash, surname=name) for name in ("Here", "Late", "Missing"))
    for pupil in (here, late):
        placed(pupil, "Northfield School")
    placed(missing, "The authority", contact_name="Placements", phone="01632 960002")
    world.marks(here, {"2026-09-15": "/-"})
    world.marks(late, {"2026-09-15": "L-"})
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=kiln))

    page = text(get(office, kiln, "registers/commissioners/"))

    northfield, authority = page.split("The authority", 1)
    assert "Attendance office · 01632 960001" in northfield
    assert "Here, Alex / Present" in northfield
    assert "Late, Alex L" in northfield
    assert "5 minutes late" in northfield
    assert "Missing, Alex no mark yet" in authority
    assert "Missing" not in northfield


def test_a_session_not_expected_is_said_to_be_so_and_a_past_place_tells_nobody(client, kiln, ash):
    part = world.a_pupil(in_group=ash, surname="Part")
    part.expected_sessions.create(begins=date(2026, 9, 1), pattern="Mon AM")
    placed(part, "Northfield School")
    gone = world.a_pupil(in_group=ash, surname="Gone")
    placed(gone, "Southfield School", ends=date(2026, 9, 10))
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=kiln))

    page = text(get(office, kiln, "registers/commissioners/"))

    assert "Part, Alex not expected not expected" in page
    assert "Southfield" not in page


def test_where_nobody_is_placed_the_page_says_what_to_do(client, kiln):
    office = world.sign_in(client, world.staff(role=Role.OFFICE, school=kiln))

    assert "has a commissioner on this day" in text(get(office, kiln, "registers/commissioners/"))
