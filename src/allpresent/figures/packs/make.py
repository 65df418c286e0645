"""Putting a pack together."""

from __future__ import annotations

from collections.abc import Iterator

from allpresent.core.figures.small import limit_on
from allpresent.figures.packs.above import from_above
from allpresent.figures.packs.children import not_explained, persistently_absent, watched_over
from allpresent.figures.packs.cohorts import cohorts
from allpresent.figures.packs.contents import Pack, Section
from allpresent.figures.packs.facts import Facts
from allpresent.figures.packs.registers import practice_against_policy, quality_of_registers
from allpresent.figures.packs.whole import in_short, reasons, week_by_week, whole_school
from allpresent.shared.words import moment, plain_day


def pack(facts: Facts, *, by: str) -> Pack:
    """A whole pack, made by somebody now. Raises PolicyProblem where no policy gives the times of registers."""
    return Pack(
        title=facts.kind.title_in(facts.words),
        school=facts.school.name,
        about=f"{plain_day(facts.first)} to {plain_day(facts.last)}",
        made=f"Made by {by}, {moment(facts.now)}, from the registers as they stood then",
        sections=tuple(_sections(facts)),
    )


def _sections(facts: Facts) -> Iterator[Section]:
    yield in_short(facts)
    if not facts.kind.restricted:
        yield from from_above(facts)
    if facts.kind.restricted:
        yield watched_over(facts)
    if facts.kind.names:
        yield persistently_absent(facts)
        yield not_explained(facts)
    yield whole_school(facts)
    yield week_by_week(facts)
    yield from cohorts(facts)
    yield reasons(facts)
    if not facts.kind.restricted:
        yield quality_of_registers(facts)
        yield practice_against_policy(facts)
    yield how_counted(facts)


def how_counted(facts: Facts) -> Section:
    """What the figures are, for somebody who reads them for the first time."""
    return Section("How these figures are counted", tuple(_how_counted(facts)))


def _how_counted(facts: Facts) -> Iterator[str]:
    yield (
        "By DfE’s definitions: attendance is sessions attended of sessions possible; whoever missed 10% or more of "
        "their own possible sessions is persistently absent, 50% or more severely, who are among them. Totals add up "
        "sessions; no percentage is an average of percentages. The same days of last year are the same weekdays 52 "
        "weeks before."
    )
    if not facts.kind.names:
        yield (
            f"This pack names nobody. Counts of {facts.words.pupils} below {limit_on(facts.last)} are withheld, not "
            "nought, and with each whatever would give it away."
        )
