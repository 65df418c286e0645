"""The registers of a day: which are in, which are not, and the way to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.closures import Closure
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.register.state import RegisterState
from allpresent.registers import queries
from allpresent.registers.missing import says_what_is_missing
from allpresent.registers.pages import when_taken
from allpresent.registers.queries import RegisterOfDay
from allpresent.schools.models import Group, School
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import clock_time, count_of

MANY_MINUTES = 180
"""Beyond this many minutes overdue, the number says nothing more."""


class RegisterLine(NamedTuple):
    """One register in words. `tone`: a style sheet's word."""

    half: Half
    says: str
    tone: str


@dataclass(frozen=True)
class DayPage:
    """Every register that this person may see on a day."""

    day: date
    today: date
    wrong: str
    groups: tuple[tuple[Group, tuple[RegisterLine, ...]], ...]
    closures: tuple[Closure, ...]
    previous_day: date | None
    next_day: date | None
    not_in: int


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def registers(request: StaffRequest) -> HttpResponse:
    """The registers of today, or of the day asked for."""
    now = clock.now()
    today = now.astimezone(clock.LONDON).date()
    day, wrong = read_day(request.GET.get("day", ""), today)
    only = (
        None
        if request.staff.reaches_all(Right.SEE_REGISTERS, request.school)
        else request.staff.own_groups(request.school)
    )
    found = queries.registers_of_day(request.school, day, now=now, only=only)
    page = _page(request.school, found, day, today, wrong)
    return render(request, "registers/registers.html", {"page": page}, status=400 if wrong else 200)


def read_day(text: str, today: date) -> tuple[date, str]:
    """The day written in the address, and what is wrong with it: then it is today."""
    if not text:
        return today, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, f"“{text[:40]}” is not a date. Give a day, a month and a year."
    if not 2000 <= day.year < 2100:
        return today, f"{day.year} is not a year that registers are kept for. Give a date near today."
    return day, ""


def _page(school: School, found: tuple[RegisterOfDay, ...], day: date, today: date, wrong: str) -> DayPage:
    setting = setting_of(school)
    return DayPage(
        day=day,
        today=today,
        wrong=wrong,
        groups=tuple(_grouped(found)),
        closures=tuple(closure for half in Half if (closure := setting.closure_on(Session(day, half)))),
        previous_day=next(iter(setting.calendar.previous_school_days(day, 1)), None),
        next_day=setting.calendar.next_school_day(day),
        not_in=sum(register.status.state is RegisterState.OVERDUE for register in found),
    )


def _grouped(found: tuple[RegisterOfDay, ...]) -> Iterator[tuple[Group, tuple[RegisterLine, ...]]]:
    for group, registers in groupby(found, key=lambda register: register.group):
        yield group, tuple(_line(register) for register in registers)


def _line(register: RegisterOfDay) -> RegisterLine:
    says, tone = _state(register)
    if register.blanks and register.status.state is not RegisterState.BEFORE:
        says = f"{says}; {count_of(register.blanks, 'blank')} of {register.expected}"
    return RegisterLine(register.session.half, says, tone)


def _state(register: RegisterOfDay) -> tuple[str, str]:
    status, window, taken = register.status, register.window, register.taken
    if taken:
        return f"Taken {when_taken(taken, register.session.day)} by {taken.by_name}", "in"
    match status.state:
        case RegisterState.BEFORE:
            return f"Opens at {clock_time(window.opens)}", "soon"
        case RegisterState.OVERDUE if status.minutes_overdue == 0:
            return "Not taken, due now", "owed"
        case RegisterState.OVERDUE if status.minutes_overdue < MANY_MINUTES:
            return f"Not taken, {count_of(status.minutes_overdue, 'minute')} overdue", "owed"
        case RegisterState.OVERDUE:
            return f"Not taken: it was due by {clock_time(status.due_at)}", "owed"
    return f"Open until {clock_time(window.closes)}, {count_of(status.minutes_left, 'minute')} left", "open"
