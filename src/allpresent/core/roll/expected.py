"""Which sessions a pupil is expected at, where that is fewer than the school meets.

Source: policy clause M-3.6a (every day they are expected). A pattern is the plan of a placement, such as
three days a week at an alternative provision. A temporary part-time timetable of a pupil of compulsory school
age is not a pattern: its sessions are expected and marked C2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from allpresent.core.calendar.school_calendar import SchoolCalendar
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.calendar.words import day_words

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TEN = 10

WeekdayHalf = tuple[int, Half]
"""A half of a day of the week, Monday 0 to Sunday 6."""


@dataclass(frozen=True)
class ExpectedPattern:
    """The halves of the week a pupil is expected, from `starts` to `ends` both included (None: no end)."""

    starts: date
    ends: date | None
    halves: frozenset[WeekdayHalf]

    def covers(self, day: date) -> bool:
        """Whether the pattern is in force on `day`."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def expects(self, session: Session) -> bool:
        """Whether the pattern is in force and has this half of the week in it."""
        return self.covers(session.day) and (session.day.weekday(), session.half) in self.halves


def is_expected(session: Session, calendar: SchoolCalendar, patterns: Sequence[ExpectedPattern] = ()) -> bool:
    """Whether a pupil with these patterns is expected at `session`.

    Only sessions the school meets are expected; on a day no pattern covers, every one of them is (M-3.6a).
    """
    if not calendar.is_session(session):
        return False
    in_force = [pattern for pattern in patterns if pattern.covers(session.day)]
    return not in_force or any(pattern.expects(session) for pattern in in_force)


def pattern_problems(patterns: Iterable[ExpectedPattern]) -> tuple[str, ...]:
    """Why these patterns cannot stand together, in plain words; empty if they can."""
    in_order = sorted(patterns, key=lambda pattern: pattern.starts)
    backwards = [
        f"The pattern from {day_words(p.starts)} ends before it starts. Correct one date."
        for p in in_order
        if p.ends is not None and p.ends < p.starts
    ]
    overlaps = [
        f"The pattern from {day_words(earlier.starts)} still runs when the one from "
        f"{day_words(later.starts)} starts. End the first the day before."
        for earlier, later in pairwise(in_order)
        if earlier.covers(later.starts)
    ]
    return (*backwards, *overlaps)


def parse_halves(text: str) -> frozenset[WeekdayHalf]:
    """Read halves of the week from 'Mon AM, Wed PM' or from ten characters, 1 expected and 0 not.

    The ten run Mon AM, Mon PM, ... Fri PM. Raises ValueError, saying what was not understood.
    """
    plain = text.strip()
    if len(plain) == _TEN and set(plain) <= {"0", "1"}:
        return frozenset((place // 2, tuple(Half)[place % 2]) for place, mark in enumerate(plain) if mark == "1")
    return frozenset(_parse_half(word) for word in plain.split(",") if word.strip())


def halves_text(halves: Iterable[WeekdayHalf]) -> str:
    """The halves as 'Mon AM, Mon PM, Wed AM', in order of the week. `parse_halves` reads it back."""
    return ", ".join(f"{_DAYS[weekday]} {half}" for weekday, half in sorted(halves))


def _parse_half(text: str) -> WeekdayHalf:
    match text.split():
        case [day, half] if day.title() in _DAYS and half.upper() in Half.__members__:
            return _DAYS.index(day.title()), Half[half.upper()]
    raise ValueError(f"“{text.strip()}” is not half of a weekday. Write each as a day and AM or PM, such as Mon AM.")
