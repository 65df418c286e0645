"""The headline of Today: one sentence that answers the question before it is asked."""

from __future__ import annotations

from collections.abc import Iterable

from allpresent.core.calendar.sessions import Half
from allpresent.core.register.state import RegisterState
from allpresent.registers.queries import RegisterOfDay
from allpresent.shared.words import clock_time, count_of
from allpresent.today.day import SchoolDay


def headline(day: SchoolDay, half: Half, own: Iterable[RegisterOfDay], *, sees_names: bool, own_only: bool) -> str:
    """What matters most now. `own_only`: the person sees her own classes' registers and no others."""
    if not day.registers:
        return _nothing(day, own_only)
    if own_only:
        return _own(tuple(own), half)
    words = day.setting.words_on(day.day)
    if day.unaccounted and sees_names:
        return f"{count_of(day.unaccounted, words.pupil, words.pupils)} unaccounted for"
    owed = sum(register.is_owed for register in day.registers)
    if owed:
        return f"{count_of(owed, 'register')} not in"
    if all(register.status.state is RegisterState.BEFORE for register in day.of(half)):
        return f"Registers open at {clock_time(day.of(half)[0].window.opens)}"
    return "Everyone is accounted for" if sees_names else "Every register that is due is in"


def _own(own: tuple[RegisterOfDay, ...], half: Half) -> str:
    waiting = [register for register in own if register.taken is None]
    register = next(
        (one for one in waiting if one.is_owed), next((one for one in waiting if one.session.half is half), None)
    )
    if register is None:
        return f"Your {half.word} register is in"
    status, window = register.status, register.window
    if status.state is RegisterState.BEFORE:
        return f"Your register opens at {clock_time(window.opens)}"
    if status.state is RegisterState.OVERDUE:
        return f"Your {register.session.half.word} register is overdue: it was due by {clock_time(status.due_at)}"
    return f"Your register closes in {count_of(status.minutes_left, 'minute')}"


def _nothing(day: SchoolDay, own_only: bool) -> str:
    if day.missing:
        return "Registers cannot be taken today"
    if day.meets:
        return "You have no class yet" if own_only else "No class has anybody in it yet"
    if not day.setting.calendar.terms:
        return "The calendar has no terms yet"
    return f"No school today: {day.closures[0].reason}" if day.closures else "No school today"
