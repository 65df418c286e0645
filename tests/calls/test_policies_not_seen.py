"""Calls, settling, messages and Today under policies never seen before: no page fails, no child is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from allpresent.accounts.roles import Role
from allpresent.people.models import Characteristic
from allpresent.schools.actions import load_policy
from tests import world
from tests.absences.saying import says
from tests.calls.morning import missing, send, signed_in, the_board, tries

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[1] / "core" / "policy" / "other_schools"
SCHOOLS = {
    "bridge-centre": ("bridge-centre",),
    "fairholme-grammar": ("fairholme-grammar",),
    "saltmarsh-academy": ("northmoor-trust", "saltmarsh-academy"),
}
TIMELESS = {"northmoor-trust": ("northmoor-trust",), "england": ()}
"""Policies that leave the times of the register to each school."""
YEAR = (("Summer", date(2026, 4, 13), date(2026, 7, 21)),)
DAY = date(2026, 6, 9)
"""A Tuesday of the year in which all of them are in force."""


def a_school(*files: str):
    school = world.a_school(policy="", terms=YEAR)
    for name in files:
        text = (FILES / f"{name}.yaml").read_text("utf-8")
        load_policy(text=text, name=name, by=world.OFFICE, now=world.BEGINNING, school=school)
    school.refresh_from_db()
    return school


def pupils_of(school):
    """A child whom nobody may be called about, one whose parent can be, one at risk, and one of whom word came."""
    group = world.a_group(school=school, year_group="8")
    alone, called, guarded, told = (
        missing(group, day=str(DAY), surname=name, year_group="8", starting=date(2026, 4, 13))
        for name in ("Alone", "Called", "Guarded", "Told")
    )
    world.a_contact(of=alone, restriction="no contact, court order")
    world.a_contact(of=called, name="Grace Adeyemi")
    Characteristic.objects.create(pupil=guarded, kind="child_protection", begins=date(2026, 4, 13))
    says(told, "a fever", day=DAY, reason="illness")
    tries(called, day=DAY)
    send(group, DAY)
    return alone, called, guarded, told


def addresses(pupil) -> list[str]:
    """The pages about one pupil."""
    rooms = ["calls/{}", "settle/{}", "settle/{}/ask", "settle/{}/flag", "absences/evidence/{}"]
    return [f"{room.format(pupil.id)}/" for room in rooms]


@pytest.mark.parametrize("name", [*SCHOOLS, *TIMELESS])
@pytest.mark.parametrize("moment", ["08:00", "09:40", "15:20"])
def test_every_page_opens_or_says_what_is_missing(at, name, moment):
    at(f"2026-06-09 {moment}")
    school = a_school(*(SCHOOLS | TIMELESS)[name])
    pupils = pupils_of(school) if moment != "08:00" else ()
    about = [address for pupil in pupils for address in addresses(pupil)]
    client = signed_in(school, Role.HEAD)
    for address in ["", "calls/", "settle/", "absences/", "mail/", *about]:
        answer = client.get(f"/{school.slug}/{address}")
        without_times = bool(pupils) and name in TIMELESS and address.startswith("calls/")
        assert answer.status_code == (409 if without_times else 200), address
        assert b"bound method" not in answer.content, address


@pytest.mark.clause("O-A-3", "M-4.7c")
@pytest.mark.parametrize("name", SCHOOLS)
def test_a_child_about_whom_nobody_may_be_called_stays_on_the_list(at, name):
    at("2026-06-09 09:40")
    school = a_school(*SCHOOLS[name])
    alone, _, guarded, told = pupils_of(school)
    board = the_board(school)
    assert {alone.id, guarded.id} <= {row.pupil.id for row in board.rows}
    assert [row.pupil.id for row in board.ended] == [told.id]
    page = signed_in(school).get(f"/{school.slug}/calls/").content.decode()
    assert "do not contact: no contact, court order" in page


@pytest.mark.clause("M-4.7c")
def test_a_call_to_nobody_rests_once_somebody_wrote_why(at):
    at("2026-06-09 09:40")
    school = a_school("fairholme-grammar")
    alone, *_ = pupils_of(school)
    client = signed_in(school)
    said = {"step": "parent", "key": "a" * 32, "says": "The social worker is on her way to the house."}
    assert client.post(f"/{school.slug}/calls/{alone.id}/leave-out/", said).status_code == 302
    board = the_board(school)
    assert [row.pupil.id for row in board.quiet if row.pupil.id == alone.id] == [alone.id]
    page = client.get(f"/{school.slug}/calls/").content.decode()
    assert "Everything tried or left out" in page
    assert "step left out: The social worker is on her way to the house." in page
