"""Faults of the day: registers that are too long, missing, said twice, or at odds with one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.document import Document
from allpresent.core.policy.findings import Finding, Severity
from allpresent.core.policy.merge import Merged
from allpresent.core.policy.model.content import Content, Layer
from allpresent.core.policy.model.day import Selected
from allpresent.core.policy.model.words import Weekday
from allpresent.core.policy.select import applies, clashes, particular, rank

SCHOOL_WEEK = tuple(Weekday)[:5]


def day_faults(merged: Merged, top: Document) -> Iterator[Finding]:
    """Every fault of the day and its registers; `top` is the highest layer."""
    yield from _windows_too_long(merged)
    yield from _statements_clash(merged)
    if top.file.layer is Layer.SCHOOL:
        yield from _windows_missing(merged, top)
    yield from _day_in_disorder(merged)


def _windows_too_long(merged: Merged) -> Iterator[Finding]:
    """A register kept open longer than guidance allows."""
    limit = merged.content.register_limit
    for number, window in enumerate(merged.content.windows):
        if limit is not None and window.minutes > limit.longest:
            yield merged.error(
                "window-too-long",
                ("windows", number, "closes"),
                f"the register stays open for {window.minutes} minutes; at most {limit.longest} are allowed "
                f"({', '.join(limit.source)}); give a time that is allowed here, and what the document says "
                "under `elsewhere`",
            )


def _statements_clash(merged: Merged) -> Iterator[Finding]:
    """Two statements, equally particular, about one weekday and year group."""
    windows = merged.content.windows
    for half in Half:
        yield from _clashing(merged, "windows", [w if w.half is half else None for w in windows])
    yield from _clashing(merged, "day", list(merged.content.day))


def _clashing(merged: Merged, section: str, statements: Sequence[Selected | None]) -> Iterator[Finding]:
    numbers = {id(statement): number for number, statement in enumerate(statements)}
    for first, second in clashes([statement for statement in statements if statement is not None]):
        earlier = merged.place((section, numbers[id(first)]))
        assert earlier is not None
        yield merged.error(
            "statements-clash",
            (section, numbers[id(second)]),
            f"this speaks of the same weekday and year group as line {earlier.line}; "
            "name the weekdays or year groups of one of them, or take one out",
        )


def _windows_missing(merged: Merged, top: Document) -> Iterator[Finding]:
    """A session of the week that no window covers when no year group is asked for."""
    for half in Half:
        windows = [w for w in merged.content.windows if w.half is half and rank(w) < 2]
        bare = [day.value for day in SCHOOL_WEEK if not any(applies(w, day, None) for w in windows)]
        if bare:
            line = top.tree.line(("windows",))
            days = "every day" if len(bare) == len(SCHOOL_WEEK) else ", ".join(bare)
            yield Finding(
                Severity.ERROR,
                "window-missing",
                top.tree.name,
                line,
                "windows",
                f"no {half} register window covers {days} for every year group; add one with half: {half}, opens "
                "and closes, or leave year-groups out of the one that holds for everybody else",
            )


def _day_in_disorder(merged: Merged) -> Iterator[Finding]:
    """A morning that is not over when the afternoon begins, or a day that ends before its register closes."""
    found: dict[tuple[str, int, str], str] = {}
    for weekday, year_group in _cases(merged.content):
        for path_and_words in _disorder(merged.content, weekday, year_group):
            found.setdefault(path_and_words, f" on a {weekday.value.title()}")
    for (section, number, says), when in found.items():
        yield merged.error("day-in-disorder", (section, number), says + when)


def _cases(content: Content) -> Iterator[tuple[Weekday, str | None]]:
    """Every weekday with every year group that some statement names, and with none."""
    named = {group for statement in (*content.windows, *content.day) for group in statement.year_groups}
    return ((weekday, group) for group in (None, *sorted(named)) for weekday in SCHOOL_WEEK)


def _disorder(content: Content, weekday: Weekday, year_group: str | None) -> Iterator[tuple[str, int, str]]:
    """What is out of order on one weekday for one year group: section, number of the item, words."""
    morning, afternoon = (
        particular((w for w in content.windows if w.half is half), weekday, year_group) for half in Half
    )
    day = particular(content.day, weekday, year_group)
    if not morning or not afternoon:
        return
    if afternoon.opens < max(morning.closes, morning.ends or morning.closes):
        yield (
            "windows",
            content.windows.index(afternoon),
            (
                f"the afternoon register opens at {afternoon.opens:%H:%M}, before the morning's session or register "
                f"ends at {max(morning.closes, morning.ends or morning.closes):%H:%M},"
            ),
        )
    if day and day.ends and day.ends < afternoon.closes:
        yield (
            "day",
            content.day.index(day),
            (
                f"the day ends at {day.ends:%H:%M}, before the afternoon register closes at {afternoon.closes:%H:%M}; "
                "give the day, or the window, the weekdays and year groups for which it holds. This is so"
            ),
        )
