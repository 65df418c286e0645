"""A class teacher takes the register of thirty: by mouse, by keyboard alone, by touch, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark, Submission
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page
from tests.journeys.widths import WIDTHS

NAMES = [f"Ashby{number:02}" for number in range(30)]


@pytest.fixture
def teacher():
    """A teacher of thirty."""
    school = world.a_school(name="Long Barrow School")
    group = world.a_group(school=school, name="4B")
    for name in NAMES:
        world.a_pupil(in_group=group, surname=name)
    return world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh")


def marks() -> dict[str, str]:
    """The marks in force, by surname."""
    return dict(CurrentMark.objects.values_list("pupil__surname", "code"))


def put(there: Locator) -> None:
    """By finger on a phone, by mouse elsewhere."""
    on_a_phone = there.page.viewport_size["width"] == WIDTHS["phone"]
    there.tap() if on_a_phone else there.click()


def press(page: Page, surname: str, code: str) -> None:
    put(page.get_by_role("row", name=surname).locator(f'label:has(input[value="{code}"])'))


def expected(absent: list[str], late: list[str]) -> dict[str, str]:
    return {name: "N" if name in absent else "L" if name in late else "/" for name in NAMES}


@pytest.mark.clause("M-3.3a", "M-4.1d", "O-B-2.1", "O-B-27")
def test_two_absent_and_one_late_take_five_actions_from_today(browser_at, width, teacher):
    page = browser_at(width, now="2026-09-15 08:55")
    sign_in_page(page, teacher)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your register closes in 25 minutes")
    actions = [
        lambda: put(page.get_by_role("button", name="Take the register")),
        lambda: press(page, "Ashby03", "N"),
        lambda: press(page, "Ashby11", "N"),
        lambda: press(page, "Ashby17", "L"),
        lambda: put(page.get_by_role("button", name="Mark the 27 blanks present and save")),
    ]
    for act in actions:
        act()
    assert len(actions) == 5
    expect(page.get_by_role("status").first).to_have_text("Saved at 8:55 by Jo Marsh")
    expect(page.locator("#count")).to_have_text("30 of 30 marked")
    expect(page.get_by_role("row", name="Ashby17")).to_contain_text("5 min")
    check_accessible(page)
    assert marks() == expected(absent=["Ashby03", "Ashby11"], late=["Ashby17"])
    assert Submission.objects.count() == 1


@pytest.mark.clause("O-B-2.1")
def test_by_keyboard_alone(browser_at, teacher):
    page = browser_at(1280, now="2026-09-15 08:55")
    sign_in_page(page, teacher)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent").startswith("Take the register") is False:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/am/")
    focused = page.locator("*:focus")
    expect(focused).to_have_accessible_name("Alex Ashby00, present, 1 of 30")
    for key in ["/", "n", "l", "ArrowDown", " ", "n", "ArrowUp", "Backspace"]:
        page.keyboard.press(key)
    expect(focused).to_have_accessible_name("Alex Ashby05, absent, N, 6 of 30")
    expect(page.locator("#count")).to_have_text("4 of 30 marked")
    page.keyboard.press("Shift+Space")
    expect(page.locator("#count")).to_have_text("30 of 30 marked")
    expect(page.locator("#state")).to_have_text("Draft on this device, not saved yet")
    page.keyboard.press("?")
    expect(page.get_by_text("Shift and Space marks the blanks present")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_have_text("Saved at 8:55 by Jo Marsh")
    check_accessible(page)
    assert marks() == expected(absent=["Ashby01"], late=["Ashby02"])


def test_the_office_types_codes_and_one_of_two_characters_waits(browser_at, teacher):
    school = teacher.appointments.get().school
    page = browser_at(1280, now="2026-09-15 08:55")
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))
    page.goto(f"/{school.slug}/registers/4b/2026-09-15/am/")
    focused = page.locator("*:focus")
    expect(focused).to_have_accessible_name("Alex Ashby00, present, 1 of 30")
    page.keyboard.press("i")
    expect(focused).to_have_accessible_name("Alex Ashby01, present, 2 of 30")
    page.keyboard.press("y")
    expect(focused).to_have_accessible_name("Other code for Alex Ashby01")
    page.keyboard.press("2")
    page.keyboard.type("ice on every road")
    page.keyboard.press("Enter")
    expect(focused).to_have_accessible_name("Alex Ashby02, present, 3 of 30")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_have_text("Saved at 8:55 by Sam Okafor")
    assert marks() == {"Ashby00": "I", "Ashby01": "Y2"}


def test_without_scripts(browser_at, teacher):
    page = browser_at(1280, now="2026-09-15 08:55", scripts=False)
    sign_in_page(page, teacher)
    page.get_by_role("button", name="Take the register").click()
    press(page, "Ashby03", "N")
    page.get_by_role("button", name="Mark the 30 blanks present and save").click()
    expect(page.get_by_text("Saved at 8:55 by Jo Marsh")).to_be_visible()
    assert marks() == expected(absent=["Ashby03"], late=[])
