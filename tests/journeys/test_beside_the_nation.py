"""A head sets the school beside the nation, types the figure that DfE gives, and reads why it is another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from allpresent.accounts.roles import Role
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page

NOW = "2026-09-25 15:40"


@pytest.fixture
def school(fresh_database, at):
    at(NOW)
    school = world.a_school(name="Long Barrow School")
    days = [date(2026, 9, 7) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8)]
    pupils = [world.a_pupil(school=school, born=date(2016, 3, 14 + n)) for n in range(4)]
    four = world.a_pupil(school=school, surname="Bright", forename="Sam", born=date(2021, 10, 1), year_group="R")
    gone = world.a_pupil(school=school, surname="Cole", forename="Ada", leaving=date(2026, 9, 11))
    for pupil in (*pupils, four):
        world.marks(pupil, {"2026-09-02": "/I", **{str(day): "/\\" for day in days}})
    world.marks(four, {"2026-09-15": "II"})
    world.marks(gone, {"2026-09-07": "/\\", "2026-09-08": "D D"})
    return school


@pytest.mark.clause("M-3.1a")
def test_why_dfes_figure_is_another(browser_at, width, school):
    page = browser_at(width, now=NOW)
    sign_in_page(page, world.staff(role=Role.HEAD, school=school, name="Ruth Hale", position="Head teacher"))
    page.goto(f"/{school.slug}/figures/national/")
    page.get_by_label("DfE’s figure", exact=True).fill("100.0")
    page.get_by_role("button", name="Explain the difference").click()
    page.get_by_text("explain DfE’s figure to the last digit").wait_for()
    page.get_by_text("Who: Four years old").click()
    page.get_by_role("link", name="Bright, Sam").wait_for()
    check_accessible(page)
    page.get_by_label("DfE’s figure", exact=True).fill("lots")
    page.get_by_role("button", name="Explain the difference").click()
    page.get_by_role("link", name="give a number, such as 93.4").wait_for()
    check_accessible(page)
