"""What an import's pages read."""

from __future__ import annotations

from typing import NamedTuple

from django.core.paginator import Page, Paginator

from allpresent.exchange.files.reading import read_table
from allpresent.exchange.models import ColumnMapping, ImportRun
from allpresent.exchange.roll.mapping import propose_mapping
from allpresent.exchange.roll.proposal import Section
from allpresent.schools.models import School

PAGE = 50
SAMPLES = 3


class Column(NamedTuple):
    """A column of a file: its heading, the first things in it, the field it is taken for."""

    place: int
    heading: str
    samples: tuple[str, ...]
    field: str


def run_of(school: School, run_id: int, user_id: int) -> ImportRun | None:
    """An import, for the person who began it: its preview shows what only they may be allowed to see."""
    return ImportRun.objects.filter(school=school, id=run_id, by_id=user_id).select_related("school").first()


def recent_runs(school: School) -> tuple[ImportRun, ...]:
    """The last ten imports, newest first."""
    return tuple(ImportRun.objects.filter(school=school)[:10])


def columns_of(run: ImportRun, offered: frozenset[str]) -> tuple[Column, ...]:
    """The columns of a run's file, each with the field chosen for it before, or proposed. Raises Refused."""
    with run.file.open("rb") as stream:
        table = read_table(stream.read(), most=20)
    mapping = run.mapping or propose_mapping(table.headings, _remembered(run.school), offered)
    return tuple(
        Column(place, heading, _samples(table.rows, place), mapping[place] if mapping[place] in offered else "")
        for place, heading in enumerate(table.headings)
    )


def remembered_mapping(school: School, headings: tuple[str, ...], offered: frozenset[str]) -> tuple[str, ...]:
    """The field of each column as the school chose last time, or as proposed."""
    return propose_mapping(headings, _remembered(school), offered)


def _remembered(school: School) -> dict[str, str]:
    return dict(ColumnMapping.objects.filter(school=school).values_list("heading", "field"))


def _samples(rows: tuple[tuple[int, tuple[str, ...]], ...], place: int) -> tuple[str, ...]:
    found = (cells[place].strip()[:40] for _, cells in rows if place < len(cells))
    return tuple(text for text in found if text)[:SAMPLES]


def preview_page(run: ImportRun, section: Section, number: str) -> Page:
    """One page of one section of a preview, as facts of lines; the nearest page when there is none of that number."""
    lines = run.lines.filter(section=section.value).values_list("facts", flat=True)
    return Paginator(lines, PAGE).get_page(number)
