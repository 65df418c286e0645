"""A pupil's year in one sentence, each part of which opens to the sessions it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import Code, Statistical, code_set_on
from allpresent.core.figures import Figure, tally_dated


class Part(NamedTuple):
    """One part of the figure: its name in the address, its words, how many, and which codes it counts."""

    key: str
    words: str
    count: int
    percent: float | None


_HOLDS: dict[str, tuple[str, Callable[[Code], bool]]] = {
    "possible": ("Possible sessions", lambda code: code.possible),
    "attendance": ("Attendance", lambda code: code.attendance),
    "present": ("Present", lambda code: code.present),
    "approved_activity": ("At an approved activity", lambda code: code.statistical is Statistical.AEA),
    "absence": ("Absence", lambda code: code.absence),
    "authorised": ("Authorised absence", lambda code: code.statistical is Statistical.AUTH),
    "unauthorised": ("Unauthorised absence", lambda code: code.statistical is Statistical.UNAUTH),
    "late": ("Late", lambda code: code.late),
}


def parts_of(figure: Figure) -> tuple[Part, ...]:
    """Every part of a figure that people open, in the order in which they are said."""
    percents = {
        "attendance": figure.attendance_percent,
        "absence": figure.absence_percent,
        "authorised": figure.authorised_percent,
        "unauthorised": figure.unauthorised_percent,
    }
    return tuple(Part(key, words, getattr(figure, key), percents.get(key)) for key, (words, _) in _HOLDS.items())


def figure_of(marks: Iterable[tuple[Session, str]]) -> Figure:
    """The figure of marks, each read with its own day's meaning."""
    return tally_dated((session.day, code) for session, code in marks)


def counted(marks: Iterable[tuple[Session, str]], key: str) -> tuple[Session, ...]:
    """The sessions that a part counts, in order. Raises KeyError for a part that there is not."""
    _, holds = _HOLDS[key]
    return tuple(sorted(session for session, code in marks if holds(code_set_on(session.day)[code])))
