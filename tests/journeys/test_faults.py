"""Pages of what went wrong: each says what happened and has a way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/elsewhere/", "There is no such page"),
        ("/long-barrow-school/policy/load/", "Your role does not open this page"),
    ],
)
def test_a_page_that_does_not_open_leads_back_to_today(browser_at, width, address, says):
    teacher = world.staff(role=Role.TEACHER, school=world.a_school(name="Long Barrow School"))
    page = browser_at(width)
    sign_in_page(page, teacher)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(says)
    check_accessible(page)
    page.get_by_role("link", name="Go to Today").click()
    page.wait_for_url("**/long-barrow-school/")


def test_the_search_opens_by_its_key_and_the_key_can_be_turned_off(browser_at):
    school = world.a_school(name="Long Barrow School")
    world.a_pupil(in_group=world.a_group(school=school), surname="Adeyemi")
    page = browser_at(1280)
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school))
    page.keyboard.press("/")
    expect(page.locator("#find-anyone")).to_be_focused()
    page.keyboard.type("adey")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Adeyemi, Alex", exact=True)).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Stop / opening the search").click()
    page.goto("/long-barrow-school/calendar/")
    page.keyboard.press("/")
    expect(page.locator("#find-anyone")).not_to_be_focused()
