"""A child is collected, the bell rings, and a child is missed: at the office's desk and on a phone in the yard."""

from __future__ import annotations

from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.school_day import SchoolDay
from tests.journeys.steps import check_accessible


def test_from_the_desk_to_the_assembly_point(serve, browser, fresh_database, width):
    school = world.a_school(policy="magnum")
    group = world.a_group(school=school, name="4B")
    tolu, sam = (world.a_pupil(in_group=group, surname=name, forename="Alex") for name in ("Adeyemi", "Bright"))
    for pupil in (tolu, sam):
        world.marks(pupil, {"2026-09-15": "/-"})
        world.a_contact(of=pupil, name=f"Grace {pupil.surname}", may_collect=True)
    office = world.staff(role=Role.OFFICE, school=school, name="Sam Okafor")
    day = SchoolDay(serve, browser, "2026-09-15", "11:40")
    page = day.page_of(office, width=width)

    page.goto(f"/{school.slug}/leaving/")
    page.get_by_label("Who is leaving?").fill("adey")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign out Adeyemi, Alex")
    check_accessible(page)
    page.get_by_label("Grace Adeyemi").check()
    expect(page.get_by_label("Who confirmed")).to_be_hidden()
    page.get_by_label("An appointment").check()
    page.get_by_label("Back about").fill("14:00")
    page.get_by_role("button", name="Sign out Alex").click()
    expect(page.get_by_role("status")).to_contain_text("signed out at 11:40")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 pupil on site")
    check_accessible(page)

    page.get_by_role("button", name="Fire list").click()
    check_accessible(page)
    expect(page.get_by_text("Out: Adeyemi, Alex")).to_be_visible()
    page.get_by_label("Bright, Alex").check()
    expect(page.get_by_text("1 of 1 found")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Bright, Alex")).to_be_checked()

    page.goto(f"/{school.slug}/site/left/new/?pupil={sam.id}")
    check_accessible(page)
    page.get_by_label("Last seen here at").fill("11:30")
    page.get_by_role("button", name="Record, and see whom to tell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bright, Alex: not found yet")
    check_accessible(page)
    page.get_by_label("What came of it").first.select_option("no answer")
    page.get_by_role("button", name="Record the call").first.click()
    expect(page.get_by_text("Decided by name: ask")).to_be_visible()
    page.get_by_label("Back here").check()
    page.get_by_label("How, and with whom they are").fill("At the gate, with the caretaker")
    page.get_by_role("button", name="End the search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bright, Alex: came back")
    check_accessible(page)
