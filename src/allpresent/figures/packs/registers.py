"""The sections of how registers are kept, and of practice against the school's own policy."""

from __future__ import annotations

from collections.abc import Iterator

from allpresent.core.figures.small import limit_on
from allpresent.core.practice import Practice, Verdict
from allpresent.figures.files import Cell
from allpresent.figures.packs.contents import WITHHELD, Section, Table, one
from allpresent.figures.packs.facts import Facts
from allpresent.figures.quality import Quality, quality
from allpresent.figures.quality_pages import QualityPage
from allpresent.practice import pages
from allpresent.practice.queries import practice
from allpresent.shared.words import count_of

NEVER_MET = "The school did not meet in these days."


def quality_of_registers(facts: Facts) -> Section:
    """Registers in these days. (M-3.1b)"""
    found = quality(facts.school, facts.period, now=facts.now)
    title, sources = "Quality of registers", ("M-3.1b",)
    if found is None:
        return Section(title, (NEVER_MET,), sources=sources)
    page = QualityPage(found)
    rows = tuple(
        (row.words, row.due, row.complete, row.on_time, one(row.share), *row[5:])
        for row in (*page.by_group, page.total)
    )
    headings = (
        "",
        "Due",
        "Complete",
        "On time",
        "On time %",
        "Late",
        "How late",
        "Not taken",
        "Marks missing",
        "Marks amended",
    )
    return Section(title, tuple(_said(page, found)), Table(headings, rows), sources=sources)


def _said(page: QualityPage, found: Quality) -> Iterator[str]:
    yield f"{page.headline}."
    yield page.amended_words
    if page.changes:
        yield "From which code to which: " + ", ".join(f"{words} {number}" for words, number in page.changes) + "."
    too_long = count_of(len(found.unsettled), "mark has", "marks have")
    yield f"{too_long.capitalize()} stood at N for longer than the policy allows."


def practice_against_policy(facts: Facts) -> Section:
    """Every clock of the policy in these days. (O-B-24)"""
    title = "Practice against policy"
    found = practice(facts.school, facts.period, now=facts.now)
    if not found:
        return Section(title, (NEVER_MET,))
    rows = tuple(_practice_row(facts, one, row) for one, row in zip(found, pages.rows(found), strict=True))
    return Section(title, (), Table(("Step", "On time", "Late", "Not done", "Clauses"), rows))


def _practice_row(facts: Facts, found: Practice, row: pages.ClockRow) -> tuple[Cell, ...]:
    """Where the pack names nobody, a step that came up for very few is not counted out."""
    clauses = ", ".join(row.clock.clauses)
    few = not facts.kind.names and found.clock.key != "registers" and 0 < found.judged < limit_on(facts.last)
    if few:
        return (row.clock.title, WITHHELD, WITHHELD, WITHHELD, clauses)
    return (row.clock.title, row.share, row.counts[Verdict.LATE], row.counts[Verdict.NOT_DONE], clauses)
