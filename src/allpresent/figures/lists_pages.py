"""Pages of lists and patterns, made of facts that are loaded already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.text import slugify

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.calendar.terms import whole_terms
from allpresent.core.policy.model.response import Of, Pattern, Threshold
from allpresent.core.policy.model.words import Weekday
from allpresent.core.policy.words_of import Words
from allpresent.core.thresholds.ahead import ahead
from allpresent.core.thresholds.rules import in_words
from allpresent.figures.files import Cell
from allpresent.figures.lists import OneDay, Pair, Shown, Within
from allpresent.figures.lists_words import RESTRICTED, SHAPES, ahead_words, label, stated
from allpresent.figures.queries.lists import Listed

ORDERS = {"most": "furthest first", "name": "by name", "class": "by class"}
MayKnow = Callable[[Listed], bool]


def key_of(threshold: Threshold) -> str:
    """A threshold's name as addresses have it."""
    return slugify(threshold.id) or "threshold"


def is_restricted(threshold: Threshold) -> bool:
    """Whether to be within it tells something that only some may know."""
    return not RESTRICTED.isdisjoint(threshold.for_)


class ListRow(NamedTuple):
    """One threshold: how many are within it today and a week ago; None where the reader may not know."""

    key: str
    label: str
    stated: str
    reasons: tuple[str, ...]
    note: str
    number: int | None
    before: int | None

    @property
    def change(self) -> str:
        """'3 more', '1 fewer', or '' for no change."""
        apart = (self.number or 0) - (self.before or 0)
        return f"{abs(apart)} {'more' if apart > 0 else 'fewer'}" if apart else ""


def list_rows(thresholds: Iterable[Threshold], now: OneDay, before: OneDay, *, restricted: bool) -> tuple[ListRow, ...]:
    return tuple(_list_row(threshold, now, before, restricted) for threshold in thresholds)


def _list_row(threshold: Threshold, now: OneDay, before: OneDay, restricted: bool) -> ListRow:
    shown = restricted or not is_restricted(threshold)
    return ListRow(
        key=key_of(threshold),
        label=label(threshold),
        stated=stated(threshold),
        reasons=threshold.clause or threshold.source,
        note="; ".join(filter(None, (threshold.note, threshold.unconfirmed))),
        number=now.number_within(threshold) if shown else None,
        before=before.number_within(threshold) if shown else None,
    )


def headline(rows: Iterable[ListRow]) -> str:
    """What changed most since a week ago."""
    grown = [row for row in rows if row.number is not None and row.before is not None and row.number > row.before]
    if not grown:
        return "No list is longer than a week ago"
    most = max(grown, key=lambda row: (row.number or 0) - (row.before or 0))
    return f"{most.label}: {most.change} than a week ago"


class PupilRow(NamedTuple):
    """A pupil in a list: what puts them there, and what is ahead. `restriction` comes before the name."""

    pupil: Listed
    group: str
    restriction: str
    says: str
    ahead: str
    within: Within


def pupil_rows(
    found: Iterable[Within],
    threshold: Threshold,
    at: OneDay,
    groups: dict[int, str],
    stops: dict[int, str],
    words: Words,
) -> tuple[PupilRow, ...]:
    until = next_end(at.back().calendar, at.day)
    return tuple(
        PupilRow(
            each.pupil,
            groups.get(each.pupil.group_id or 0, ""),
            stops.get(each.pupil.id, ""),
            each.finding.words,
            _ahead(threshold, at, each.pupil, until, words),
            each,
        )
        for each in found
    )


def _ahead(threshold: Threshold, at: OneDay, pupil: Listed, until: date | None, words: Words) -> str:
    if until is None:
        return ""
    found = ahead(threshold, at.history(at.row(pupil.id)), at.back(pupil.year_group), until)
    return ahead_words(threshold, found, True, words)


def next_end(calendar: SchoolCalendar, day: date) -> date | None:
    """The last day of the term that a day is in, or of the next one."""
    return next((term.ends for term in whole_terms(calendar.terms) if term.ends >= day), None)


