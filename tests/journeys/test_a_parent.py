"""A parent tells the school from a phone in under a minute: the code by real e-mail, then five presses."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from allpresent.absences.models import Notice
from tests import world
from tests.databases import Place
from tests.journeys.steps import check_accessible
from tests.journeys.widths import WIDTHS
from tests.messages.post_office import PostOffice
from tests.parents.signing_in import GRACE, HOME, a_parent
from tests.server import REPOSITORY

NOW, SENT = "2026-09-15 09:25", "2026-09-15 09:30"
MOST_ACTIONS = 5


@pytest.fixture
def tolu(fresh_database):
    pupil = world.a_pupil(
        in_group=world.a_group(school=world.a_school(name="Long Barrow School")), surname="Adeyemi", forename="Tolu"
    )
    a_parent(of=pupil, email=GRACE, name="Grace Adeyemi")
    world.marks(pupil, {"2026-09-10": "II", "2026-09-11": "L\\", "2026-09-14": "/\\", "2026-09-15": "N-"})
    return pupil


def code_by_mail(place: Place, office: PostOffice) -> str:
    """The worker's round, and the code that came by it."""
    subprocess.run(
        [sys.executable, "-m", "allpresent.cli", "tick"], cwd=REPOSITORY, check=True,
        env=os.environ | place.environment | {"ALLPRESENT_NOW": SENT},
    )  # fmt: skip
    [mail] = [mail for mail in office.taken if mail["To"] == GRACE or GRACE in str(mail["To"])]
    return re.search(r"\b([A-Z0-9]{6})\b", mail.get_payload(decode=True).decode())[1]


def sign_in(page: Page, place: Place, office: PostOffice) -> None:
    page.goto(HOME)
    page.get_by_label("Your e-mail address").fill(GRACE)
    check_accessible(page)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url(lambda address: "/family/code/" in address)
    check_accessible(page)
    page.get_by_label("Code").fill(code_by_mail(place, office).lower())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{HOME}")


def test_an_absence_is_told_in_five_presses_with_no_script(channels, tolu, browser_at, fresh_database, post_office):
    page = browser_at(WIDTHS["phone"], now=NOW, scripts=False)
    page.goto(HOME)
    page.get_by_label("Your e-mail address").fill(GRACE)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code_by_mail(fresh_database, post_office))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Tolu was marked absent this morning")).to_be_visible()
    presses = (
        page.get_by_role("button", name="Tell the school why"),
        page.get_by_label("Ill", exact=True),
        page.get_by_role("button", name="Tell the school"),
    )
    assert len(presses) <= MOST_ACTIONS
    for press in presses:
        press.click()
    expect(page.get_by_role("status")).to_contain_text("The school has your message about Tolu")
    kept = Notice.objects.get()
    assert (kept.pupil, kept.reason, kept.channel, kept.told_by) == (tolu, "illness", "pages", "Grace Adeyemi")


def test_every_page_is_fit_for_a_phone_and_a_desk(channels, tolu, browser_at, fresh_database, post_office, width: int):
    page = browser_at(width, now=NOW)
    sign_in(page, fresh_database, post_office)
    check_accessible(page)
    for address in (
        "/family/tell/",
        *(f"/family/{tolu.id}/{part}" for part in ("", "leave/", "evidence/", "details/")),
    ):
        page.goto(address)
        for folded in page.locator("details:not([open]) > summary").all():
            folded.click()
        check_accessible(page)
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{address.strip('/').replace('/', '-')}-{width}.png", full_page=True)
    page.goto("/family/tell/")
    page.get_by_role("button", name="Tell the school").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why")
    check_accessible(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/family/sign-in/" in address)
