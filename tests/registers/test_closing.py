"""The close of the register, today and catching up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.models import GroupMembership
from allpresent.registers import actions, queries
from allpresent.registers.models import CurrentMark, RegisterEntry
from tests import world
from tests.registers.pages import get, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)


def moment(text: str) -> datetime:
    """British summer time, as an instant."""
    return datetime.fromisoformat(f"{text}+01:00").astimezone(UTC)


@pytest.fixture
def hillside():
    return world.a_school()


@pytest.fixture
def oak(hillside):
    return world.a_class(school=hillside, name="Oak", size=3)


def take(school, group, marks, *, at: str, day: date = DAY, half: Half = Half.AM):
    return actions.take_register(
        school=school, group=group, session=Session(day, half), level=EnteredBy.TEACHER, by=world.OFFICE,
        key=f"{group.id}-{day}-{half}-{at}", now=moment(at),
        marks=tuple(SubmittedMark(pupil.id, code, 0) for pupil, code in marks.items()),
    )  # fmt: skip


def close(school, at: str) -> int:
    return actions.close_registers(school, now=moment(at))


def held(pupil) -> str:
    return CurrentMark.objects.filter(pupil=pupil, day=DAY).values_list("code", flat=True).first() or ""


def test_the_unmarked_of_a_register_that_was_taken_become_n_at_its_close(hillside, oak):
    group, (ann, bob, cat) = oak
    world.marks(cat, {str(DAY): "M-"})
    take(hillside, group, {ann: "/"}, at="2026-09-15T08:55")
    assert close(hillside, "2026-09-15T09:19") == 0
    assert close(hillside, "2026-09-15T09:20") == 1
    assert [held(pupil) for pupil in (ann, bob, cat)] == ["/", "N", "M"]


def test_closing_twice_enters_nothing_more(hillside, oak):
    group, (ann, *_) = oak
    take(hillside, group, {ann: "/"}, at="2026-09-15T08:55")
    assert [close(hillside, f"2026-09-15T{at}") for at in ("10:00", "10:00", "15:00")] == [2, 0, 0]
    assert RegisterEntry.objects.count() == 3


def test_a_register_that_nobody_took_says_nothing_about_anybody(hillside, oak):
    assert close(hillside, "2026-09-16T10:00") == 0
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize(
    ("taken", "closed", "entered"),
    [
        ("2026-09-15T08:55", "2026-09-18T08:00", 2),  # the program was off for days
        ("2026-09-17T15:00", "2026-09-17T15:01", 2),  # taken two days late
        ("2026-09-15T08:55", "2026-09-29T08:00", 2),  # ten school days later
        ("2026-09-15T08:55", "2026-09-30T08:00", 0),  # eleven
    ],
)
def test_the_close_catches_up_over_the_last_ten_school_days(hillside, oak, taken, closed, entered):
    group, (ann, *_) = oak
    take(hillside, group, {ann: "/"}, at=taken)
    assert close(hillside, closed) == entered


def test_a_pupil_who_was_not_expected_or_not_yet_in_the_class_gets_no_mark(hillside, oak):
    group, (ann, bob, cat) = oak
    bob.expected_sessions.create(begins=date(2026, 9, 1), pattern="Mon AM")
    GroupMembership.objects.filter(pupil=cat).update(begins=date(2026, 9, 16))
    take(hillside, group, {ann: "/"}, at="2026-09-15T08:55")
    assert close(hillside, "2026-09-17T10:00") == 0


@pytest.mark.clause("M-3.3d")
def test_the_page_of_the_mark_says_that_the_close_put_it_there(client, hillside, oak, at):
    at("2026-09-15 10:00")
    group, (ann, bob, _) = oak
    take(hillside, group, {ann: "/"}, at="2026-09-15T08:55")
    close(hillside, "2026-09-15T09:20")
    world.sign_in(client, world.staff(role=Role.OFFICE, school=hillside))
    page = text(get(client, hillside, f"marks/{bob.id}/2026-09-15/am/"))
    assert "Entered by the program when the register closed by Allpresent, at the close of the register" in page
    assert "The register closed with no mark and no reason." in page


def test_days_on_which_everybody_is_marked_are_not_looked_at_again(hillside, oak, django_assert_max_num_queries):
    group, pupils = oak
    days = [date(2026, 9, day) for day in (8, 9, 10, 11, 14)]
    for day in days:
        take(hillside, group, dict.fromkeys(pupils, "/"), at=f"{day}T08:55", day=day)
    assert queries.days_with_blanks(hillside, days[0], DAY) == ()
    take(hillside, group, dict.fromkeys(pupils[:2], "/"), at="2026-09-15T08:55")
    assert queries.days_with_blanks(hillside, days[0], DAY) == (DAY,)
    close(hillside, "2026-09-15T09:30")
    with django_assert_max_num_queries(1):
        assert close(hillside, "2026-09-15T09:31") == 0
