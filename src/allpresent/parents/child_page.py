"""The page of one child: the year so far, what it means, the weeks, each absence. Made of facts already loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Code, Statistical, code_set_on
from allpresent.core.figures import Figure, tally_dated
from allpresent.core.figures.meaning import (
    SHOWN_MINUTES,
    SHOWN_PERCENTS,
    LateYear,
    Missed,
    days_of_teaching,
    lost_by_lateness,
    missed_in_a_year,
)
from allpresent.core.register.grid import DayPair, WeekCell, year_grid
from allpresent.parents.day_words import UNEXPLAINED, Day, explained_by, in_words, place, unexplained
from allpresent.parents.lines import Line, School, help_lines, school_lines
from allpresent.registers.pages import Cell, cell
from allpresent.settling.queries import DecisionLine
from allpresent.shared.words import moment, short_day

ENOUGH = 40
"""So many sessions, four weeks of them, before a year is foretold: earlier, one cold would look like a pattern."""


class Absence(NamedTuple):
    """Sessions in a row with one mark. `said` are the parent's own words; `asks`: the school waits to hear of `day`."""

    day: date
    when: str
    what: str
    counts: str
    said: str
    decided: str
    asks: bool


class Week(NamedTuple):
    """A week by its Monday: Monday to Friday, None where the child was not due or the day is still to come."""

    monday: date
    days: tuple[DayPair | None, ...]


class Late(NamedTuple):
    """How often late this year, by how many minutes together, and what that is in teaching."""

    times: int
    minutes: int
    lost: LateYear


Decided = Mapping[Session, str]
"""What the school decided of a session, in words."""


@dataclass(frozen=True)
class ChildPage:
    """`day` holds the marks and the messages of the academic year."""

    day: Day
    decided: Decided

    @property
    def state(self) -> str:
        return in_words(self.day)

    @property
    def year(self) -> AcademicYear:
        return academic_year_of(self.day.today)

    @cached_property
    def marks(self) -> dict[Session, str]:
        """The marks up to today: those entered ahead are not yet attendance."""
        held = {Session(day, Half(half)): mark.code for (day, half), mark in self.day.marks.items()}
        return {session: code for session, code in sorted(held.items()) if session.day <= self.day.today}

    @cached_property
    def figure(self) -> Figure:
        return tally_dated((session.day, code) for session, code in self.marks.items())

    @property
    def missed(self) -> Missed | None:
        """What the year would miss if it went on so; None while it is too young to tell, or nothing is missed."""
        figure = self.figure
        if figure.possible < ENOUGH or not figure.absence:
            return None
        return missed_in_a_year(figure.attendance, figure.possible)

    @property
    def days_missed(self) -> Fraction:
        """School days missed so far: two sessions are a day."""
        return Fraction(self.figure.absence, 2)

    @property
    def late(self) -> Late:
        minutes = [mark.minutes_late or 0 for mark in self.day.marks.values() if mark.code in ("L", "U")]
        return Late(len(minutes), sum(minutes), days_of_teaching(sum(minutes)))

    @property
    def table(self) -> tuple[tuple[int, Missed], ...]:
        """O-A-2.10: what a year at each of these percentages misses."""
        return tuple((percent, missed_in_a_year(percent, 100)) for percent in SHOWN_PERCENTS)

    @property
    def late_table(self) -> tuple[tuple[int, LateYear], ...]:
        """O-B-4.2: what so many minutes every day lose in a year."""
        return tuple((minutes, lost_by_lateness(minutes)) for minutes in SHOWN_MINUTES)

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks from the first with a mark to this one, newest first."""
        if not self.marks:
            return ()
        calendar = self.day.setting.calendar.for_year_group(self.day.child.year_group)
        met = calendar.sessions_between(next(iter(self.marks)).day, self.day.today)
        terms = year_grid({*met, *self.marks}, self.marks, lambda day: "")
        return tuple(_week(week) for term in reversed(terms) for week in reversed(term.weeks))

    def square(self, session: Session, letter: str | None) -> Cell:
        drawn = cell(letter or "", code_set_on(session.day))
        return drawn._replace(says="not known yet") if letter == UNEXPLAINED else drawn

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The letters of the weeks, each in words."""
        names = {code: _what(code_set_on(session.day)[code]) for session, code in self.marks.items()}
        return tuple(sorted(names.items()))

    @property
    def absences(self) -> tuple[Absence, ...]:
        """Each absence of the year, newest first; half-days in a row with one mark are one."""
        runs = [run for code, run in _runs(self.marks, self._meets) if _is_away(code)]
        return tuple(self._absence(run) for run in reversed(runs))

    def _meets(self, before: Session, after: Session) -> bool:
        """Whether nothing lies between two sessions."""
        between = self.day.setting.calendar.sessions_between(before.day, after.day)
        return not any(before < session < after for session in between)

    def _absence(self, run: tuple[Session, ...]) -> Absence:
        first, last = run[0], run[-1]
        code = code_set_on(first.day)[self.marks[first]]
        line = explained_by(first, self.day.notices)
        own = line is not None and self.day.child.is_said_by(line.told_by, line.contact_id)
        waits = [s for s in run if s in self._unexplained]
        return Absence(
            day=waits[0].day if waits else first.day,
            when=_when(first, last),
            what=f"{place(code)}: {_what(code)}",
            counts=_counts(code),
            said=line.said_on(first.day) if line and own else "",
            decided=next((self.decided[s] for s in run if s in self.decided), ""),
            asks=bool(waits),
        )

    @cached_property
    def _unexplained(self) -> frozenset[Session]:
        return frozenset(unexplained(self.day.marks, self.day.notices))

    @property
    def help(self) -> tuple[Line, ...]:
        return help_lines(self.day.setting, self.day.today)

    @property
    def school(self) -> School:
        return school_lines(self.day.setting, self.day.today)


