"""Whatever is changed behind the program's back is named."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.models import Enrolment
from allpresent.registers import actions
from allpresent.registers.ledger import rebuild
from allpresent.registers.models import CurrentMark
from allpresent.registers.verify import Difference, marks_astray, verify
from tests import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)


@pytest.fixture
def hillside(at):
    at("2026-09-15 08:55")
    return world.a_school()


@pytest.fixture
def ann(hillside):
    """A pupil whose register was taken, and whose mark was then amended."""
    group, (pupil, other) = world.a_class(school=hillside, name="Oak", size=2)
    marks = (SubmittedMark(pupil.id, "N", 0), SubmittedMark(other.id, "/", 0))
    actions.take_register(
        school=hillside, group=group, session=Session(DAY, Half.AM), marks=marks, level=EnteredBy.OFFICE,
        by=world.OFFICE, key="k" * 32, now=world.BEGINNING.replace(month=9, day=15, hour=8),
    )  # fmt: skip
    world.marks(pupil, {str(DAY): "I-"})
    return pupil


def tamper(statement: str, *values) -> int:
    """Change the database as somebody would who has its password: locks dropped first. Gives the rows changed."""
    with connection.cursor() as cursor:
        for table in ("registers_registerentry", "registers_submission"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
        cursor.execute(statement, values)
        return cursor.rowcount


def test_a_register_as_the_program_wrote_it_has_no_difference(hillside, ann):
    assert [*verify()] == []
    assert [*verify(hillside)] == []


def test_a_current_mark_changed_by_hand_is_named(hillside, ann):
    assert tamper("UPDATE registers_currentmark SET code = '/' WHERE pupil_id = %s", ann.id) == 1
    (found,) = verify()
    assert found[:4] == ("mark", ann.id, DAY, "AM")
    assert found.expected.startswith("I (version 2, amendment")
    assert found.found.startswith("/ (version 2, amendment")


@pytest.mark.parametrize("column", ["code", "reason", "detail", "by_name", "by_position", "source"])
def test_an_entry_altered_with_the_lock_dropped_is_named(hillside, ann, column):
    changed = tamper(f"UPDATE registers_registerentry SET {column} = 'X' WHERE pupil_id = %s AND version = 1", ann.id)
    assert changed == 1
    assert [(found.about, found.pupil, found.half) for found in verify() if found.about == "seal"] == [
        ("seal", ann.id, "AM")
    ]


def test_an_altered_moment_is_named(hillside, ann):
    tamper("UPDATE registers_registerentry SET at = '2026-09-14 07:00:00' WHERE pupil_id = %s AND version = 2", ann.id)
    assert {"seal", "versions"} <= {found.about for found in verify()}


def test_a_removed_entry_is_named(hillside, ann):
    tamper("DELETE FROM registers_registerentry WHERE pupil_id = %s AND version = 1", ann.id)
    (found,) = verify()
    assert (found.about, found.pupil) == ("versions", ann.id)
    assert "versions 2 where 1 were expected" in found.found


def test_the_newest_entry_removed_leaves_a_mark_that_nothing_bears_out(hillside, ann):
    tamper("DELETE FROM registers_registerentry WHERE pupil_id = %s AND version = 2", ann.id)
    (found,) = verify()
    assert found.about == "mark"
    assert found.expected.startswith("N (version 1, register")


def test_a_mark_without_entries_and_entries_without_a_mark_are_named(hillside, ann):
    tamper("DELETE FROM registers_registerentry WHERE pupil_id <> %s", ann.id)
    tamper("DELETE FROM registers_currentmark WHERE pupil_id = %s", ann.id)
    found = [one for one in verify() if one.about == "mark"]
    assert [(one.expected[:1], one.found[:1]) for one in found] == [("I", "n"), ("n", "/")]


def test_a_mark_of_a_pupil_who_was_not_on_the_roll_is_named(hillside, ann):
    Enrolment.objects.filter(pupil=ann).update(begins=date(2026, 9, 16))
    (found,) = verify()
    assert found == Difference("roll", ann.id, DAY, "AM", "no entry: not on the roll that day", "I")


def test_a_register_whose_sending_is_gone_is_named(hillside, ann):
    tamper("DELETE FROM registers_submission WHERE school_id = %s", hillside.id)
    assert [(found.about, found.found) for found in verify()] == [
        ("submission", "N by Sam Okafor, none sent"),
        ("submission", "/ by Sam Okafor, none sent"),
    ]


def test_another_schools_differences_are_left_to_it(hillside, ann):
    other = world.a_school()
    tamper("UPDATE registers_currentmark SET code = '/' WHERE pupil_id = %s", ann.id)
    assert [*verify(other)] == []
    assert len([*verify(hillside)]) == 1


def test_current_marks_are_a_cache_that_can_be_written_anew(hillside, ann):
    before = [*CurrentMark.objects.order_by("pupil", "half").values_list("pupil", "day", "half", "code", "version")]
    tamper("UPDATE registers_currentmark SET code = '/', version = 7, detail = 'x' WHERE pupil_id = %s", ann.id)
    tamper("DELETE FROM registers_currentmark WHERE pupil_id <> %s", ann.id)
    with transaction.atomic():
        assert len([*marks_astray(hillside)]) == 2
        rebuild(hillside.id)
    after = [*CurrentMark.objects.order_by("pupil", "half").values_list("pupil", "day", "half", "code", "version")]
    assert after == before
    assert [*verify()] == []


def test_rebuilding_one_school_leaves_another_alone(hillside, ann):
    dan = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    world.marks(dan, {str(DAY): "/-"})
    tamper("UPDATE registers_currentmark SET code = 'N'")
    rebuild(hillside.id)
    assert [(found.about, found.pupil) for found in verify() if found.about == "mark"] == [("mark", dan.id)]
