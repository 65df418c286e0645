"""A class teacher signs in, is told when she mistypes, and arrives at her school's day."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page


def a_teacher():
    school = world.a_school(name="Long Barrow School")
    group, _ = world.a_class(school=school)
    return world.staff(role=Role.TEACHER, school=school, groups=[group])


def test_a_teacher_signs_in(browser_at, width):
    teacher = a_teacher()
    page: Page = browser_at(width)
    page.goto("/")
    check_accessible(page)
    sign_in_page(page, teacher)
    expect(page.get_by_role("link", name="Long Barrow School")).to_be_visible()
    check_accessible(page)


def test_a_wrong_password_is_said_and_the_page_stays_usable(browser_at, width):
    teacher = a_teacher()
    page: Page = browser_at(width)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(teacher.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title("Error: Sign in · Allpresent")
    check_accessible(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value(teacher.email)
