"""A pupil's timeline holds what was said, each correction beside what it corrects."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from tests import world
from tests.absences.saying import says
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 9, day) for day in (15, 16, 17))


@pytest.fixture
def pupil(at):
    at("2026-09-16 10:00")
    return world.a_pupil(in_group=world.a_group(school=world.a_school()))


def timeline(client, pupil, search: str = "", **staff) -> str:
    user = world.staff(**{"role": Role.OFFICE, "school": pupil.school} | staff)
    page = text(get(world.sign_in(client, user), pupil.school, f"pupils/{pupil.id}/{search}"))
    return page[page.index("What happened") :]


@pytest.mark.clause("O-B-21", "M-3.4a")
def test_the_timeline_holds_what_was_said_and_who_wrote_it_down(client, pupil):
    says(pupil, "stomach ache", day=TUESDAY, back=THURSDAY)
    said = timeline(client, pupil, "?kind=messages")
    assert "Message, Tue 15 Sep – Mother rang 8:12: stomach ache, back Thursday Sam Okafor, Office manager" in said


def test_a_correction_stands_beside_what_it_corrects(client, pupil):
    older = says(pupil, "stomach ache", day=TUESDAY, back=WEDNESDAY)
    says(pupil, "stomach ache", day=TUESDAY, back=THURSDAY, replaces=older)
    said = timeline(client, pupil)
    assert "stomach ache, back Wednesday Mother rang 8:12: stomach ache, back Thursday" in said


def test_messages_of_another_year_and_other_kinds_are_left_out(client, pupil):
    says(pupil, "stomach ache", day=TUESDAY)
    assert "stomach ache" not in timeline(client, pupil, "?year=2025")
    assert "stomach ache" not in timeline(client, pupil, "?kind=roll")
    assert "stomach ache" in timeline(client, pupil, "?year=2026")
