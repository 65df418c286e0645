"""The code that an arrival earns, by the time of day and what is known of the reason."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import Code, CodeSet, Statistical
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.core.register.sheet import PRESENT_MARK
from allpresent.core.register.window import Window, minutes_between

_EXCUSES = frozenset({Statistical.AUTH, Statistical.NOT_POSSIBLE})


class ArrivalCode(NamedTuple):
    """The mark an arrival earns.

    `minutes_late` counts whole minutes from the expected arrival; None if on time. `why` says it in
    words; `sources` are the policy clauses of the window, then the paragraphs of the law.
    """

    letter: str
    minutes_late: int | None
    why: str
    sources: tuple[str, ...]


def code_for_arrival(
    window: Window,
    day: date,
    arrived_at: datetime,
    *,
    half: Half,
    better_reason: str | None,
    codes: CodeSet,
    current: str | None = None,
) -> ArrivalCode | Fault:
    """The mark of a pupil who arrived at an instant (aware), read as the minute London clocks showed.

    On time: the present mark. After that, and before the late limit: L, whatever the reason, for the pupil
    is in school while the register is being taken. Later, but before the session's end: U, unless a better
    reason applies. `better_reason` is the code of one; `current`, the mark in force, is one too if it is an
    authorised or not-possible code of Table 3 (a planned M stays M when the appointment cost the pupil
    registration). A Fault when the arrival belongs to another day or to no session, when the pupil is
    already present, or when the better reason is no reason for absence.
    (Reg 10(2) and Table 3; clauses M-4.1c, M-4.4a, O-B-3.1.4, O-B-3.1.8, O-B-3.1.9; part 4 row 4.)
    """
    arrived_on, clock = wall_clock(arrived_at)
    minute = clock.replace(second=0, microsecond=0)
    fault = _not_an_arrival(window, day, arrived_on, minute) or _already_here(current, half)
    if fault:
        return fault
    if better_reason is not None and not _excuses(codes.get(better_reason)):
        return _no_excuse(better_reason)
    if minute <= window.last_on_time:
        return _on_time(window, half)
    if minute < window.late_limit:
        return _late(window, minute)
    if better_reason is None and current is not None and _excuses(codes.get(current)):
        better_reason = current
    return _missed(window, minute, better_reason)


def _on_time(window: Window, half: Half) -> ArrivalCode:
    why = f"Here by {window.last_on_time:%H:%M}, so on time."
    return ArrivalCode(PRESENT_MARK[half], None, why, (*window.clauses, "R24 reg 10(2)"))


def _late(window: Window, minute: time) -> ArrivalCode:
    why = f"Here at {minute:%H:%M}: later than {window.last_on_time:%H:%M}, before {window.late_limit:%H:%M}."
    minutes = minutes_between(window.on_time_until, minute)
    return ArrivalCode("L", minutes, why, (*window.clauses, "R24 reg 10(2)"))


def _missed(window: Window, minute: time, reason: str | None) -> ArrivalCode:
    minutes = minutes_between(window.on_time_until, minute)
    sources = (*window.clauses, "R24 reg 10 Table 3")
    missed = f"Here at {minute:%H:%M}, when {window.late_limit:%H:%M} had passed"
    if reason is None:
        return ArrivalCode("U", minutes, f"{missed}, with no better reason: absent from registration.", sources)
    return ArrivalCode(reason, minutes, f"{missed}, but {reason} explains it.", sources)


def _excuses(code: Code | None) -> bool:
    """Whether a code is a reason for absence that spares a pupil U: Table 3, authorised or not possible."""
    return code is not None and code.table == 3 and code.statistical in _EXCUSES


def _no_excuse(letter: str) -> Fault:
    return Fault(
        ProblemKind.BETTER_REASON,
        f"“{letter}” does not excuse coming late. Choose an authorised code, such as M, or one of Y1 to Y7.",
    )


def _already_here(current: str | None, half: Half) -> Fault | None:
    if current != PRESENT_MARK[half]:
        return None
    return Fault(
        ProblemKind.NOT_AN_ARRIVAL,
        f"{current} says that the pupil was here at registration. If she was not, amend the mark first.",
    )


def _not_an_arrival(window: Window, day: date, arrived_on: date, minute: time) -> Fault | None:
    if arrived_on != day:
        return Fault(
            ProblemKind.NOT_AN_ARRIVAL,
            f"The arrival is on {arrived_on:%d %B %Y}, the register is of {day:%d %B %Y}. Choose that day's.",
        )
    if window.session_ends is not None and minute >= window.session_ends:
        return Fault(
            ProblemKind.NOT_AN_ARRIVAL,
            f"The session ended at {window.session_ends:%H:%M}, so {minute:%H:%M} is no arrival for it. "
            "Record the arrival in the next session.",
        )
    return None
