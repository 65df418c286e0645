"""Somebody who has never seen the program settles a morning of four absences, with only the Today page to go by."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark
from tests import world
from tests.absences.saying import says
from tests.calls.morning import missing, send
from tests.journeys.steps import check_accessible, sign_in_page

NOW = "2026-09-15 10:24"
TUESDAY = date(2026, 9, 15)
MOST_ACTIONS = 16
"""Four for each absence: found, opened, answered, sent."""


class Newcomer:
    """A person who presses and chooses only what she can see, and is given no address. Each act counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, target: Locator) -> None:
        expect(target).to_be_visible()
        target.click()
        self.actions += 1
        check_accessible(self.page)

    def link(self, name: str) -> None:
        self.press(self.page.get_by_role("link", name=name))

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name))

    def choose(self, within: Locator, label: str, value: str) -> None:
        box = within.get_by_label(label)
        expect(box).to_be_visible()
        box.select_option(value)
        self.actions += 1


@pytest.fixture
def school(fresh_database, at):
    """Two parents have told why, one has to be rung, and one child is at the door."""
    at(NOW)
    school = world.a_school(name="Long Barrow School")
    group = world.a_group(school=school, name="4B")
    told = [missing(group, surname=name) for name in ("Adeyemi", "Bright")]
    for pupil in (*told, missing(group, surname="Cole"), missing(group, surname="Dunn")):
        world.a_contact(of=pupil, name=f"Grace {pupil.surname}")
    for pupil in told:
        says(pupil, "stomach ache", day=TUESDAY, reason="illness")
    send(group)
    return school


@pytest.mark.clause("O-B-28")
def test_four_absences_are_settled_from_today_by_what_can_be_seen(browser_at, width, school):
    page = browser_at(width, now=NOW)
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))
    new = Newcomer(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 students unaccounted for")

    # One has just come in: the row says so itself.
    new.link("Arrived? Dunn")
    new.button("Record the arrival")
    new.press(page.get_by_role("link", name="Today", exact=True))

    # One is to be rung: the mother says why.
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Cole, Alex", exact=True))
    new.press(row.get_by_text("Log a call"))
    new.choose(row, "Reason given", "illness")
    new.button("Keep the reason for Cole")

    # All three who are away are explained now, and the codes are a person's to decide.
    expect(page.get_by_role("heading", level=1)).to_have_text("Everyone is accounted for")
    new.press(page.locator("main").get_by_role("link", name="To settle", exact=True))
    for surname in ("Adeyemi", "Bright", "Cole"):
        new.button(f"Settle as I for {surname}")
    expect(page.get_by_role("heading", level=1)).to_have_text("No absences to settle")

    codes = dict(CurrentMark.objects.values_list("pupil__surname", "code"))
    assert codes == {"Adeyemi": "I", "Bright": "I", "Cole": "I", "Dunn": "U"}
    assert new.actions == 10 <= MOST_ACTIONS
