"""A head appoints a teacher, and the teacher signs in for the first time with the password she was handed."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page

CHOSEN = "copper lantern orchard"


def appointed(page: Page) -> str:
    """Appoint Jo Marsh to 4B by the pages, and give the password that was shown."""
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Staff").click()
    check_accessible(page)
    page.get_by_role("button", name="Appoint somebody").click()
    page.get_by_role("button", name="Appoint", exact=True).click()
    expect(page).to_have_title("Error: Appoint somebody · Long Barrow School · Allpresent")
    check_accessible(page)
    page.get_by_label("E-mail address").fill("j.marsh@example.org")
    page.get_by_label("Name", exact=True).fill("Jo Marsh")
    page.get_by_label("Class teacher").check()
    page.get_by_label("Position").fill("Class teacher, 4B")
    page.get_by_label("4B", exact=True).check()
    page.get_by_role("button", name="Appoint", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jo Marsh is appointed")
    check_accessible(page)
    return page.locator("code").inner_text()


def sign_in_first(page: Page, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("j.marsh@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your own password")


def test_a_teacher_is_appointed_and_begins(browser_at, width):
    school = world.a_school(name="Long Barrow School")
    world.a_class(school=school, name="4B")
    head = world.staff(role=Role.HEAD, school=school, name="Ruth Osei")
    page = browser_at(width)
    sign_in_page(page, head)
    password = appointed(page)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("listitem").filter(has_text="Jo Marsh")).to_contain_text("has not signed in yet")
    page.get_by_role("button", name="Sign out").click()
    sign_in_first(page, password)
    page.goto("/long-barrow-school/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your own password")
    page.get_by_label("Password you have now").fill(password)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password again").fill("short")
    page.get_by_role("button", name="Change the password").click()
    check_accessible(page)
    page.get_by_label("Password you have now").fill(password)
    page.get_by_label("New password", exact=True).fill(CHOSEN)
    page.get_by_label("New password again").fill(CHOSEN)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("button", name="Take the register")).to_be_visible()
