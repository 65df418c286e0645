"""Today, for each role, at each time of a day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.queries import pupil_on_roll
from allpresent.registers import actions
from allpresent.registers.models import Submission
from allpresent.shared import clock
from tests import world
from tests.absences.saying import says

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)


@pytest.fixture
def school():
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def four_b(school):
    return world.a_class(school=school, name="4B", size=3)


def take(group, half: Half, codes: str) -> None:
    """The register of a group sent in at this moment: one letter a pupil, '-' for a blank."""
    for pupil, code in zip(group.memberships.order_by("id"), codes, strict=True):
        if code != "-":
            world.marks(pupil.pupil, {DAY.isoformat(): f"{code}-" if half is Half.AM else f"-{code}"})
    Submission.objects.create(
        school=group.school, group=group, day=DAY, half=half, key=f"{group.id} {half} key", at=clock.now(),
        by_name="Jo Marsh",
    )  # fmt: skip


def today(school, role: Role, **scope) -> str:
    user = world.staff(role=role, **({"school": school} | scope))
    answer = world.sign_in(Client(), user).get(f"/{school.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def headline(page: str) -> str:
    return re.search(r'<h1 class="headline">(.*?)</h1>', page)[1]


def plain(page: str) -> str:
    """The words of the page's main part, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


# --- a class teacher

OGBOURNE = [
    ("08:40", "Your register opens at 8:50"),
    ("08:50", "Your register closes in 30 minutes"),
    ("09:08", "Your register closes in 12 minutes"),
    ("09:25", "Your morning register is overdue: it was due by 9:20"),
    ("13:10", "Your morning register is overdue: it was due by 9:20"),
]


@pytest.mark.clause("O-B-27", "O-B-3.1.5")
@pytest.mark.parametrize(("time", "says"), OGBOURNE)
def test_a_teacher_is_told_what_her_register_asks(at, school, four_b, time, says):
    at(f"2026-09-15 {time}")
    page = today(school, Role.TEACHER, groups=[four_b[0]])
    assert headline(page) == says
    assert ("Take the register" in page) == (time != "08:40")


@pytest.mark.clause("M-3.3c")
@pytest.mark.parametrize(
    ("time", "says"),
    [
        ("09:39", "Your register closes in 21 minutes"),
        ("09:41", "Your morning register is overdue: it was due by 9:40"),
    ],
)
def test_the_ten_minutes_of_the_other_policy(at, time, says):
    school = world.a_school(policy="magnum")
    group, _ = world.a_class(school=school)
    at(f"2026-09-15 {time}")
    assert headline(today(school, Role.TEACHER, groups=[group])) == says


@pytest.mark.clause("O-B-3.1.6")
def test_the_afternoon_follows_the_morning(at, school, four_b):
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "///")
    page = today(school, Role.TEACHER, groups=[four_b[0]])
    assert headline(page) == "Your morning register is in"
    assert "The afternoon registers open at 13:10." in page
    assert "In at 8:55, Jo Marsh" in page
    at("2026-09-15 13:20")
    assert headline(today(school, Role.TEACHER, groups=[four_b[0]])) == "Your register closes in 20 minutes"
    take(four_b[0], Half.PM, "\\\\\\")
    page = today(school, Role.TEACHER, groups=[four_b[0]])
    assert headline(page) == "Your afternoon register is in"
    assert "The next school day is Wednesday 16 September 2026." in page


@pytest.mark.clause("O-B-27")
def test_a_teacher_sees_her_class_and_no_other(at, school, four_b):
    world.a_class(school=school, name="5R")
    at("2026-09-15 08:55")
    page = today(school, Role.TEACHER, groups=[four_b[0]])
    assert "4B, morning" in page
    assert "5R" not in page


def test_a_planned_absence_is_named_once_with_its_restriction(at, school, four_b):
    group, [pupil, *_] = four_b
    world.a_contact(of=pupil, restriction="Do not release to Mr Dean")
    at("2026-09-14 15:00")
    actions.plan_absence(
        school=school, pupil=pupil_on_roll(school, pupil.id, DAY), first=Session(DAY, Half.AM),
        last=Session(DAY, Half.PM), code="M", detail="dentist", level=Role.OFFICE.level, by=world.OFFICE,
        now=clock.now(),
    )  # fmt: skip
    at("2026-09-15 08:45")
    page = plain(today(school, Role.TEACHER, groups=[group]))
    assert page.count("dentist") == 1
    assert "M dentist (morning and afternoon)" in page
    assert "Do not release to Mr Dean" in page


def test_a_teacher_without_a_class_is_told_who_can_mend_it(at, school, four_b):
    at("2026-09-15 08:55")
    page = today(school, Role.TEACHER)
    assert headline(page) == "You have no class yet"
    assert "The office puts students into classes" in page


# --- the office


