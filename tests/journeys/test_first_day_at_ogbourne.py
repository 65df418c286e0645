"""The first-day response of a primary school by its clock: from the first ring of the telephone to the settled code."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.people.models import Characteristic, Professional
from allpresent.settling.models import Decision
from tests import world
from tests.journeys.morning import (
    Morning,
    decided_by_the_head_alone,
    headed,
    in_order,
    left_out_by_the_head,
    log,
    out_and_back,
    reason_given,
    settle,
    sign_in_by_code,
    take_call,
    take_register,
    tell_from_a_phone,
    what_became_of,
)
from tests.journeys.school_day import SchoolDay, arrive, headline
from tests.journeys.steps import check_accessible
from tests.parents.signing_in import GRACE, a_parent

TUESDAY, WEDNESDAY = "2026-09-15", "2026-09-16"
NAMES = {
    "Adeyemi": "Tolu", "Bright": "Sam", "Cole": "Kit", "Dunn": "Ella", "Evans": "Rhys", "Ferris": "Noah", "Gray": "Mia",
    "Hill": "Ned",
}  # fmt: skip
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def morning(channels, post_office, serve, browser):
    school = world.a_school(name="Ogbourne")
    group = world.a_group(school=school, name="4B")
    pupils = {name: world.a_pupil(in_group=group, surname=name, forename=first) for name, first in NAMES.items()}
    for name in ("Adeyemi", "Cole", "Evans", "Gray", "Hill"):
        world.a_contact(of=pupils[name], name=f"Parent {name}", may_collect=True)
    grace = a_parent(of=pupils["Dunn"], email=GRACE, name="Grace Dunn", mobile="07700 900400")
    grace.contact.pupil_links.create(pupil=pupils["Ferris"], relation="Mother", is_parent=True, calling_order=1)
    in_care(pupils["Bright"])
    day = SchoolDay(serve, browser, TUESDAY, "08:40")
    return Morning(
        school, pupils, day, post_office,
        teacher=day.page_of(world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh"), width=360),
        office=day.page_of(world.staff(role=Role.OFFICE, school=school, name="Sam Okafor")),
        second=day.page_of(world.staff(role=Role.OFFICE, school=school, name="Ann Reed")),
        head=day.page_of(world.staff(role=Role.HEAD, school=school, name="Ruth Hale", position="Principal")),
        parent=day.visitor(width=360),
    )  # fmt: skip


def in_care(pupil) -> None:
    """A looked-after child: a carer, an aunt for emergencies, a social worker; a father who must not be told."""
    world.a_contact(of=pupil, name="Paul Bright", relation="Father", restriction="no contact, court order")
    world.a_contact(of=pupil, name="Eve Carr", relation="Foster carer", mobile="07700 900301", calling_order=2)
    world.a_contact(
        of=pupil, name="Rose Bright", relation="Aunt", mobile="07700 900302", calling_order=3, is_parent=False
    )
    Characteristic.objects.create(pupil=pupil, kind="looked_after", begins=SEPTEMBER)
    Professional.objects.create(
        pupil=pupil, kind="social_worker", name="Ines Faro", phone="01632 960100", begins=SEPTEMBER
    )


@pytest.mark.clause("O-A-3", "O-B-7.7", "O-B-14.1", "O-B-14.2", "O-B-14.3", "O-B-14.5", "O-B-19")
def test_the_first_day_at_ogbourne(morning):
    before_the_register(morning)
    the_register_closes(morning)
    whom_to_call(morning)
    the_principal_decides(morning)
    what_comes_in(morning)
    out_and_back(morning, "Gray", out="11:00", back="13:10")
    the_card_is_seen(morning)
    the_evening(morning)
    the_next_day(morning)
    the_sixth_day(morning)


def before_the_register(morning: Morning) -> None:
    """8:40: two parents ring. 8:50: the teacher finds their words on her register."""
    take_call(morning, "Adeyemi", reason="Illness", says="stomach ache")
    take_call(morning, "Cole", about="An appointment", reason="Appointment", says="dentist", at="9:30")
    morning.day.at("08:50")
    take_register(morning, set(NAMES) - {"Gray"}, says={"Adeyemi": "stomach ache", "Cole": "dentist"})
    headed(morning.open(morning.office, "calls/"), "Nobody to call about yet")


def the_register_closes(morning: Morning) -> None:
    """9:25: whom to call, the child in care first; those who rang are not called."""
    morning.day.at("09:25")
    morning.day.tick()
    assert morning.held(TUESDAY, "AM") == "N N N N N N / N"
    assert headline(morning.office) == "5 students unaccounted for"
    board = morning.open(morning.office, "calls/")
    assert in_order(board) == ["Bright", "Dunn", "Evans", "Ferris", "Hill"]
    expect(morning.row(board, "Bright")).to_contain_text("Most at risk")
    expect(morning.row(board, "Bright")).to_contain_text("do not contact: no contact, court order")
    expect(morning.row(board, "Adeyemi")).to_contain_text("Mother rang 8:40: illness, stomach ache")


def whom_to_call(morning: Morning) -> None:
    """Two at once: each sees what the other did, and nothing is called twice."""
    first, second = morning.office, morning.open(morning.second, "calls/")
    log(morning, first, "Bright", "No answer", then="Tell the social worker")
    reason_given(morning, second, "Hill", "illness", says="A fever since the night")
    expect(morning.row(second, "Bright")).to_contain_text("Eve Carr, 07700 900301: no answer (Sam Okafor)")
    log(morning, second, "Bright", "Told", then="Tell the Virtual School")
    log(morning, second, "Bright", "Told", then="Emergency contact")
    first.get_by_role("link", name="Look again").click()
    expect(morning.row(first, "Hill")).to_contain_text("07700 900123: gave a reason: A fever")
    log(morning, first, "Bright", "Wrong number", then="Other professionals")
    log(morning, first, "Bright", "Reached, no reason", says="Has not seen him", then="Police or a welfare check")
    log(morning, second, "Dunn", "Left a message")
    log(morning, second, "Ferris", "Reached, no reason", says="Will ring back", then="Police or a welfare check")


def the_principal_decides(morning: Morning) -> None:
    """Whether the police are asked is for the Principal."""
    decided_by_the_head_alone(morning, "Bright", says="Police asked to visit: the carer cannot be reached")
    left_out_by_the_head(morning, "Ferris", why="His mother has him with her")


def what_comes_in(morning: Morning) -> None:
    """A carer rings back; a mother tells from her phone about one child of two; a child comes in late."""
    take_call(morning, "Bright", reason="Illness", says="in hospital since the night")
    sign_in_by_code(morning)
    tell_from_a_phone(morning, "Ella", also="Noah")
    assert arrive(morning.office, "Evans").startswith("U, ")
    settle(morning, "Dunn", "I", says="illness")
    assert morning.held(TUESDAY, "AM") == "N N N I U N / N"
    headed(morning.open(morning.office, "calls/"), "Nobody to call about now")


def the_card_is_seen(morning: Morning) -> None:
    """13:10: the dentist's card, seen."""
    page = morning.open(morning.office, "settle/")
    page.get_by_role("link", name="Cole, Kit", exact=True).click()
    card = page.locator("section.one")
    expect(card).to_contain_text("the document was seen")
    card.get_by_role("button", name="Settle as M").click()
    expect(page.get_by_role("alert")).to_contain_text("seen")
    check_accessible(page)
    page.get_by_label("What was seen").first.select_option("card")
    page.get_by_role("button", name="Settle as M").click()
    expect(page.get_by_role("status")).to_contain_text("settled as M")


