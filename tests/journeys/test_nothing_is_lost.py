"""A line that drops, a session that ends, a colleague who saves first: no mark is lost and the page says what is so."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from allpresent.accounts.roles import Role
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page

NAMES = ("Adeyemi", "Bright", "Cole")


@pytest.fixture
def group():
    group = world.a_group(school=world.a_school(name="Long Barrow School"), name="4B")
    for name in NAMES:
        world.a_pupil(in_group=group, surname=name)
    return group


@pytest.fixture
def teacher(group):
    return world.staff(role=Role.TEACHER, school=group.school, groups=[group], name="Jo Marsh")


def open_register(page: Page, group, user) -> None:
    sign_in_page(page, user)
    page.goto(f"/{group.school.slug}/registers/4b/2026-09-15/am/")


def press(page: Page, surname: str, code: str) -> None:
    page.get_by_role("row", name=surname).locator(f'label:has(input[value="{code}"])').click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save register").click()


def state(page: Page):
    return page.locator("#state")


def held() -> dict[str, str]:
    return dict(CurrentMark.objects.values_list("pupil__surname", "code"))


def test_a_dropped_line_keeps_the_marks_and_sends_them_once_when_it_is_back(browser_at, group, teacher):
    page: Page = browser_at(1280)
    open_register(page, group, teacher)
    page.context.set_offline(True)
    for surname, code in zip(NAMES, "/N/", strict=True):
        press(page, surname, code)
    expect(state(page)).to_have_text("Draft on this device, not saved yet")
    save(page)
    expect(state(page)).to_have_text(re.compile("Not saved: no answer from the server.*kept on this device"))
    assert held() == {}
    page.context.set_offline(False)
    expect(state(page)).to_have_text(re.compile("^Saved at .* by Jo Marsh$"), timeout=10_000)
    assert held() == {"Adeyemi": "/", "Bright": "N", "Cole": "/"}
    assert (RegisterEntry.objects.count(), Submission.objects.count()) == (3, 1)


def test_a_page_that_was_closed_before_saving_has_its_draft_when_it_is_opened_again(browser_at, group, teacher):
    page: Page = browser_at(360)
    open_register(page, group, teacher)
    press(page, "Bright", "N")
    expect(page.locator("#count")).to_have_text("1 of 3 marked")
    page.reload()
    expect(page.get_by_role("radio", name="Alex Bright, absent")).to_be_checked()
    expect(state(page)).to_have_text("Draft on this device, not saved yet")
    assert held() == {}


def test_a_session_that_ends_loses_no_mark(browser_at, group, teacher):
    page: Page = browser_at(1280)
    open_register(page, group, teacher)
    press(page, "Adeyemi", "N")
    Session.objects.all().delete()
    save(page)
    expect(state(page)).to_contain_text("you have been signed out. Your marks are kept on this device.")
    check_accessible(page)
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("E-mail address").fill(teacher.email)
    page.get_by_label("Password").fill(world.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("radio", name="Alex Adeyemi, absent")).to_be_checked()
    page.get_by_role("button", name="Mark the 2 blanks present and save").click()
    expect(state(page)).to_have_text(re.compile("^Saved at"))
    assert held() == {"Adeyemi": "N", "Bright": "/", "Cole": "/"}


def test_a_draft_is_its_owners_alone_on_a_shared_device(browser_at, group, teacher):
    page: Page = browser_at(1280)
    open_register(page, group, teacher)
    press(page, "Adeyemi", "N")
    page.get_by_role("button", name="Sign out").click()
    open_register(page, group, world.staff(role=Role.OFFICE, school=group.school))
    expect(page.get_by_role("radio", name="Alex Adeyemi, absent")).not_to_be_checked()


def test_two_people_on_one_register_choose_what_stands(browser_at, group, teacher):
    page: Page = browser_at(1280)
    open_register(page, group, teacher)
    office = page.context.browser.new_context(base_url=page.url.split("/long-barrow-school")[0]).new_page()
    open_register(office, group, world.staff(role=Role.OFFICE, school=group.school, name="Sam Okafor"))
    press(office, "Adeyemi", "N")
    press(office, "Bright", "L")
    save(office)
    expect(state(office)).to_have_text(re.compile("^Saved at .* by Sam Okafor$"))
    for surname in NAMES:
        press(page, surname, "/")
    save(page)
    row = page.get_by_role("row", name="Adeyemi")
    expect(row).to_contain_text("A colleague marked N meanwhile. You chose /.")
    check_accessible(page)
    assert held() == {"Adeyemi": "N", "Bright": "L"}
    save(page)
    expect(state(page)).to_have_text("Not saved yet: choose which mark stands")
    page.get_by_role("button", name="Keep N for Alex Adeyemi").click()
    page.get_by_role("button", name="Use mine: / for Alex Bright").click()
    save(page)
    expect(state(page)).to_have_text(re.compile("^Saved at .* by Jo Marsh$"))
    assert held() == {"Adeyemi": "N", "Bright": "/", "Cole": "/"}
    assert RegisterEntry.objects.filter(pupil__surname="Bright").count() == 2


def test_a_draft_meets_a_colleagues_mark_when_the_page_is_opened_again(browser_at, group, teacher):
    page: Page = browser_at(1280)
    open_register(page, group, teacher)
    press(page, "Adeyemi", "/")
    world.marks(group.memberships.get(pupil__surname="Adeyemi").pupil, {"2026-09-15": "N-"})
    page.reload()
    expect(page.get_by_role("row", name="Adeyemi")).to_contain_text("A colleague marked N meanwhile. You chose /.")
    page.get_by_role("button", name="Use mine: / for Alex Adeyemi").click()
    save(page)
    expect(state(page)).to_have_text(re.compile("^Saved at"))
    assert held() == {"Adeyemi": "/"}