def test_the_office_sees_which_registers_are_not_in_and_how_late(at, school, four_b):
    world.a_class(school=school, name="5R")
    at("2026-09-15 09:31")
    take(four_b[0], Half.AM, "///")
    page = today(school, Role.OFFICE)
    assert headline(page) == "1 register not in"
    assert "5R, morning" in page
    assert "Not in: 11 minutes overdue" in page
    assert "4B, morning" not in page


@pytest.mark.clause("M-3.3c")
def test_the_office_is_told_of_a_register_ten_minutes_late_to_start(at):
    school = world.a_school(policy="magnum")
    world.a_class(school=school, name="Blue")
    at("2026-09-15 09:40")
    assert "Not in: it was due by 9:40" in today(school, Role.OFFICE)
    at("2026-09-15 09:44")
    assert "Not in: 4 minutes overdue" in today(school, Role.OFFICE)


def test_a_child_unexplained_twice_is_counted_once(at, school, four_b):
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "N-/")
    page = plain(today(school, Role.OFFICE))
    assert page.startswith("2 students unaccounted for", page.index("2 students"))
    assert "Not due yet: calls from 9:20 2" in page
    at("2026-09-15 13:15")
    take(four_b[0], Half.PM, "NN\\")
    page = plain(today(school, Role.OFFICE))
    assert "2 students unaccounted for" in page
    assert page.count("morning and afternoon") == 2


def test_a_child_back_after_lunch_is_accounted_for_and_still_not_explained(at, school, four_b):
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "N//")
    at("2026-09-15 13:15")
    take(four_b[0], Half.PM, "\\\\\\")
    page = plain(today(school, Role.OFFICE))
    assert "Everyone is accounted for" in page
    assert "the code is still to be decided 1" in page


def test_nothing_left_to_do_is_a_sentence_with_what_comes_next(at, school, four_b):
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "/L/")
    page = plain(today(school, Role.OFFICE))
    assert "Everyone is accounted for" in page
    assert "The afternoon registers open at 13:10." in page
    assert "Every register that is due is in." in page
    assert "Nobody is missing without a reason." in page
    assert "L 5" in page


def test_before_the_day_begins(at, school, four_b):
    at("2026-09-15 08:10")
    assert headline(today(school, Role.OFFICE)) == "Registers open at 8:50"


def test_names_cannot_smuggle_markup(at, school):
    group = world.a_group(school=school, name="<i>4B</i>")
    world.a_pupil(in_group=group, surname="<script>alert(1)</script>")
    at("2026-09-15 08:55")
    take(group, Half.AM, "N")
    page = today(school, Role.OFFICE)
    assert "<script>alert(1)" not in page
    assert "<i>4B" not in page


# --- those who look on


@pytest.mark.clause("M-3.2g", "O-0b")
@pytest.mark.parametrize(
    ("role", "says", "names", "late"),
    [
        (Role.DSL, "1 student unaccounted for", True, False),
        (Role.HEAD, "1 student unaccounted for", True, True),
        (Role.ATTENDANCE_LEAD, "1 student unaccounted for", True, True),
        (Role.GOVERNOR, "1 register not in", False, False),
    ],
)
def test_what_each_role_is_shown(at, school, four_b, role, says, names, late):
    world.a_class(school=school, name="5R")
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "N//")
    page = today(school, role)
    assert headline(page) == says
    assert (four_b[1][0].surname in page) == names
    assert ("Record a late arrival" in page) == late


def test_a_governor_is_never_told_that_everyone_is_accounted_for(at, school, four_b):
    at("2026-09-15 08:55")
    take(four_b[0], Half.AM, "N//")
    page = plain(today(school, Role.GOVERNOR))
    assert "Every register that is due is in" in page
    assert "1 of 1 morning registers are in." in page


def test_a_trust_leader_chooses_among_the_schools_of_the_trust(client):
    trust = world.a_trust()
    first, second = (world.a_school(trust=trust, name=name) for name in ("Long Barrow School", "Kennet School"))
    world.a_school(name="Another School")
    page = world.sign_in(client, world.staff(role=Role.TRUST_LEADER, trust=trust)).get("/").content.decode()
    assert f'href="/{first.slug}/"' in page
    assert page.index("Kennet School") < page.index("Long Barrow School")
    assert "Another School" not in page
    assert client.get(f"/{second.slug}/").status_code == 200


def test_somebody_with_no_appointment_is_told_whom_to_ask(client, school):
    user = world.staff(role=Role.TEACHER, school=school, ends=date(2021, 7, 31))
    page = world.sign_in(client, user).get("/").content.decode()
    assert "Your account is not appointed to a school today" in page
    assert client.get(f"/{school.slug}/").status_code == 404


# --- days without school

