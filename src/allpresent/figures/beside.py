"""A school's figures in one table: all its marks, the same as DfE counts them, and what DfE has published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from allpresent.core.figures.published import ENGLAND, Kind, Phase, Published, all_published, newest
from allpresent.core.figures.small import shown_line
from allpresent.figures.gap import Level, Measure
from allpresent.figures.points import NO_FIGURE, percent_words
from allpresent.shared.words import plain_day

A_YEAR = timedelta(weeks=52)
YEARS_BACK = 3


class Cell(NamedTuple):
    """A percentage, and what it is of."""

    percent: str
    of: str = ""


class Column(NamedTuple):
    """One way to count: whose figure, of which days, and what else has to be known about it."""

    heading: str
    days: str
    notes: str
    cells: Mapping[Measure, Cell]


class OwnCells(NamedTuple):
    """How our own figures are shown. `pupils`: what the school calls them; fewer than `below` of them are withheld."""

    pupils: str
    below: int

    def column(self, heading: str, level: Level, first: date, last: date) -> Column:
        cells = {measure: self._cell(level, measure) for measure in Measure}
        return Column(heading, days_words(first, last), "", cells)

    def _cell(self, level: Level, measure: Measure) -> Cell:
        share = level.share(measure)
        if not share.of:
            return Cell(NO_FIGURE)
        if measure.of_pupils and None in shown_line([share.part, share.of - share.part], self.below):
            return Cell(NO_FIGURE, f"few {self.pupils}")
        return Cell(
            percent_words(share), f"{share.part} of {share.of} {self.pupils if measure.of_pupils else 'sessions'}"
        )


def published_columns(phase: Phase, authority: str, last: date, today: date) -> Iterator[Column]:
    """The newest year that was published, of England and of the authority, and the time of year of the last day."""
    for area in filter(None, (ENGLAND, authority)):
        found = newest(phase, Kind.YEAR, today, area=area)
        if found:
            yield _published(found)
    season = same_season(phase, last, today)
    if season:
        yield _published(season)


def same_season(phase: Phase, last: date, today: date) -> Published | None:
    """England's newest published term that held the same day of an earlier year; None where none is held."""
    days = [last - A_YEAR * back for back in range(1, YEARS_BACK + 1)]
    terms = [one for one in all_published(phase) if one.kind is Kind.TERM and one.publication.published <= today]
    return next((one for day in days for one in terms if one.starts <= day <= one.ends), None)


def _published(one: Published) -> Column:
    cells = {
        Measure.ATTENDANCE: one.attendance_percent,
        Measure.ABSENCE: one.absence_percent,
        Measure.AUTHORISED: one.authorised_percent,
        Measure.UNAUTHORISED: one.unauthorised_percent,
        Measure.PERSISTENT: one.persistent_percent,
        Measure.SEVERE: None,
    }
    return Column(
        heading=f"{one.area}, {one.phase.words} schools",
        days=days_words(one.starts, one.ends),
        notes=". ".join(_notes(one)),
        cells={measure: Cell(NO_FIGURE if rate is None else f"{rate:.2f}%") for measure, rate in cells.items()},
    )


def _notes(one: Published) -> Iterator[str]:
    yield f"{one.publication.title}, published on {plain_day(one.publication.published)}"
    if not one.pooled:
        yield "Phases weighted by enrolments, not sessions added up"
    if one.publication.unconfirmed:
        yield f"Not confirmed: {one.publication.unconfirmed}"


def days_words(first: date, last: date) -> str:
    return f"{plain_day(first)} to {plain_day(last)}"
