"""Today as each role sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff
from allpresent.core.calendar.sessions import Half
from allpresent.core.register.state import RegisterState
from allpresent.schools.models import School
from allpresent.shared.words import clock_time, count_of, long_day
from allpresent.today.day import RegisterOfDay, SchoolDay


@dataclass(frozen=True)
class RegisterCard:
    """One register as Today lists it."""

    register: RegisterOfDay
    state: str
    tone: str
    mine: bool

    @property
    def button(self) -> str:
        """What the one button says: nothing while there is nothing to do."""
        if self.register.status.state is RegisterState.BEFORE:
            return ""
        return "Take the register" if self.register.taken is None else "Open the register"


@dataclass(frozen=True)
class TodayPage:
    """Made of a school day, for one person."""

    day: SchoolDay
    headline: str
    below: str
    half: Half
    own: tuple[RegisterCard, ...]
    owed: tuple[RegisterCard, ...]
    coming: tuple[RegisterCard, ...]
    in_count: int
    sees_names: bool
    sees_school: bool
    records_late: bool
    closes_school: bool

    @property
    def unexplained(self):
        return tuple(self.day.unexplained)

    @property
    def late(self):
        return tuple(self.day.late)

    @property
    def planned(self):
        return tuple(self.day.planned)


def today_page(day: SchoolDay, school: School, staff: Staff, *, now: datetime) -> TodayPage:
    """The page of one person at one moment."""
    half = current_half(day, now)
    own_groups = staff.own_groups(school)
    cards = tuple(_card(register, register.group.id in own_groups) for register in day.registers)
    now_cards = tuple(card for card in cards if card.register.session.half is half)
    owed = tuple(card for card in cards if card.register.is_owed)
    own = tuple(card for card in cards if card.mine)
    sees_names = staff.may(Right.SEE_REGISTERS, school)
    whole = staff.sees_whole_school(school)
    return TodayPage(
        day=day,
        headline=_headline(day, half, own if own and not whole else (), owed, sees_names),
        below=long_day(day.day),
        half=half,
        own=own,
        owed=owed,
        coming=tuple(card for card in now_cards if card.register.status.state is RegisterState.BEFORE),
        in_count=sum(card.register.taken is not None for card in now_cards),
        sees_names=sees_names,
        sees_school=whole,
        records_late=staff.may(Right.RECORD_LATE, school),
        closes_school=staff.may(Right.CLOSE_SCHOOL, school),
    )


def current_half(day: SchoolDay, now: datetime) -> Half:
    """The half of the day that the page is about: the afternoon once its first register has opened."""
    opened = any(register.status.opens_at <= now for register in day.of(Half.PM))
    return Half.PM if opened or not day.of(Half.AM) else Half.AM


def _card(register: RegisterOfDay, mine: bool) -> RegisterCard:
    status, window = register.status, register.window
    if register.taken:
        at = clock_time(register.taken.at)
        blank = f", {count_of(register.blanks, 'blank')} left" if register.blanks else ""
        return RegisterCard(register, f"In at {at}, {register.taken.by_name}{blank}", "in", mine)
    match status.state:
        case RegisterState.BEFORE:
            return RegisterCard(register, f"Opens at {clock_time(window.opens)}", "soon", mine)
        case RegisterState.OVERDUE:
            late = count_of(status.minutes_overdue, "minute") if status.minutes_overdue < 240 else "long"
            return RegisterCard(register, f"Not in: {late} overdue", "owed", mine)
    return RegisterCard(
        register, f"Open until {clock_time(window.closes)}, {count_of(status.minutes_left, 'minute')} left", "open", mine
    )


def _headline(
    day: SchoolDay, half: Half, own: tuple[RegisterCard, ...], owed: tuple[RegisterCard, ...], sees_names: bool
) -> str:
    if not day.registers:
        return _no_school(day)
    if own:
        return _own_headline(own, half)
    unexplained = len(list(day.unexplained))
    if unexplained and sees_names:
        return f"{count_of(unexplained, 'child', 'children')} unaccounted for".capitalize()
    if owed:
        return f"{count_of(len(owed), 'register')} not in".capitalize()
    if all(register.status.state is RegisterState.BEFORE for register in day.of(half)):
        return f"Registers open at {clock_time(day.of(half)[0].window.opens)}"
    return "Everyone is accounted for"


def _own_headline(own: tuple[RegisterCard, ...], half: Half) -> str:
    card = next((card for card in own if card.register.taken is None and card.register.session.half is half), None)
    if card is None:
        return f"Your {half.word} register is in"
    status, window = card.register.status, card.register.window
    match status.state:
        case RegisterState.BEFORE:
            return f"Your register opens at {clock_time(window.opens)}"
        case RegisterState.OVERDUE:
            return "Your register is overdue"
    return f"Your register closes in {count_of(status.minutes_left, 'minute')}"


def _no_school(day: SchoolDay) -> str:
    if day.closures:
        return f"No school today: {day.closures[0].reason}"
    after = f" The next school day is {long_day(day.next_day)}." if day.next_day else ""
    return f"No school today.{after}"