def _week(cell: WeekCell) -> Week:
    met = {pair.day.weekday(): pair for pair in cell.days}
    return Week(cell.monday, tuple(met.get(weekday) for weekday in range(5)))


def _runs(
    marks: Mapping[Session, str], meets: Callable[[Session, Session], bool]
) -> Iterator[tuple[Code, tuple[Session, ...]]]:
    """Sessions that follow one another with one letter."""
    for letter, of_letter in groupby(marks, key=marks.__getitem__):
        run: list[Session] = []
        for session in of_letter:
            if run and not meets(run[-1], session):
                yield code_set_on(run[0].day)[letter], tuple(run)
                run = []
            run.append(session)
        yield code_set_on(run[0].day)[letter], tuple(run)


def _is_away(code: Code) -> bool:
    return code.absence or (code.statistical is Statistical.NOT_POSSIBLE)


_PLAINLY = {
    UNEXPLAINED: "the school does not know why yet",
    "O": "no reason was given, or none that is accepted",
}
"""Codes whose names in the national list would not read well here."""


def _what(code: Code) -> str:
    return _PLAINLY.get(code.letter) or code.name[:1].lower() + code.name[1:]


def _counts(code: Code) -> str:
    if code.letter == UNEXPLAINED:
        return ""
    if code.absence:
        return "authorised" if code.statistical is Statistical.AUTH else "not authorised"
    return "does not count for or against"


def _when(first: Session, last: Session) -> str:
    """'Tue 15 Sep, morning', 'Tue 15 Sep', 'Tue 15 Sep to Thu 17 Sep'."""
    if first == last:
        return f"{short_day(first.day)}, {first.half.word}"
    if first.day == last.day:
        return short_day(first.day)
    return f"{short_day(first.day)} to {short_day(last.day)}"


def in_halves(days: Fraction) -> str:
    """'3', '3½': school days in halves."""
    whole, half = divmod(round(days * 2), 2)
    return f"{whole or ('' if half else 0)}{'½' * half}"


def about(number: Fraction) -> str:
    """A fraction to the nearest whole, halves up: '57'."""
    return str(int(number + Fraction(1, 2)))


def shown(days: Fraction) -> str:
    """Days to one decimal, without a nought: '9.5', '19'."""
    tenths = int(days * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def decided_words(lines: Iterable[DecisionLine]) -> dict[Session, str]:
    """The newest decision of each session: the mark, when, and by which role. No name is told (O-B-12.2)."""
    return {decided.session: _decision(line, decided.session) for line in lines for decided in line.sessions}


def _decision(line: DecisionLine, session: Session) -> str:
    by = f", by the {line.by_position[:1].lower()}{line.by_position[1:]}" if line.by_position else ""
    return f"{_what(code_set_on(session.day)[line.code])}, {moment(line.at)}{by}"