def ordered(rows: Iterable[PupilRow], threshold: Threshold, order: str) -> tuple[PupilRow, ...]:
    """By name or by class; else the furthest first: of attendance the lowest, of everything else the most."""
    found = sorted(rows, key=lambda row: row.pupil.name)
    if order == "name":
        return tuple(found)
    if order == "class":
        return tuple(sorted(found, key=lambda row: (row.pupil.year_group.zfill(3), row.group)))
    lowest = threshold.of is Of.ATTENDANCE
    return tuple(sorted(found, key=lambda row: row.within.finding.amount, reverse=not lowest))


def table(rows: Iterable[PupilRow]) -> Iterator[list[Cell]]:
    """The list as rows of a file."""
    yield ["Name", "Class", "Year group", "Found", "Amount", "Measure", "Sessions", "Possible", "From", "To", "Ahead"]
    for row in rows:
        found = row.within.finding
        yield [
            row.pupil.name, row.group, row.pupil.year_group, row.says, float(found.amount), found.measure.value,
            len(found.sessions), found.possible, str(found.window.first), str(found.window.last), row.ahead,
        ]  # fmt: skip


class ShapeRow(NamedTuple):
    """One shape: how many pupils make it, and by which rule."""

    key: str
    title: str
    rule: str
    number: int


LATE, TOGETHER = "late-weekday", "together"
TITLES = {pattern.value: title for pattern, title in SHAPES.items()} | {
    LATE: "Late on the same day of the week",
    TOGETHER: "Children of one family absent together",
}


def shape_rows(at: OneDay, words: Words, *, families: bool) -> tuple[ShapeRow, ...]:
    keys = [key for key in TITLES if families or key != TOGETHER]
    return tuple(ShapeRow(key, TITLES[key], in_words(key, words.pupil), _number(key, at)) for key in keys)


def _number(key: str, at: OneDay) -> int:
    return len(_found(key, at)) if key in (LATE, TOGETHER) else at.number_shown(Pattern(key))


def _found(key: str, at: OneDay) -> tuple[Shown, ...] | tuple[Pair, ...]:
    if key == LATE:
        return at.late()
    return at.together() if key == TOGETHER else at.shown(Pattern(key))


class ShapeLine(NamedTuple):
    """A pupil, or two of one family, whose marks make a shape."""

    pupils: tuple[tuple[Listed, str], ...]
    groups: str
    says: str


class ShapePage(NamedTuple):
    """One shape: its pupils, and when in the week the sessions that make it were."""

    key: str
    title: str
    rule: str
    number: int
    lines: tuple[ShapeLine, ...]
    week: tuple[tuple[str, tuple[int, ...]], ...]


def shape_page(
    key: str, at: OneDay, groups: dict[int, str], stops: dict[int, str], may_know: MayKnow, words: Words
) -> ShapePage:
    found = _found(key, at)
    lines = (_shape_line(each, groups, stops) for each in found)
    known = tuple(line for line in lines if all(may_know(pupil) for pupil, _ in line.pupils))
    sessions = [session for each in found if isinstance(each, Shown) for session in each.sessions]
    return ShapePage(key, TITLES[key], in_words(key, words.pupil), len(found), known, week_picture(sessions))


def _shape_line(each: Shown | Pair, groups: dict[int, str], stops: dict[int, str]) -> ShapeLine:
    pupils = (each.pupil,) if isinstance(each, Shown) else (each.one, each.other)
    names = dict.fromkeys(groups.get(pupil.group_id or 0, "") for pupil in pupils)
    return ShapeLine(
        tuple((pupil, stops.get(pupil.id, "")) for pupil in pupils), ", ".join(filter(None, names)), each.shape.words
    )


def week_picture(sessions: Iterable[Session]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """How many of some sessions were on each weekday, morning and afternoon; weekends if there are any."""
    count = Counter((session.day.weekday(), session.half) for session in sessions)
    days = [number for number in range(7) if number < 5 or any(day == number for day, _ in count)]
    names = [day.value.capitalize() for day in Weekday]
    return tuple((names[day], tuple(count[day, half] for half in Half)) for day in days) if count else ()


A_WEEK = timedelta(days=7)