def the_evening(morning: Morning) -> None:
    """17:00: every absence but one is settled."""
    take_register(morning, ["Adeyemi", "Bright", "Dunn", "Ferris", "Hill"], says={"Adeyemi": "stomach ache"})
    morning.day.at("17:00")
    for surname in ("Adeyemi", "Bright", "Dunn", "Hill"):
        settle(morning, surname, "I", says="illness")
    assert morning.held(TUESDAY, "AM") == "I I M I U N / I"
    assert morning.held(TUESDAY, "PM") == "I I \\ I \\ N \\ I"
    assert headline(morning.office) == "1 student unaccounted for"


def the_next_day(morning: Morning) -> None:
    """Wednesday: the calls begin again for the one whom nobody explains."""
    morning.day.at("08:50", of=WEDNESDAY)
    take_register(morning, ["Ferris"], says={})
    morning.day.at("09:25", of=WEDNESDAY)
    board = morning.open(morning.office, "calls/")
    assert in_order(board) == ["Ferris"]
    expect(morning.row(board, "Ferris")).to_contain_text("school day 2 of this absence")
    log(morning, board, "Ferris", "No answer")


def the_sixth_day(morning: Morning) -> None:
    """A weekend does not count; the fifth school day is the last; on the sixth N becomes O by itself."""
    back = ("2026-09-17", "2026-09-18", "2026-09-21", "2026-09-22")
    world.marks(morning.pupils["Ferris"], {WEDNESDAY: "N\\", **dict.fromkeys(back, "/\\")})
    morning.day.at("10:00", of="2026-09-19")
    assert headline(morning.office) == "No school today"
    morning.day.at("08:30", of="2026-09-22")
    morning.day.tick()
    expect(
        morning.open(morning.office, "settle/").get_by_role("listitem").filter(has_text="Ferris, Noah").first
    ).to_contain_text("Settle by Tuesday 22 September 2026: the last school day")
    morning.day.at("08:30", of="2026-09-23")
    morning.day.tick()
    assert morning.held(TUESDAY, "AM").split()[5] == "O"
    decided = Decision.objects.filter(code="O")
    assert {(one.by_name, one.at.date().isoformat()) for one in decided} == {("Allpresent", "2026-09-23")}
    assert all("O-B-14.1" in one.clauses for one in decided)
    read = what_became_of(morning, "Noah", "Tue 15 Sep")
    assert "no reason was given, or none that is accepted (not authorised)" in read
