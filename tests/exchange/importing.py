"""Importing as the office does it: by the pages, or straight through when the pages are not what is tested."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from allpresent.exchange import work
from allpresent.exchange.files.reading import read_table
from allpresent.exchange.models import ImportRun
from allpresent.exchange.queries import columns_of, remembered_mapping
from allpresent.exchange.roll.fields import FIELDS
from allpresent.exchange.roll.matching import Choice
from allpresent.exchange.roll.proposal import Line, Proposal, Section
from allpresent.schools.models import School
from allpresent.shared import clock
from tests.world import OFFICE

DAY = date(2026, 9, 1)


def proposed(
    school: School, content: bytes, *, day: date = DAY, decisions: dict[str, Choice] | None = None, write: bool = False
) -> Proposal:
    """What a file would do, by its headings; done too when `write` is asked."""
    mapping = remembered_mapping(school, read_table(content).headings, frozenset(FIELDS))
    context = work.context_of(school, today=date(2026, 9, 15), day=day, file_name="roll.csv", decisions=decisions or {})
    proposal, held = work.look(school, content, list(mapping), context, lambda percent: None)
    if write:
        assert not proposal.blocked, proposal.lines
        work.write(school, proposal, held, by=OFFICE, now=clock.now(), file_name="roll.csv", digest="")
    return proposal


def lines(proposal: Proposal, section: Section) -> list[Line]:
    return [line for line in proposal.lines if line.section is section]


def says(proposal: Proposal, section: Section = Section.ERRORS) -> list[tuple[int, str, str]]:
    return [(line.row, line.name, line.says) for line in lines(proposal, section)]


def send(client: Client, school: School, content: bytes, name: str = "roll.csv", day: str = "1/9/2026"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("roll_send", kwargs={"school": school.slug}), {"file": file, "day": day})


def choose_proposed_columns(client: Client, school: School) -> ImportRun:
    """Accept what the columns page proposes for the newest file."""
    run = ImportRun.objects.filter(school=school).first()
    data = {f"column-{column.place}": column.field for column in columns_of(run, frozenset(FIELDS))}
    client.post(address("roll_columns", school, run), data)
    run.refresh_from_db()
    return run


def address(name: str, school: School, run: ImportRun) -> str:
    return reverse(name, kwargs={"school": school.slug, "run": run.id})
