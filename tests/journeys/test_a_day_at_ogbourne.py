"""A primary school's day by the clock of its policy, from before the gates to the evening; an amendment next day."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark, RegisterEntry
from tests import world
from tests.journeys.school_day import SchoolDay, arrive, headline, press
from tests.journeys.steps import check_accessible

DAY = "2026-09-15"


def held(half: str) -> str:
    """The codes in force, in the order of names; '-' for a blank."""
    codes = dict(CurrentMark.objects.filter(half=half).values_list("pupil__surname", "code"))
    return "".join(codes.get(name, "-") for name in NAMES)


NAMES = ("Adeyemi", "Bright", "Cole", "Dunn", "Evans")


@pytest.mark.clause("O-B-2.1", "O-B-3.1.4", "O-B-3.1.5", "O-B-3.1.6", "O-B-3.1.8", "O-B-3.1.9", "O-B-27", "O-B-28")
def test_a_day_at_ogbourne(serve, browser):
    school = world.a_school(name="Ogbourne")
    group = world.a_group(school=school, name="4B")
    for name in NAMES:
        world.a_pupil(in_group=group, surname=name)
    day = SchoolDay(serve, browser, DAY, "08:40")
    teacher = day.page_of(world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh"), width=360)
    office = day.page_of(world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))
    register = f"/ogbourne/registers/4b/{DAY}"

    # 8:40, the gates are open and the register is not.
    assert headline(teacher) == "Your register opens at 8:50"
    teacher.goto(f"{register}/am/")
    expect(teacher.get_by_role("button", name="Save register")).to_have_count(0)
    check_accessible(teacher)

    # 8:50, the class is marked; one pupil is overlooked.
    day.at("08:50")
    assert headline(teacher) == "Your register closes in 30 minutes"
    teacher.get_by_role("button", name="Take the register").click()
    for name, code in zip(NAMES, "/NNN", strict=False):
        press(teacher, name, code)
    teacher.get_by_role("button", name="Save register").click()
    expect(teacher.locator("#state")).to_have_text("Saved at 8:50 by Jo Marsh")
    assert headline(office) == "4 students unaccounted for"

    # 9:05, the first comes in.
    day.at("09:05")
    assert arrive(office, "Bright").startswith("L, 15 minutes late for the morning.")
    assert headline(office) == "3 students unaccounted for"
    teacher.goto(f"{register}/am/")
    press(teacher, "Evans", "/")
    expect(teacher.locator("#state")).to_have_text("Draft on this device, not saved yet")

    # 9:20, the register closes: whoever has no mark has N, and the draft that was never saved is told of.
    day.at("09:20")
    day.tick()
    assert held("AM") == "/LNNN"
    teacher.goto(f"{register}/am/")
    expect(teacher.locator("#unsent")).to_contain_text("never saved: Alex Evans /.")
    check_accessible(teacher)

    # 9:35, two more: one with no better reason, one from the dentist.
    day.at("09:35")
    assert arrive(office, "Cole").startswith("U, 45 minutes late for the morning.")
    assert "with no better reason" in arrive(office, "Dunn", reason="M")
    assert held("AM") == "/LUMN"
    assert headline(office) == "1 student unaccounted for"

    # 13:10, the afternoon.
    day.at("13:10")
    assert headline(teacher) == "Your register closes in 30 minutes"
    teacher.get_by_role("button", name="Take the register of 4B, afternoon").click()
    press(teacher, "Evans", "N")
    teacher.get_by_role("button", name="Mark the 4 blanks present and save").click()
    expect(teacher.locator("#state")).to_have_text("Saved at 13:10 by Jo Marsh")
    assert held("PM") == "\\\\\\\\N"

    # The evening: nothing more to do, and when it begins again.
    day.at("17:00")
    assert headline(teacher) == "Your afternoon register is in"
    expect(teacher.get_by_text("The next school day is Wednesday 16 September 2026.")).to_be_visible()

    # Next day the parent has rung: the morning's N is amended, and stays to be seen.
    day.at("09:30", of="2026-09-16")
    office.goto(f"{register}/am/")
    office.get_by_role("link", name="the mark of Alex Evans").click()
    office.get_by_label("Code").select_option("I")
    office.get_by_label("Why the mark is being changed").fill("The mother rang: tonsillitis")
    office.get_by_role("button", name="Amend the mark").click()
    expect(office.get_by_role("listitem").filter(has_text="tonsillitis")).to_contain_text("Sam Okafor")
    check_accessible(office)
    entries = RegisterEntry.objects.filter(pupil__surname="Evans", half="AM").order_by("version")
    assert [(entry.code, entry.by_name) for entry in entries] == [("N", "Allpresent"), ("I", "Sam Okafor")]
    assert held("AM") == "/LUMI"
