"""A head, a governor and a trust leader read the figures: from the sentence at the top to one child's sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page

NOW = "2026-10-16 15:45"


@pytest.fixture
def school(serve, at):
    """Six weeks of two classes of six: Tolu Adeyemi misses every Monday, everybody else hardly a day."""
    at(NOW)
    school = world.a_school(name="Long Barrow School", trust=world.a_trust(name="Vale Trust"))
    weekdays = [date(2026, 9, 7) + timedelta(weeks=week, days=day) for week in range(6) for day in range(5)]
    for name, year_group in (("4B", "4"), ("5C", "5")):
        group = world.a_group(school=school, name=name, year_group=year_group)
        for number, surname in enumerate(("Adeyemi", "Bright", "Castle", "Dale", "Eddy", "Fairley")):
            pupil = world.a_pupil(in_group=group, surname=surname, forename="Tolu" if name == "4B" else "Sam")
            absent = [day.weekday() == 0 if not number and name == "4B" else day.day == number + 8 for day in weekdays]
            world.marks(pupil, {str(day): "II" if away else "/\\" for day, away in zip(weekdays, absent, strict=True)})
    return school


@pytest.mark.clause("O-B-22.3-22.4", "M-3.1a", "O-A-5.2")
def test_a_head_goes_from_the_sentence_to_one_child(browser_at, width, school):
    page = browser_at(width, now=NOW)
    sign_in_page(page, world.staff(role=Role.HEAD, school=school, name="Ruth Hale", position="Principal"))
    page.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("attendance so far this year")
    expect(page.get_by_role("img", name="Attendance of each week")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="4B", exact=True).click()
    check_accessible(page)
    row = page.get_by_role("row").filter(has_text="Adeyemi, Tolu")
    expect(row).to_contain_text("12 of 60")
    expect(row).to_contain_text("persistently absent")
    row.get_by_role("link", name="Adeyemi, Tolu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adeyemi")


@pytest.mark.clause("M-3.1f")
def test_a_governor_reads_figures_and_no_names(browser_at, school):
    page = browser_at(1280, now=NOW)
    sign_in_page(page, world.staff(role=Role.GOVERNOR, school=school, name="Ada Moss", position="Governor"))
    page.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("attendance so far this year")
    page.get_by_role("link", name="4B", exact=True).click()
    expect(
        page.get_by_text("Single students are not shown to you here").or_(
            page.get_by_text("Single pupils are not shown to you here")
        )
    ).to_be_visible()
    expect(page.get_by_text("Adeyemi")).to_have_count(0)
    for name in ("Lists", "Patterns", "Registers’ quality", "Beside DfE", "What if", "Chances", "Packs"):
        page.get_by_role("navigation", name="Pages of this room").get_by_role("link", name=name).click()
        expect(page.get_by_text("Adeyemi")).to_have_count(0)
        check_accessible(page)
