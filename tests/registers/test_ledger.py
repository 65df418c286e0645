"""The ledger: the database itself refuses to change or remove an entry; current marks are a cache."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import EnteredBy
from allpresent.core.register.sheet import SubmittedMark
from allpresent.registers.actions import take_register
from allpresent.registers.ledger import SavedMeanwhile, rebuild
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.shared.models import AppendOnly
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db) -> RegisterEntry:
    pupil = world.a_pupil(in_group=world.a_group(school=world.a_school()))
    world.marks(pupil, {"2026-09-15": "N-"})
    return RegisterEntry.objects.get()


@pytest.mark.clause("O-B-2.2", "M-4.1e")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registers_registerentry SET code = '/'",
        "UPDATE registers_registerentry SET reason = '', at = at",
        "DELETE FROM registers_registerentry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(entry, statement):
    with pytest.raises(DatabaseError, match="rows are never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert RegisterEntry.objects.get().code == "N"


def test_so_does_the_program(entry):
    entry.code = "/"
    for change in (entry.save, entry.delete, RegisterEntry.objects.all().delete, Submission.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    assert RegisterEntry.objects.get().code == "N"


def test_a_current_mark_gone_astray_stops_the_saving_in_the_end_and_a_rebuild_mends_it(entry):
    school, group = entry.pupil.school, entry.pupil.memberships.get().group
    CurrentMark.objects.all().delete()
    common = {
        "school": school, "group": group, "session": Session(entry.day, Half.AM), "level": EnteredBy.OFFICE,
        "marks": (SubmittedMark(entry.pupil_id, "N", 0),), "by": world.OFFICE, "key": "k" * 32,
        "now": datetime(2026, 9, 15, 8, tzinfo=UTC),
    }  # fmt: skip
    with pytest.raises(SavedMeanwhile):
        take_register(**common)
    with transaction.atomic():
        rebuild()
    assert take_register(**common).entered == 0
    assert Submission.objects.count() == 1
