"""A day of an alternative provision: ten minutes to send a register in, a close at ten, pupils for part of the day."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.people.models import ExpectedSessions
from allpresent.registers.models import CurrentMark, RegisterEntry, Source
from allpresent.schools.models import School
from tests import world
from tests.journeys.school_day import SchoolDay, arrive, headline, press
from tests.journeys.steps import check_accessible

DAY = "2026-09-15"


def held(half: str) -> dict[str, str]:
    return dict(CurrentMark.objects.filter(half=half).values_list("pupil__surname", "code"))


@pytest.mark.clause("M-3.3a", "M-3.3c", "M-3.6a", "M-4.1b", "M-4.1c", "M-4.1d", "M-4.4a")
def test_a_day_at_magnum(serve, browser):
    school = world.a_school(name="Magnum", kind=School.Kind.ALTERNATIVE_PROVISION, policy="magnum")
    blue, green = (world.a_group(school=school, name=name, year_group="10") for name in ("Blue", "Green"))
    mornings = world.a_pupil(in_group=blue, surname="Adeyemi", born=date(2011, 11, 2))
    ExpectedSessions.objects.create(pupil=mornings, begins=date(2026, 9, 1), pattern="Tue AM")
    for group, name in ((blue, "Bright"), (green, "Cole"), (green, "Dunn")):
        world.a_pupil(in_group=group, surname=name, born=date(2011, 11, 2))
    day = SchoolDay(serve, browser, DAY, "09:30")
    tutor = day.page_of(world.staff(role=Role.TEACHER, school=school, groups=[blue], name="Jo Marsh"))
    other = day.page_of(world.staff(role=Role.TEACHER, school=school, groups=[green], name="Kit Rowe"), width=360)
    office = day.page_of(world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))

    # 9:30, one register is taken at once.
    assert headline(tutor) == "Your register closes in 30 minutes"
    tutor.get_by_role("button", name="Take the register").click()
    tutor.get_by_role("button", name="Mark the 2 blanks present and save").click()
    expect(tutor.locator("#state")).to_have_text("Saved at 9:30 by Jo Marsh")

    # 9:40, the other is overdue: the office sees it, and so does the tutor, while it is still open.
    day.at("09:40")
    assert headline(office) == "1 register not in"
    expect(office.get_by_text("Not in: it was due by 9:40")).to_be_visible()
    assert headline(other) == "Your morning register is overdue: it was due by 9:40"
    other.get_by_role("button", name="Take the register").click()
    expect(other.get_by_text("Overdue since 9:40; open until 10:00")).to_be_visible()
    press(other, "Cole", "/")
    other.get_by_role("button", name="Save register").click()
    expect(other.locator("#state")).to_have_text("Saved at 9:40 by Kit Rowe")
    assert headline(office) == "1 pupil unaccounted for"

    # 10:00, the close: N for the one without a mark; whoever comes now has missed registration.
    day.at("10:00")
    day.tick()
    assert held("AM") == {"Adeyemi": "/", "Bright": "/", "Cole": "/", "Dunn": "N"}
    assert RegisterEntry.objects.get(pupil__surname="Dunn").source == Source.CLOSE
    assert arrive(office, "Dunn").startswith("U, 30 minutes late for the morning.")
    assert headline(office) == "Everyone is accounted for"

    # 13:00, the afternoon: a pupil who comes in the mornings alone is not asked for.
    day.at("13:00")
    assert headline(tutor) == "Your register closes in 30 minutes"
    tutor.get_by_role("button", name="Take the register of Blue, afternoon").click()
    row = tutor.get_by_role("row", name="Adeyemi")
    expect(row).to_contain_text("Not expected this session")
    expect(row.get_by_role("radio")).to_have_count(0)
    check_accessible(tutor)
    tutor.get_by_role("button", name="Mark the 1 blank present and save").click()
    expect(tutor.locator("#count")).to_have_text("1 of 1 marked")
    expect(tutor.locator("#state")).to_have_text("Saved at 13:00 by Jo Marsh")
    assert held("PM") == {"Bright": "\\"}
