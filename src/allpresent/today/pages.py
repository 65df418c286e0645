"""Today as each role sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.calls.pages import RowView
from allpresent.calls.queries import Row
from allpresent.core.calendar.sessions import Half
from allpresent.core.register.state import RegisterState
from allpresent.registers.queries import RegisterOfDay
from allpresent.schools.models import School
from allpresent.shared.words import clock_time, count_of, long_day
from allpresent.today.day import SchoolDay, sees_all
from allpresent.today.headlines import headline

LONG_OVERDUE = 240
"""Minutes after which how many no longer helps."""


@dataclass(frozen=True)
class RegisterCard:
    """One register as Today lists it."""

    register: RegisterOfDay
    state: str
    tone: str

    @property
    def button(self) -> str:
        """What the one button says: nothing while there is nothing to do."""
        if self.register.status.state is RegisterState.BEFORE:
            return ""
        return "Take the register" if self.register.taken is None else "Open the register"


@dataclass(frozen=True)
class TodayPage:
    """Made of a school day, for one person. `own` are her classes' registers, where she sees no others.

    `calls` are the absences about which something is owed now; `later`, `quiet` and `ended` as the board has them.
    """

    day: SchoolDay
    headline: str
    next: str
    half: Half
    own: tuple[RegisterCard, ...]
    owed: tuple[RegisterCard, ...]
    in_count: int
    calls: tuple[RowView, ...]
    later: tuple[RowView, ...]
    quiet: tuple[RowView, ...]
    ended: tuple[RowView, ...]
    sees_names: bool
    records_late: bool
    records_notices: bool
    settles: bool
    keeps_policy: bool
    keeps_calendar: bool


def today_page(day: SchoolDay, school: School, staff: Staff, *, now: datetime) -> TodayPage:
    """The page of one person at one moment."""
    half = current_half(day, now)
    whole = sees_all(staff, school)
    own = () if whole else day.registers
    sees_names = staff.may(Right.SEE_REGISTERS, school)

    def calls(rows: Iterable[Row]) -> tuple[RowView, ...]:
        return tuple(RowView(row, staff.may(Right.SEE_RESTRICTED, school), now) for row in rows)

    return TodayPage(
        day=day,
        headline=headline(day, half, own, sees_names=sees_names, own_only=not whole),
        next=_next(day, now),
        half=half,
        own=tuple(map(_card, own)),
        owed=tuple(_card(register) for register in day.registers if register.is_owed),
        in_count=sum(register.taken is not None for register in day.of(half)),
        calls=calls(day.board.rows if day.board else ()),
        later=calls(day.board.later if day.board else ()),
        quiet=calls(day.board.quiet if day.board else ()),
        ended=calls(day.board.ended if day.board else ()),
        sees_names=sees_names,
        records_late=staff.may(Right.RECORD_LATE, school),
        records_notices=staff.may(Right.RECORD_NOTICE, school),
        settles=staff.may(Right.SETTLE_ABSENCE, school),
        keeps_policy=staff.may(Right.KEEP_POLICY, school),
        keeps_calendar=staff.may(Right.KEEP_CALENDAR, school),
    )


def current_half(day: SchoolDay, now: datetime) -> Half:
    """The half of the day that the page is about: the afternoon once its first register has opened."""
    opened = any(register.status.opens_at <= now for register in day.of(Half.PM))
    return Half.PM if opened or not day.of(Half.AM) else Half.AM


def _next(day: SchoolDay, now: datetime) -> str:
    """When the next registers open."""
    coming = [register for register in day.registers if now < register.status.opens_at]
    if coming:
        first = min(coming, key=lambda register: register.status.opens_at)
        return f"The {first.session.half.word} registers open at {clock_time(first.window.opens)}."
    return f"The next school day is {long_day(day.next_day)}." if day.next_day else ""


def _card(register: RegisterOfDay) -> RegisterCard:
    status, window = register.status, register.window
    if register.taken:
        at = clock_time(register.taken.at)
        blank = f", {count_of(register.blanks, 'blank')} left" if register.blanks else ""
        return RegisterCard(register, f"In at {at}, {register.taken.by_name}{blank}", "in")
    match status.state:
        case RegisterState.BEFORE:
            return RegisterCard(register, f"Opens at {clock_time(window.opens)}", "soon")
        case RegisterState.OVERDUE:
            return RegisterCard(register, f"Not in: {_overdue(register)}", "owed")
    left = count_of(status.minutes_left, "minute")
    return RegisterCard(register, f"Open until {clock_time(window.closes)}, {left} left", "open")


def _overdue(register: RegisterOfDay) -> str:
    minutes = register.status.minutes_overdue
    if 0 < minutes < LONG_OVERDUE:
        return f"{count_of(minutes, 'minute')} overdue"
    return f"it was due by {clock_time(register.status.due_at)}"
