"""A pupil's year laid out as a paper register: terms of weeks, weeks of days, two marks a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.sessions import Half, Session


class Box(NamedTuple):
    """One session's square. `code` is None for a blank: not marked yet, and never read as present."""

    session: Session
    code: str | None


class DayPair(NamedTuple):
    """A day's two squares; None where the school has no session in that half."""

    day: date
    am: Box | None
    pm: Box | None


class WeekCell(NamedTuple):
    """A week that has at least one session, by its Monday, with the days that have sessions."""

    monday: date
    days: tuple[DayPair, ...]


class TermRow(NamedTuple):
    """A term and its weeks. A week that two terms share appears in both, each with its own days."""

    term: str
    weeks: tuple[WeekCell, ...]


def year_grid(
    sessions: Iterable[Session], marks: Mapping[Session, str], term_of: Callable[[date], str]
) -> tuple[TermRow, ...]:
    """Lay out the sessions the school meets, with the marks there are, by the term that each day belongs to.

    `marks` outside `sessions` are not shown. (Design: terms in rows, weeks in columns.)
    """
    days = [_day_pair(day, tuple(run), marks) for day, run in groupby(sorted(set(sessions)), key=lambda s: s.day)]
    return tuple(
        TermRow(term, tuple(WeekCell(monday, tuple(week)) for monday, week in groupby(run, key=_monday)))
        for term, run in groupby(days, key=lambda pair: term_of(pair.day))
    )


def _day_pair(day: date, sessions: tuple[Session, ...], marks: Mapping[Session, str]) -> DayPair:
    boxes = {session.half: Box(session, marks.get(session)) for session in sessions}
    return DayPair(day, boxes.get(Half.AM), boxes.get(Half.PM))


def _monday(pair: DayPair) -> date:
    return pair.day - timedelta(days=pair.day.weekday())
