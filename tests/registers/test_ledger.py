"""The ledger's lock: the database itself refuses to change or remove an entry."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from allpresent.registers.models import RegisterEntry, Submission
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
