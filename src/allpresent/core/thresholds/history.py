"""A pupil's marks in order, a byte a session, so that those of thousands of pupils are read quickly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import NamedTuple

from allpresent.core.calendar.school_calendar import monday_of
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on, code_spans
from allpresent.core.codes.letters import BYTE, LETTERS
from allpresent.core.figures.parts import Parts, parts

_RUN = re.compile(b"x(?: *x)*")
_ONE = re.compile(b"x")


class What(NamedTuple):
    """What is looked for in marks: a part of a figure by its name ('absence'), or codes by their letters."""

    part: str = ""
    codes: tuple[str, ...] = ()


ABSENCE, ATTENDANCE, LATE, POSSIBLE = map(What, ("absence", "attendance", "late", "possible"))


class Week(NamedTuple):
    """A week in which there are sessions: its Monday, and the places of its sessions."""

    monday: date
    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Slots:
    """Sessions in order, the columns of a table of marks. One serves every pupil of a school."""

    sessions: tuple[Session, ...]

    def between(self, first: date, last: date) -> tuple[int, int]:
        """The places of the sessions from one day to another, both included: from the first, to before the second."""
        return bisect_left(self._days, first), bisect_right(self._days, last)

    @cached_property
    def _days(self) -> tuple[date, ...]:
        return tuple(session.day for session in self.sessions)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that have sessions, in order."""
        mondays = dict.fromkeys(map(monday_of, self._days))
        return tuple(Week(day, *self.between(day, day + timedelta(days=6))) for day in mondays)

    def weeks_between(self, low: int, high: int) -> tuple[Week, ...]:
        """The weeks from one place to before another, cut at both."""
        if (low, high) not in self._cut:
            cut = (Week(week.monday, max(week.low, low), min(week.high, high)) for week in self.weeks)
            self._cut[low, high] = tuple(week for week in cut if week.low < week.high)
        return self._cut[low, high]

    @cached_property
    def _cut(self) -> dict[tuple[int, int], tuple[Week, ...]]:
        return {}

    @cached_property
    def spans(self) -> tuple[tuple[int, int, date], ...]:
        """The places between which the codes do not change, each with a day on which those codes hold."""
        if not self._days:
            return ()
        spans = reversed(code_spans(self._days[0], self._days[-1]))
        return tuple((*self.between(first, last), last) for first, last in spans)


@dataclass(frozen=True, eq=False)
class History:
    """One pupil's marks. `cells`: a byte a session of `slots`, which `LETTERS` reads; 0 where there is none.

    `since`: the first day on the roll. `minutes`: how late, where that was written down.
    """

    slots: Slots
    cells: bytes
    since: date
    minutes: Mapping[Session, int] = field(default_factory=dict)

    @cached_property
    def _shown(self) -> dict[What, bytes]:
        return {}

    def shown(self, what: What) -> bytes:
        """A byte a session: 'x' what is looked for, '.' any other possible session, ' ' neither (closed, blank)."""
        found = self._shown.get(what)
        if found is None:
            spans = self.slots.spans
            found = b"".join(self.cells[low:high].translate(table_of(what, day)) for low, high, day in spans)
            self._shown[what] = found
        return found

    def count(self, what: What, low: int, high: int) -> int:
        """How many sessions are what is looked for, from a place to before another."""
        return self.shown(what).count(b"x", low, high)

    def has(self, what: What, low: int, high: int) -> bool:
        """Whether there is any."""
        return self.shown(what).find(b"x", low, high) >= 0

    def places(self, what: What, low: int, high: int) -> tuple[int, ...]:
        """Where they are."""
        return tuple(match.start() for match in _ONE.finditer(self.shown(what), low, high))

    def runs(self, what: What, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Unbroken runs of them. A session that was not possible, or has no mark, breaks none and counts in none."""
        return (match.span() for match in _RUN.finditer(self.shown(what), low, high))

    def sessions(self, places: Iterable[int]) -> tuple[Session, ...]:
        """The sessions at some places."""
        return tuple(self.slots.sessions[place] for place in places)


def history_of(
    marks: Iterable[tuple[Session, str]], *, since: date | None = None, minutes: Mapping[Session, int] | None = None
) -> History:
    """The history of marks given as (session, letter), in any order. Without `since`, from the first of them.

    Raises KeyError for a letter that never was a code.
    """
    ordered = sorted(marks)
    cells = bytes(BYTE[letter] for _, letter in ordered)
    first = since or (ordered[0][0].day if ordered else date.min)
    return History(Slots(tuple(session for session, _ in ordered)), cells, first, minutes or {})


@cache
def table_of(what: What, day: date) -> bytes:
    """What each byte shows on a day. `core.figures.parts` says what belongs to a part of a figure."""
    codes = code_set_on(day)
    known = {letter: parts(lambda asked, own=letter: int(asked == own), codes) for letter in codes}  # type: ignore[misc]
    shown = {BYTE[letter]: _shows(what, letter, found) for letter, found in known.items()}
    return bytes(ord(shown.get(number, " ")) for number in range(256))


def _shows(what: What, letter: str, found: Parts[int]) -> str:
    sought = letter in what.codes if what.codes else bool(getattr(found, what.part))
    return "x" if sought else "." if found.possible else " "


__all__ = ["ABSENCE", "ATTENDANCE", "LATE", "LETTERS", "POSSIBLE", "History", "Slots", "Week", "What", "history_of"]
