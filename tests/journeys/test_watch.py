"""The office at half past ten: a child was not asked after, somebody was told, and then it is done."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.shared import clock
from tests import world
from tests.calls.morning import kept, missing, send
from tests.databases import Place
from tests.elsewhere import placing
from tests.journeys.steps import check_accessible, sign_in_page
from tests.leave import asking
from tests.server import REPOSITORY

NOW, LATER = "2026-09-15 10:30", "2026-09-15 10:33"


@pytest.fixture
def school(fresh_database, at):
    at(NOW)
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def pupil(school):
    group = world.a_group(school=school, name="4B")
    send(group)
    pupil = missing(group, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900123")
    second = world.a_pupil(in_group=group, surname="Bright", forename="Sam")
    world.a_contact(of=second, name="Paul Bright", restriction="Do not release to Paul Bright.")
    asking.a_request(second, asking.span("2026-09-21"))
    placing.placed(second, placing.a_provider(school=school, name="Riverside Workshop"))
    world.a_class(school=school, name="5C")
    world.staff(role=Role.ATTENDANCE_OFFICER, school=school, name="Ruth Hale", position="Attendance officer")
    return pupil


def tick(place: Place, now: str) -> None:
    """One round of the clock, as cron would have it."""
    subprocess.run(
        [sys.executable, "-m", "allpresent.cli", "tick"], cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL,
        env=os.environ | place.environment | {"ALLPRESENT_NOW": now},
    )  # fmt: skip


@pytest.mark.clause("M-4.7b", "O-B-14.1", "O-B-5.4")
def test_what_did_not_happen_is_read_opened_and_over(browser_at, width, school, pupil, fresh_database, at):
    tick(fresh_database, NOW)
    page = browser_at(width, now=NOW)
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office manager"))
    page.goto(f"/{school.slug}/watch/")
    check_accessible(page)
    expect(page.get_by_text("Told at 10:30: Ruth Hale, Attendance officer")).to_have_count(2)
    expect(page.get_by_text("Riverside Workshop has not said where")).to_be_visible()
    page.get_by_role("link", name="Adeyemi, Tolu, 4B").click()
    expect(page.get_by_role("link", name="07700 900123").first).to_be_visible()
    at(LATER)
    kept(pupil, tried_at=clock.now())
    tick(fresh_database, LATER)
    page.goto(f"/{school.slug}/watch/")
    check_accessible(page)
    expect(page.get_by_role("heading", name="Nobody has tried to find out where they are")).to_have_count(0)
    expect(page.get_by_role("heading", name="Noticed, and over today")).to_be_visible()
