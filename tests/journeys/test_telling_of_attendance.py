"""Parents are told how their children attend in one press, and a referral is written down: at both widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.messages.models import Message
from allpresent.people.models import Contact
from allpresent.settling.models import SupportOffered
from allpresent.sharing.models import Share
from tests import world
from tests.journeys.steps import check_accessible, sign_in_page


@pytest.fixture
def school(serve):
    school = world.a_school(name="Thorn Edge", policy="magnum")
    group = world.a_group(school=school, name="4B")
    for name, email, standing in (
        ("Tolu", "grace@example.org", {}),
        ("Wren", "wren@example.org", {}),
        ("Ash", "", {}),
        ("Noor", "noor@example.org", {"restriction": "No contact, by court order of 3 March 2026"}),
    ):
        pupil = world.a_pupil(in_group=group, forename=name, surname="Adeyemi")
        link = world.a_contact(of=pupil, name=f"{name}’s mother", mobile="", lives_with=False, **standing)
        Contact.objects.filter(id=link.contact_id).update(email=email)
        world.marks(pupil, {"2026-09-10": "/\\", "2026-09-11": "IO", "2026-09-14": "/\\"})
    return school


@pytest.mark.clause("M-4.6a", "M-4.5f")
def test_the_office_tells_parents_and_writes_a_referral_down(browser_at, school, width):
    page = browser_at(width, now="2026-09-15 15:30")
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office"))
    page.goto(f"/{school.slug}/shared/")
    page.get_by_role("link", name="how their child attends").click()
    check_accessible(page)
    page.get_by_label("Adeyemi, Wren: write to the parents").select_option("Bereavement")
    page.get_by_role("button", name="Send 2 messages").click()
    expect(page.get_by_role("status")).to_contain_text("1 message on the way. 1 pupil left out, with the reason.")
    page.get_by_role("button", name="Told by telephone").click()
    expect(page.get_by_role("heading", name="To be told another way")).to_have_count(0)
    check_accessible(page)
    assert [message.to_name for message in Message.objects.all()] == ["Tolu’s mother"]
    assert Share.objects.filter(what="levels").count() == 3

    tolu = school.pupils.get(forename="Tolu")
    page.goto(f"/{school.slug}/settle/{tolu.id}/")
    page.get_by_role("link", name="Write down support or a referral").click()
    check_accessible(page)
    page.get_by_label("Referral to a partner").check()
    page.get_by_label("In a few words").fill("Anxious in the mornings.")
    page.get_by_label("Referred to").select_option("health-services")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("status")).to_contain_text("Written down.")
    check_accessible(page)
    assert SupportOffered.objects.get().by_name == "Sam Okafor"
