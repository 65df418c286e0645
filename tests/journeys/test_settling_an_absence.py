"""The end of an absence: the office settles what was explained in one press, and tells a parent before it refuses."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from allpresent.accounts.roles import Role
from allpresent.people.models import Contact
from tests import world
from tests.absences.saying import says
from tests.journeys.steps import check_accessible, sign_in_page

TUESDAY = date(2026, 9, 15)
NAMES = (("Adeyemi", "Tolu"), ("Barrow", "Kit"), ("Nowak", "Ola"), ("Quill", "Sam"))


def a_school_with_absences():
    """Ill and told; ill and doubted; an appointment with nothing seen; nobody has said why, out of time."""
    school = world.a_school(name="Long Barrow Provision", policy="magnum")
    group = world.a_group(school=school, name="4B")
    told, doubted, silent, restricted = (
        world.a_pupil(in_group=group, surname=surname, forename=forename) for surname, forename in NAMES
    )
    for pupil in (told, doubted, silent):
        link = world.a_contact(of=pupil, name=f"Grace {pupil.surname}")
        Contact.objects.filter(id=link.contact_id).update(email="grace@example.org")
    world.a_contact(of=restricted, name="Lee Quill", restriction="No contact: court order of 3 June 2026")
    world.marks(told, {"2026-09-15": "NN"})
    world.marks(doubted, {"2026-09-14": "NN"})
    world.marks(silent, {"2026-09-07": "N-"})
    world.marks(restricted, {"2026-09-15": "NN"})
    says(told, "stomach ache", day=TUESDAY, reason="illness")
    says(doubted, "tired", day=date(2026, 9, 14), reason="illness", back=TUESDAY)
    return school


def by_keyboard(page: Page, name: str) -> None:
    """Press a button or link without a mouse."""
    target = page.get_by_role("button", name=name)
    target.focus()
    page.keyboard.press("Enter")


def test_from_the_list_to_the_settled_code(browser_at, width):
    school = a_school_with_absences()
    page = browser_at(width, now="2026-09-15 15:30")
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor", position="Office"))
    page.goto(f"/{school.slug}/settle/")
    expect(page.get_by_role("heading", level=1)).to_have_text("4 absences to settle")
    expect(page.get_by_role("listitem").filter(has_text="Nowak, Ola")).to_contain_text("Approve today")
    check_accessible(page)

    by_keyboard(page, "Settle as I for Adeyemi, Tolu")
    expect(page.get_by_role("status")).to_contain_text("settled as I")
    by_keyboard(page, "Settle as O for Nowak, Ola")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 absences to settle")

    page.get_by_role("link", name="Barrow, Kit", exact=True).click()
    page.get_by_text("Another code").click()
    check_accessible(page)
    page.get_by_label("Code", exact=True).select_option("O")
    page.get_by_label("Why, in the provision’s words").fill("Seen at the fair.")
    page.get_by_role("button", name="Settle", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tell the parent first")
    check_accessible(page)

    page.get_by_role("button", name="Tell the parent").click()
    page.get_by_label("Why it will not be authorised").fill("Kit was seen at the fair.")
    check_accessible(page)
    page.get_by_role("button", name="Tell them").click()
    expect(page.get_by_text("The parent was told it will not be authorised")).to_be_visible()
    page.get_by_text("Another code").click()
    page.get_by_label("Code", exact=True).select_option("O")
    page.get_by_label("Why, in the provision’s words").fill("Seen at the fair.")
    page.get_by_role("button", name="Settle", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 absence to settle")
    expect(page.get_by_text("No contact: court order of 3 June 2026")).to_be_visible()


def test_it_works_without_scripts(browser_at):
    school = a_school_with_absences()
    page = browser_at(1280, now="2026-09-15 15:30", scripts=False)
    sign_in_page(page, world.staff(role=Role.OFFICE, school=school))
    page.goto(f"/{school.slug}/settle/")

    page.get_by_role("button", name="Settle as I for Adeyemi, Tolu").click()

    expect(page.get_by_role("status")).to_contain_text("settled as I")
