"""Steps that many journeys take."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from allpresent.accounts.models import User
from tests import world

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def sign_in_page(page: Page, user: User) -> None:
    """Sign in as a person does, and arrive on their first page."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(world.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)


def check_accessible(page: Page) -> None:
    """No fault by WCAG 2.2 AA, no sideways scrolling, one main heading, and a title."""
    expect(page.locator("h1")).to_have_count(1)  # the page is there
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(WCAG)}})
    faults = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}\n    {node['html']}\n    {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], "scrolls sideways"
    assert page.title()
