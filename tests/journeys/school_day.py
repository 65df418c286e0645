"""A school day whose clock is moved from step to step, and the people who live through it.

The server is started anew at each hour, on the same port: nothing in the program itself moves its clock.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from allpresent.accounts.models import User
from allpresent.shared import clock
from tests import world
from tests.journeys.steps import check_accessible
from tests.server import REPOSITORY, Server


class SchoolDay:
    """One server over a day. Each person has a browser of her own."""

    def __init__(self, serve: Callable[..., Server], browser: Browser, day: str, begins: str) -> None:
        self.day = day
        self.browser = browser
        self.server = serve(now=f"{day} {begins}")

    def at(self, time: str, *, of: str = "") -> None:
        """The clock reads `time`, of this day or of another."""
        self.server.stop()
        begins = clock.now().isoformat()  # a tick tells the same time as the server
        self.server.environment |= {"ALLPRESENT_NOW": f"{of or self.day} {time}", "ALLPRESENT_NOW_SET_AT": begins}
        self.server.start()

    def tick(self) -> None:
        """What the clock asks for is done, as the program's own timer does it."""
        subprocess.run(
            [sys.executable, "-m", "allpresent.cli", "tick"], cwd=REPOSITORY, env=self.server.environment, check=True
        )

    def visitor(self, *, width: int = 1280) -> Page:
        """A browser in which nobody has signed in."""
        context = self.browser.new_context(
            base_url=self.server.address, viewport={"width": width, "height": 800}, locale="en-GB"
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def page_of(self, user: User, *, width: int = 1280) -> Page:
        """A browser in which this person has signed in."""
        page = self.visitor(width=width)
        page.context.add_cookies(
            [{"name": "allpresent_session", "value": world.session_cookie(user), "url": self.server.address}]
        )
        return page


def headline(page: Page) -> str:
    """Today's headline, on a page that is checked for everybody's use."""
    page.goto("/")
    check_accessible(page)
    return page.get_by_role("heading", level=1).inner_text()


def press(page: Page, surname: str, code: str) -> None:
    page.get_by_role("row", name=surname).locator(f'label:has(input[value="{code}"])').click()


def arrive(page: Page, surname: str, *, reason: str = "") -> str:
    """The office records, from Today, that a missing child has come in now. Gives what it was shown first."""
    page.goto("/")
    page.get_by_role("link", name=f"Arrived? {surname}").click()
    check_accessible(page)
    earns = page.locator(".notice").inner_text()
    if reason:
        page.get_by_label("Reason that the school accepts").select_option(reason)
    page.get_by_role("button", name="Record the arrival").click()
    page.locator(".notice", has_text="entered for the").wait_for()
    return earns
