"""The first-day response of an alternative provision: stages from ten o'clock, and a code that a person approves."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from allpresent.accounts.roles import Role
from allpresent.people.models import Characteristic, Placement, Professional
from allpresent.schools.models import School
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
from tests.parents.signing_in import GRACE, a_parent

TUESDAY, WEDNESDAY = "2026-09-15", "2026-09-16"
NAMES = {
    "Adeyemi": "Tolu", "Bright": "Sam", "Cole": "Kit", "Dunn": "Ella", "Evans": "Rhys", "Ferris": "Noah", "Gray": "Mia",
    "Hill": "Ned",
}  # fmt: skip
BORN, SEPTEMBER = date(2011, 11, 2), date(2026, 9, 1)


@pytest.fixture
def morning(channels, post_office, serve, browser):
    school = world.a_school(name="Magnum", kind=School.Kind.ALTERNATIVE_PROVISION, policy="magnum")
    group = world.a_group(school=school, name="Oak", year_group="10")
    facts = {"in_group": group, "born": BORN, "year_group": "10"}
    pupils = {name: world.a_pupil(surname=name, forename=first, **facts) for name, first in NAMES.items()}
    for name in ("Adeyemi", "Cole", "Evans", "Gray", "Hill"):
        world.a_contact(of=pupils[name], name=f"Parent {name}", may_collect=True)
    grace = a_parent(of=pupils["Dunn"], email=GRACE, name="Grace Dunn", mobile="07700 900400")
    grace.contact.pupil_links.create(pupil=pupils["Ferris"], relation="Mother", is_parent=True, calling_order=1)
    placed(pupils["Bright"])
    day = SchoolDay(serve, browser, TUESDAY, "09:05")
    return Morning(
        school, pupils, day, post_office,
        teacher=day.page_of(world.staff(role=Role.TEACHER, school=school, groups=[group], name="Jo Marsh"), width=360),
        office=day.page_of(world.staff(role=Role.OFFICE, school=school, name="Sam Okafor")),
        second=day.page_of(world.staff(role=Role.OFFICE, school=school, name="Ann Reed")),
        head=day.page_of(world.staff(role=Role.HEAD, school=school, name="Ruth Hale", position="Education Director")),
        parent=day.visitor(width=360),
    )  # fmt: skip


def placed(pupil) -> None:
    """A pupil whom a school placed: a mother, an aunt, a social worker and a youth justice worker."""
    world.a_contact(of=pupil, name="Eve Bright", mobile="07700 900301")
    world.a_contact(of=pupil, name="Rose Ola", relation="Aunt", mobile="07700 900302", calling_order=2, is_parent=False)
    Characteristic.objects.create(pupil=pupil, kind="youth_justice", begins=SEPTEMBER)
    for kind, name in (("social_worker", "Ines Faro"), ("youth_justice", "Lou Penn")):
        Professional.objects.create(pupil=pupil, kind=kind, name=name, phone="01632 960100", begins=SEPTEMBER)
    Placement.objects.create(
        pupil=pupil, kind="school", commissioner="Hill School", phone="01632 960101", begins=SEPTEMBER
    )


@pytest.mark.clause(
    "M-3.3d", "M-4.2a", "M-4.2b", "M-4.3a", "M-4.5a", "M-4.5b", "M-4.5c", "M-4.5d", "M-4.5e", "M-4.7b", "M-4.7c",
    "M-4.7e",
)  # fmt: skip
def test_the_first_day_at_magnum(morning):
    before_the_register(morning)
    the_register_closes(morning)
    whom_to_call(morning)
    the_director_decides(morning)
    what_comes_in(morning)
    out_and_back(morning, "Gray", out="11:00", back="13:05")
    the_evening(morning)
    the_next_day(morning)
    the_sixth_day(morning)


def before_the_register(morning: Morning) -> None:
    """9:05: two parents ring. 9:35: the tutor finds their words on the register; nobody is called before ten."""
    take_call(morning, "Adeyemi", reason="Illness", says="stomach ache")
    take_call(morning, "Cole", about="An appointment", reason="Appointment", says="dentist", at="9:30")
    morning.day.at("09:35")
    take_register(morning, set(NAMES) - {"Gray"}, says={"Adeyemi": "stomach ache", "Cole": "dentist"})
    headed(morning.open(morning.office, "calls/"), "Nobody to call about yet")


def the_register_closes(morning: Morning) -> None:
    """10:05: stage 1 for each of whom nobody has heard, most at risk first."""
    morning.day.at("10:05")
    morning.day.tick()
    assert morning.held(TUESDAY, "AM") == "N N N N N N / N"
    assert headline(morning.office) == "5 pupils unaccounted for"
    board = morning.open(morning.office, "calls/")
    assert in_order(board) == ["Bright", "Dunn", "Evans", "Ferris", "Hill"]
    expect(morning.row(board, "Bright")).to_contain_text("Stage 1: parent")
    expect(morning.row(board, "Bright")).to_contain_text("Most at risk")


def whom_to_call(morning: Morning) -> None:
    """Stage by stage, two at once: parent, those who have to be told, emergency contact, commissioner."""
    first, second = morning.office, morning.open(morning.second, "calls/")
    log(morning, first, "Bright", "No answer", then="Tell the commissioning school or authority")
    reason_given(morning, second, "Hill", "illness", says="A fever since the night")
    expect(morning.row(second, "Bright")).to_contain_text("Eve Bright, 07700 900301: no answer (Sam Okafor)")
    log(morning, second, "Bright", "Told", then="Tell the youth justice worker")
    log(morning, second, "Bright", "Told", then="Tell the social worker")
    log(morning, second, "Bright", "Told", then="Stage 2: emergency contact")
    first.get_by_role("link", name="Look again").click()
    expect(morning.row(first, "Hill")).to_contain_text("07700 900123: gave a reason: A fever")
    log(morning, first, "Bright", "Wrong number", then="Stage 3: commissioning school or authority")
    log(morning, first, "Bright", "Reached, no reason", says="Not there either", then="Stage 3: police")
    log(morning, second, "Dunn", "Left a message")
    log(morning, second, "Ferris", "Reached, no reason", says="Will ring back", then="Stage 3: police")


def the_director_decides(morning: Morning) -> None:
    """Whether the police are asked is for the Education Director."""
    decided_by_the_head_alone(morning, "Bright", says="Police asked to visit: nobody has seen Sam since yesterday")
    left_out_by_the_head(morning, "Ferris", why="His mother has him with her")


def what_comes_in(morning: Morning) -> None:
    """A mother rings back; a mother tells from her phone about one child of two; a pupil comes in late."""
    take_call(morning, "Bright", reason="Illness", says="in hospital since the night")
    sign_in_by_code(morning)
    tell_from_a_phone(morning, "Ella", also="Noah")
    assert arrive(morning.office, "Evans").startswith("U, ")
    settle(morning, "Dunn", "I", says="illness")
    assert morning.held(TUESDAY, "AM") == "N N N I U N / N"


def the_evening(morning: Morning) -> None:
    """14:45: every absence but one is settled."""
    take_register(morning, ["Adeyemi", "Bright", "Dunn", "Ferris", "Hill"], says={"Adeyemi": "stomach ache"})
    morning.day.at("14:45")
    for surname in ("Adeyemi", "Bright", "Dunn", "Hill"):
        settle(morning, surname, "I", says="illness")
    settle(morning, "Cole", "M", says="dentist")
    assert morning.held(TUESDAY, "AM") == "I I M I U N / I"
    assert morning.held(TUESDAY, "PM") == "I I \\ I \\ N \\ I"
    assert headline(morning.office) == "1 pupil unaccounted for"


def the_next_day(morning: Morning) -> None:
    """Wednesday: a parent is rung again, and the stages begin anew."""
    morning.day.at("09:35", of=WEDNESDAY)
    take_register(morning, ["Ferris"], says={})
    morning.day.at("10:05", of=WEDNESDAY)
    board = morning.open(morning.office, "calls/")
    assert in_order(board) == ["Ferris"]
    expect(morning.row(board, "Ferris")).to_contain_text("school day 2 of this absence")
    log(morning, board, "Ferris", "No answer")


def the_sixth_day(morning: Morning) -> None:
    """A weekend does not count. When the five days are over nothing changes by itself: a person approves."""
    back = ("2026-09-17", "2026-09-18", "2026-09-21", "2026-09-22")
    world.marks(morning.pupils["Ferris"], {WEDNESDAY: "N\\", **dict.fromkeys(back, "/\\")})
    morning.day.at("10:00", of="2026-09-19")
    assert headline(morning.office) == "No school today"
    morning.day.at("08:30", of="2026-09-22")
    expect(morning.open(morning.office, "settle/").locator(".settle").first).to_contain_text("the last school day")
    morning.day.at("08:30", of="2026-09-23")
    morning.day.tick()
    assert morning.held(TUESDAY, "AM").split()[5] == "N"
    settle(morning, "Ferris", "O", says="Approve today: the time was over after Tuesday 22 September 2026")
    assert morning.held(TUESDAY, "AM").split()[5] == "O"
    decision = Decision.objects.get(code="O")
    assert (decision.by_name, "M-4.5c" in decision.clauses) == ("Sam Okafor", True)
    read = what_became_of(morning, "Noah", "Tue 15 Sep")
    assert "no reason was given, or none that is accepted (not authorised)" in read
