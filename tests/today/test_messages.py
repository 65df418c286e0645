"""Today shows what was said beside a missing child, and who said they would be back and is not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half
from allpresent.people.models import ExpectedSessions
from allpresent.registers.models import Submission
from allpresent.shared import clock
from tests import world
from tests.absences.saying import says

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 9, day) for day in (11, 14, 15, 16))


@pytest.fixture
def school():
    return world.a_school(name="Long Barrow School")


@pytest.fixture
def group(school):
    return world.a_group(school=school, name="4B")


@pytest.fixture
def pupil(group):
    return world.a_pupil(in_group=group, surname="Adeyemi", forename="Tolu")


def today(school, role: Role = Role.OFFICE, **scope) -> str:
    client = world.sign_in(Client(), world.staff(role=role, school=school, **scope))
    page = client.get(f"/{school.slug}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def send(group, day: date = TUESDAY, half: Half = Half.AM) -> None:
    """The register of a group is in."""
    Submission.objects.create(
        school=group.school, group=group, day=day, half=half, key=f"{group.id} {day} {half}", at=clock.now(),
        by_name="Jo Marsh",
    )  # fmt: skip


@pytest.mark.clause("O-B-12.2", "O-B-28")
def test_what_was_said_stands_beside_a_child_whom_nobody_has_settled(at, school, group, pupil):
    at("2026-09-15 09:25")
    world.marks(pupil, {"2026-09-15": "N-"})
    send(group)
    says(pupil, "stomach ache", day=TUESDAY)
    page = today(school)
    assert "the code is still to be decided 1 Adeyemi, Tolu 4B, morning Mother rang 8:12: stomach ache" in page
    assert page.startswith("Everyone is accounted for", page.index("Everyone"))


def test_a_class_teacher_reads_the_messages_of_her_class_alone(at, school, group, pupil):
    at("2026-09-15 08:40")
    says(pupil, "stomach ache", day=TUESDAY)
    says(world.a_class(school=school, size=1)[1][0], "chickenpox", day=TUESDAY)
    page = today(school, Role.TEACHER, groups=[group])
    assert "Adeyemi, Tolu: Mother rang 8:12: stomach ache" in page
    assert "chickenpox" not in page


def test_who_sees_no_names_is_told_nothing(at, school, group, pupil):
    at("2026-09-15 09:25")
    says(pupil, "stomach ache", day=FRIDAY, back=MONDAY)
    says(pupil, "worse", day=TUESDAY)
    page = today(school, Role.GOVERNOR)
    assert "Adeyemi" not in page
    assert "worse" not in page


@pytest.mark.clause("M-6c", "M-3.5b")
def test_a_child_who_did_not_come_back_on_the_day_said_is_shown(at, school, group, pupil):
    says(pupil, "flu", day=FRIDAY, back=MONDAY)
    world.marks(pupil, {"2026-09-10": "/\\", "2026-09-11": "II", "2026-09-14": "NN"})
    at("2026-09-15 08:30")
    page = today(school)
    assert "Expected back, not here 1 Adeyemi, Tolu Expected back on Monday, not here 4B." in page
    assert "Mother rang Fri 11 Sep, 8:12: flu, back Mon 14 Sep" in page


@pytest.mark.parametrize("came", [{"2026-09-14": "L-"}, {"2026-09-15": "/-"}, {"2026-09-14": "B-"}])
def test_a_child_who_has_come_since_is_not_shown(at, school, group, pupil, came):
    says(pupil, "flu", day=FRIDAY, back=MONDAY)
    world.marks(pupil, came)
    at("2026-09-15 09:25")
    assert "Expected back" not in today(school)


def test_coming_on_the_first_day_itself_is_no_coming_back(at, school, group, pupil):
    says(pupil, "went home ill", day=FRIDAY, half=Half.PM, back=MONDAY)
    world.marks(pupil, {"2026-09-11": "/I"})
    at("2026-09-15 08:30")
    assert "Expected back on Monday, not here" in today(school)


def test_on_the_day_itself_the_register_comes_first(at, school, group, pupil):
    says(pupil, "flu", day=MONDAY, back=TUESDAY)
    at("2026-09-15 09:10")
    assert "not here" not in today(school)
    send(group)
    assert "Expected back today, not here" in today(school)


def test_a_return_on_a_day_without_school_waits_for_the_next(at, school, group, pupil):
    says(pupil, "flu", day=FRIDAY, back=date(2026, 9, 12))
    at("2026-09-14 08:40")
    assert "not here" not in today(school)
    at("2026-09-15 08:40")
    assert "Expected back on Saturday, not here" in today(school)


def test_a_child_who_is_not_expected_on_the_day_is_not_missed(at, school, group, pupil):
    ExpectedSessions.objects.create(pupil=pupil, begins=date(2026, 9, 1), pattern="Wed AM, Wed PM")
    says(pupil, "flu", day=FRIDAY, back=MONDAY)
    at("2026-09-15 09:25")
    assert "not here" not in today(school)


def test_a_new_word_moves_the_day(at, school, group, pupil):
    says(pupil, "flu", day=FRIDAY, back=MONDAY)
    says(pupil, "still flu", day=TUESDAY, back=WEDNESDAY)
    at("2026-09-15 09:25")
    assert "not here" not in today(school)
