"""A parent rings: the call is taken by keyboard alone, a brother in one press, an e-mail beside its form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from allpresent.absences.models import Notice
from allpresent.accounts.roles import Role
from tests import world
from tests.absences.saying import a_mail, shown
from tests.journeys.steps import check_accessible, sign_in_page
from tests.journeys.widths import WIDTHS


@pytest.fixture
def tolu(serve):
    group = world.a_group(school=world.a_school(name="Long Barrow School"), name="4B")
    for number in range(12):
        world.a_pupil(in_group=group, surname=f"Ashby{number:02}")
    pupil = world.a_pupil(in_group=group, surname="Adeyemi", forename="Tolu")
    link = world.a_contact(of=pupil, name="Grace Adeyemi", mobile="07700 900321")
    link.contact.email = "grace@example.org"
    link.contact.save()
    noah = world.a_pupil(in_group=group, surname="Adeyemi", forename="Noah")
    link.contact.pupil_links.create(pupil=noah, relation="Mother", is_parent=True, calling_order=1)
    world.a_contact(of=noah, name="Carl Dean", relation="Father", restriction="Must not be told where he is")
    return pupil


@pytest.fixture
def office(tolu):
    return world.staff(role=Role.OFFICE, school=tolu.school, name="Sam Okafor", position="Office manager")


@pytest.mark.clause("M-3.4a", "M-3.5b", "O-B-7.7")
def test_a_call_is_written_down_in_six_actions_by_keyboard(browser_at, tolu, office):
    page = browser_at(WIDTHS["desktop"], now="2026-09-15 08:40")
    sign_in_page(page, office)
    actions = [
        lambda: page.keyboard.press("/"),
        lambda: page.keyboard.type("tol"),
        lambda: page.keyboard.press("Enter"),
        lambda: page.keyboard.press("Enter"),
        lambda: page.keyboard.press("Space"),
        lambda: page.keyboard.press("Enter"),
    ]
    arrives = {2: "**/pupils/?q=tol", 3: "**/absences/new/?pupil=*", 5: "**/absences/?kept=*"}
    for number, act in enumerate(actions):
        act()
        if number in arrives:
            page.wait_for_url(arrives[number])
            check_accessible(page)
    expect(page.get_by_role("status")).to_have_text("Adeyemi, Tolu: the message is kept. No mark was changed.")
    kept = Notice.objects.get()
    assert (kept.pupil, kept.reason, kept.told_by, kept.channel) == (tolu, "illness", "Grace Adeyemi", "telephone")

    page.get_by_role("button", name="Also for Noah").click()
    expect(page.get_by_role("status")).to_have_text("Adeyemi, Noah: the message is kept. No mark was changed.")
    assert Notice.objects.filter(pupil__forename="Noah", reason="illness").count() == 1


def test_every_page_of_messages_mail_and_evidence_can_be_used_by_everybody(browser_at, width, tolu, office):
    mail = a_mail(tolu.school, words="Tolu is poorly, back on Thursday.\n\nGrace", attachments="note.jpg")
    a_mail(tolu.school, sender="stranger@example.org", from_name="A. Stranger", words="W" * 300)
    evidence = shown(tolu, day=world.date(2026, 9, 14))
    page = browser_at(width, now="2026-09-15 08:40")
    sign_in_page(page, office)
    noah = tolu.school.pupils.get(forename="Noah")
    new = f"absences/new/?pupil={tolu.id}"
    addresses = [
        "absences/",
        "absences/new/",
        new,
        f"absences/new/?pupil={noah.id}",
        "mail/",
        f"{new}&mail={mail.id}",
        f"absences/new/?mail={mail.id}",
        f"mail/{mail.id}/aside/",
        f"absences/evidence/{tolu.id}/",
        f"absences/evidence/withdraw/{evidence.id}/",
    ]
    for address in addresses:
        page.goto(f"/{tolu.school.slug}/{address}")
        check_accessible(page)
