"""The office at 9:24: whom to call, what came of it, and what a colleague did meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from allpresent.accounts.roles import Role
from allpresent.calls.models import Try
from allpresent.people.models import Characteristic, Placement, Professional
from tests import world
from tests.calls.morning import kept, missing, send
from tests.journeys.steps import check_accessible, sign_in_page

NOW = "2026-09-15 10:24"
SOON = 25_000
"""Milliseconds in which the list looks again by itself."""


@pytest.fixture
def school(fresh_database, at):
    at(NOW)
    return world.a_school(name="Long Barrow Provision", kind="ap", policy="magnum")


@pytest.fixture
def pupil(school):
    group = world.a_group(school=school, name="Oak", year_group="9")
    pupil = missing(group, surname="Adeyemi", forename="Tolu", year_group="9")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    world.a_contact(of=pupil, name="Rose Ola", mobile="07700 900200", calling_order=2, is_parent=False, relation="Aunt")
    second = missing(group, surname="Bright", forename="Sam", year_group="9")
    world.a_contact(of=second, name="Paul Bright", mobile="07700 900300", restriction="no contact, court order")
    world.a_contact(of=second, name="Eve Bright", mobile="07700 900301", calling_order=2)
    Characteristic.objects.create(pupil=second, kind="child_protection", begins=date(2026, 9, 1))
    Professional.objects.create(
        pupil=second, kind="social_worker", name="Ines Faro", phone="01632 960100", begins=date(2026, 9, 1)
    )
    Placement.objects.create(
        pupil=second, kind="school", commissioner="Hill School", contact_name="Jo", phone="01632 960101",
        begins=date(2026, 9, 1),
    )  # fmt: skip
    send(group)
    return pupil


@pytest.fixture
def office(school):
    return world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office manager")


def worklist(page: Page, school, office) -> None:
    sign_in_page(page, office)
    page.goto(f"/{school.slug}/calls/")


def test_the_first_call_is_logged_in_two_presses_and_the_next_person_comes(browser_at, width, school, pupil, office):
    page = browser_at(width, now=NOW)
    worklist(page, school, office)
    check_accessible(page)
    row = page.locator(f"#row-{pupil.id}")
    expect(row.get_by_role("link", name="Grace Adeyemi (mother), 07700 900123")).to_have_attribute(
        "href", "tel:07700900123"
    )
    row.get_by_text("Log a call").click()
    check_accessible(page)
    row.get_by_role("button", name="No answer").click()
    expect(row.get_by_text("Stage 2: emergency contact")).to_be_visible()
    row.get_by_role("link", name="Adeyemi, Tolu", exact=True).click()
    check_accessible(page)
    assert Try.objects.get().result == "no answer"


def test_without_scripts_a_reason_is_kept_and_ends_the_calls(browser_at, school, pupil, office):
    page = browser_at(360, now=NOW, scripts=False)
    worklist(page, school, office)
    row = page.locator(f"#row-{pupil.id}")
    row.get_by_text("Log a call").click()
    row.get_by_label("In a few words").fill("a fever since the night")
    row.get_by_label("Reason given").select_option("illness")
    row.get_by_role("button", name="Keep the reason").click()
    expect(page.get_by_role("heading", name="Answered or here")).to_be_visible()
    expect(page.locator(f"#row-{pupil.id}")).to_contain_text("a fever since the night")


def test_what_a_colleague_does_appears_and_what_is_being_typed_stays(browser_at, school, pupil, office):
    page = browser_at(1280, now=NOW)
    worklist(page, school, office)
    row = page.locator(f"#row-{pupil.id}")
    row.get_by_text("Log a call").click()
    words = row.get_by_label("In a few words")
    words.press_sequentially("rang twice, the line")
    kept(pupil, number="07700 900123")
    expect(row).to_contain_text("Grace Adeyemi, 07700 900123: no answer", timeout=SOON)
    expect(words).to_have_value("rang twice, the line")
    expect(words).to_be_focused()
