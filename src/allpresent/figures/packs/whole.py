"""The sections of the whole school: what changed, its figures beside earlier ones, week by week, and reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.figures import percent
from allpresent.core.figures.small import limit_on, shown_line
from allpresent.figures.answer import Row
from allpresent.figures.charts import Line, line_chart
from allpresent.figures.files import Cell
from allpresent.figures.packs.contents import WITHHELD, Chart, Section, Table, one
from allpresent.figures.packs.facts import Facts
from allpresent.figures.trust_pages import change_words
from allpresent.shared.words import count_of, plain_day, short_day


def in_short(facts: Facts) -> Section:
    """What a reader with one minute reads."""
    return Section("In short, and what changed", tuple(_in_short(facts)), sources=facts.kind.sources)


def _in_short(facts: Facts) -> Iterator[str]:
    now, before, last_year, _ = facts.totals
    yield f"{facts.board.headline}."
    yield (
        f"In these days attendance was {_percent(now)}: {_moved(now, before)} on {facts.before.words}, and "
        f"{_moved(now, last_year)} on the same days of last year."
    )
    yield _persistent_words(facts)
    if england := facts.board.england:
        unconfirmed = f" (not confirmed: {england.publication.unconfirmed})" if england.publication.unconfirmed else ""
        yield (
            f"England, {england.phase.words} schools: {england.attendance_percent}%, {plain_day(england.starts)} to "
            f"{plain_day(england.ends)}; DfE, published {plain_day(england.publication.published)}{unconfirmed}."
        )


def _percent(row: Row) -> str:
    value = row.figure.attendance_percent
    return "not recorded" if value is None else f"{value:.1f}%"


def _moved(now: Row, before: Row) -> str:
    figures = now.figure.attendance_percent, before.figure.attendance_percent
    return change_words(None if None in figures else figures[0] - figures[1])


def _persistent_words(facts: Facts) -> str:
    counts = counts_of(facts.totals[-1], facts)
    if counts.persistent is None:
        return f"So few {facts.words.pupils} are persistently absent that their number is withheld."
    said = f"{count_of(counts.persistent, 'is', 'are')} persistently absent in the year so far"
    came, went = (len(some) for some in (facts.persistent_now - facts.persistent_before, _gone(facts)))
    if not facts.kind.names and any(0 < number < limit_on(facts.last) for number in (came, went)):
        return f"{said}. Few changed, so how many is withheld."
    return f"{said}: {came or 'none'} became so in these days, and {went or 'none'} no longer are."


def _gone(facts: Facts) -> frozenset[int]:
    return facts.persistent_before - facts.persistent_now


class Counts(NamedTuple):
    """Pupils of a row, as this pack may say them. None: withheld."""

    pupils: int | None
    persistent: int | None
    severe: int | None


def counts_of(row: Row, facts: Facts) -> Counts:
    """The counts of a row: small ones withheld where the pack names nobody."""
    if facts.kind.names:
        return Counts(row.pupils, row.persistent, row.severe)
    parts = (row.pupils - row.persistent, row.persistent - row.severe, row.severe)
    others, _, severe, pupils = shown_line(parts, limit_on(facts.last))
    return Counts(pupils, None if others is None or pupils is None else pupils - others, severe)


_MEASURES: tuple[tuple[str, Callable[[Row, Counts], Cell]], ...] = (
    ("Attendance %", lambda row, counts: one(row.figure.attendance_percent)),
    ("Authorised absence %", lambda row, counts: one(row.figure.authorised_percent)),
    ("Unauthorised absence %", lambda row, counts: one(row.figure.unauthorised_percent)),
    ("Late sessions", lambda row, counts: row.figure.late),
    ("Possible sessions", lambda row, counts: row.figure.possible),
    ("Pupils counted", lambda row, counts: _or_withheld(counts.pupils)),
    ("Persistently absent", lambda row, counts: _or_withheld(counts.persistent)),
    ("Persistently absent %", lambda row, counts: _share(counts.persistent, counts.pupils)),
    ("Severely absent", lambda row, counts: _or_withheld(counts.severe)),
    ("Severely absent %", lambda row, counts: _share(counts.severe, counts.pupils)),
)


def _or_withheld(count: int | None) -> Cell:
    return WITHHELD if count is None else count


def _share(count: int | None, of: int | None) -> Cell:
    return WITHHELD if count is None or of is None else one(percent(count, of))


def whole_school(facts: Facts) -> Section:
    """Every measure in these days and in earlier ones. (M-3.1a, O-B-23)"""
    columns = [(row, counts_of(row, facts)) for row in facts.totals]
    rows = [(name, *(of(row, counts) for row, counts in columns)) for name, of in _MEASURES]
    title = "The whole school" if facts.kind.names else "The whole school, for the self-evaluation form"
    says = "; ".join(f"{days.words}: {plain_day(days.first)} to {plain_day(days.last)}" for days in facts.spans)
    headings = ("", *(days.words for days in facts.spans))
    return Section(title, (f"{says}.",), Table(headings, tuple(rows)), sources=("M-3.1a", "O-B-23"))


def week_by_week(facts: Facts) -> Section:
    """Each week of the year up to the pack's last day, this year and last, with its table."""
    points = [point for point in facts.board.trend if point.monday <= facts.last]
    labels = [short_day(point.monday) for point in points]
    year = academic_year_of(facts.last)
    now = Line(year.label, [point.now for point in points])
    before = Line(AcademicYear(year.first - 1).label, [point.before for point in points])
    rows = tuple((label, one(point.now), one(point.before)) for label, point in zip(labels, points, strict=True))
    says = "Attendance of each week, this year and last: the table holds the numbers."
    headings = ("Week of", f"{now.words} %", f"{before.words} %")
    return Section("Week by week", (), Table(headings, rows), Chart(line_chart(labels, (now, before)), says))


def reasons(facts: Facts) -> Section:
    """Why sessions were missed, in the year so far: sessions, not pupils."""
    few = 0 if facts.kind.names else limit_on(facts.last)
    rows = tuple(
        (
            f"{reason.letter} {reason.name}",
            *((reason.sessions, one(reason.percent)) if reason.sessions >= few else (WITHHELD,) * 2),
        )
        for reason in facts.board.reasons
    )
    return Section("Why sessions were missed, year so far", (), Table(("Code", "Sessions", "Of possible %"), rows))
