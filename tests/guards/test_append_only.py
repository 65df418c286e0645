"""What may only be added to is locked, by the program and by the database itself, on both kinds of database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection

from allpresent.figures.actions import show_chances
from allpresent.messages.models import Attempt, Message, TemplateVersion
from allpresent.people.models import RollEntry
from allpresent.registers.models import Submission
from allpresent.shared.models import AppendOnly
from allpresent.sharing.models import Share
from tests import world
from tests.absences import saying
from tests.calls.morning import kept
from tests.elsewhere import placing
from tests.guards.rooms import append_only_models
from tests.improvement import making
from tests.leave import asking
from tests.parents.proposing import answered
from tests.settling import deciding
from tests.site.crossing import gone
from tests.sweeps.noticing import in_every_table

MODELS = append_only_models()
NAMED = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)


@pytest.fixture(scope="module")
def one_of_each(database_of_file) -> None:
    """A row in every table that may only be added to. A new table needs a line here."""
    school = world.a_school()
    group, [pupil, *_] = world.a_class(school=school)
    world.marks(pupil, {"2026-09-15": "/-"})
    Submission.objects.create(
        school=school, group=group, day=date(2026, 9, 15), half="AM", key="a" * 32, at=world.BEGINNING, by_name="Sam"
    )
    saying.one_of_each(pupil)
    sent = Message.objects.create(
        school=school, pupil=pupil, template="free", channel="email", address="grace@example.org", to_name="Grace",
        party="parent", subject="Tolu", body="Away.", key="a", at=world.BEGINNING, by_name="Sam",
    )  # fmt: skip
    Attempt.objects.create(message=sent, result="kept", at=world.BEGINNING, by_name="Allpresent")
    TemplateVersion.objects.create(
        school=school, template="free", subject="Tolu", body="Away.", at=world.BEGINNING, by_name="Sam"
    )
    placing.one_of_each(pupil)
    placing.ended_and_asked(pupil)
    gone(pupil)
    kept(pupil)
    answered(pupil)
    deciding.one_of_each(pupil)
    asking.in_every_table(school)
    making.in_every_table(school)
    Share.objects.create(
        school=school, pupil=pupil, day=date(2026, 9, 15), half="AM", what="marks", ref="placement:1", key="a",
        party="authority", name="County", channel="email", says="Present", at=world.BEGINNING, by_name="Sam",
    )  # fmt: skip
    in_every_table(pupil)
    show_chances(school=school, shown=False, by=world.OFFICE, now=world.BEGINNING)
    RollEntry.objects.create(pupil=pupil, field="surname", amended="Ashe", reason="Deed", at=world.BEGINNING)


def refused(statement: str) -> None:
    with pytest.raises(IntegrityError, match="never"), connection.cursor() as cursor:
        cursor.execute(statement)


def rows(model) -> list[tuple]:
    return list(model.objects.order_by("pk").values_list())


def test_the_tables_that_hold_the_truth_are_among_them():
    tables = {model._meta.db_table for model in MODELS}
    assert {"registers_registerentry", "registers_submission", "people_rollentry", "shared_event"} <= tables


@NAMED
@pytest.mark.clause("M-4.1i", "O-B-2.2")
def test_the_database_refuses_to_change_or_remove_a_row(one_of_each, model):
    table, column = model._meta.db_table, model._meta.pk.column
    before = rows(model)
    assert before, f"one_of_each makes no row of {table}"
    refused(f"UPDATE {table} SET {column} = {column}")
    refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
    else:
        refused(f"REPLACE INTO {table} SELECT * FROM {table}")
    assert rows(model) == before


@NAMED
def test_the_program_refuses_to_change_or_remove_a_row(one_of_each, model):
    row, all_rows = model.objects.first(), model.objects.all()
    attempts = (row.save, row.delete, all_rows.delete, lambda: all_rows.update(pk=1))
    for attempt in attempts:
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        model.objects.bulk_update([row], [model._meta.fields[-1].name])