CLOSED_DAYS = [
    ("2026-09-19 10:00", "No school today", "The next school day is Monday 21 September 2026."),
    ("2027-05-03 10:00", "No school today: Bank holiday", "The next school day is Tuesday 4 May 2027."),
    ("2026-10-28 10:00", "No school today", "The next school day is Monday 2 November 2026."),
    ("2026-09-18 10:00", "No school today: burst pipe", "The next school day is Monday 21 September 2026."),
    ("2027-07-30 10:00", "No school today", ""),
]


@pytest.mark.parametrize(("moment", "says", "after"), CLOSED_DAYS, ids=[row[0][:10] for row in CLOSED_DAYS])
@pytest.mark.parametrize("role", [Role.TEACHER, Role.OFFICE, Role.GOVERNOR])
def test_a_day_without_school_says_so_and_when_the_next_one_is(at, school, four_b, role, moment, says, after):
    world.a_closure(school=school, day=date(2026, 9, 18))
    at(moment)
    page = today(school, role, groups=[four_b[0]])
    assert headline(page) == says
    assert after in page
    assert "not in" not in plain(page)


def test_a_closed_morning_is_told_beside_the_afternoon(at, school, four_b):
    world.a_closure(school=school, day=DAY, half=Half.AM)
    at("2026-09-15 09:30")
    page = plain(today(school, Role.OFFICE))
    assert "Closed this morning: burst pipe." in page
    assert "Registers open at 13:10" in page


@pytest.mark.parametrize(("role", "mends"), [(Role.HEAD, True), (Role.TEACHER, False), (Role.GOVERNOR, False)])
def test_without_a_policy_the_page_says_what_is_missing_and_who_can_mend_it(at, role, mends):
    school = world.a_school(policy="")
    group, _ = world.a_class(school=school)
    at("2026-09-15 08:55")
    page = today(school, role, groups=[group])
    assert headline(page) == "Registers cannot be taken today"
    assert ("policy/load/" in page) == mends
    assert ("The head teacher or the senior attendance lead can load one." in page) != mends


@pytest.mark.parametrize(("role", "mends"), [(Role.HEAD, True), (Role.OFFICE, False)])
def test_without_terms_the_page_says_so(at, role, mends):
    school = world.a_school(terms=())
    at("2026-09-15 08:55")
    page = today(school, role)
    assert headline(page) == "The calendar has no terms yet"
    assert ("calendar/term/" in page) == mends


# --- the frame


@pytest.mark.clause("M-3.2a")
@pytest.mark.parametrize(("policy", "word"), [("ogbourne", "Students"), ("magnum", "Pupils")])
def test_the_frame_uses_the_schools_own_words(policy, word):
    page = today(world.a_school(policy=policy), Role.OFFICE)
    assert f">{word}</a>" in page
    assert f'placeholder="Find a {word[:-1].lower()}"' in page


def test_the_search_is_for_those_who_may_see_pupils(school):
    assert f'action="/{school.slug}/pupils/"' in today(school, Role.TEACHER)
    assert "find-anyone" not in today(school, Role.GOVERNOR)


@pytest.mark.parametrize(("moment", "says"), [("2026-09-15 09:25", "Not explained"), ("2026-09-19 10:00", "No school")])
def test_what_waits_is_said_on_every_day(at, school, four_b, moment, says):
    """A child in no class is in no register; a mark of last week waits on a Saturday too."""
    at(moment)
    _, (child, *_) = four_b
    world.marks(child, {"2026-09-11": "N-"})
    world.a_pupil(school=school, surname="Nowhere")
    page = today(school, Role.OFFICE)
    assert says in plain(page)
    assert "1 student on the roll in no class: no register has them" in plain(page)
    assert "1 mark of an earlier day not settled" in plain(page)
    assert f'href="/{school.slug}/roll/"' in page
    assert "in no class" not in plain(today(school, Role.TEACHER, groups=[four_b[0]]))


def test_the_number_of_what_is_settled_is_the_number_of_its_lines(at, school, four_b):
    at("2026-09-15 09:15")
    take(four_b[0], Half.AM, "LI/")
    at("2026-09-15 09:25")
    page = today(school, Role.OFFICE)
    assert "Settled today 2" in plain(page)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ATTENDANCE_OFFICER, Role.DSL, Role.HEAD, Role.TRUST_LEADER])
def test_every_way_that_today_offers_is_open_to_whom_it_is_offered(at, school, four_b, role):
    at("2026-09-15 09:15")
    _, (told, lost, _) = four_b
    take(four_b[0], Half.AM, "NNL")
    says(told, "a fever", day=DAY, reason="illness")
    world.a_contact(of=lost, name="Grace Adeyemi")
    at("2026-09-15 09:25")
    client = world.sign_in(Client(), world.staff(role=role, school=school))
    main = client.get(f"/{school.slug}/").content.decode().partition("<main")[2].partition("</main")[0]
    ways = {address.partition("#")[0] for address in re.findall(r'href="(/[^"]+)"', main)}
    assert ways
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)
