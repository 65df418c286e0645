"""What each commissioner is to be told of the day's registers: their pupils, marked or not yet (M-3.3b, M-3.3c)."""

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
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.people.queries import Place, RollPupil, places_on, pupils_on_roll
from allpresent.registers import queries
from allpresent.registers.days import read_day
from allpresent.registers.missing import says_what_is_missing
from allpresent.registers.pages import Cell, cell
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import count_of


class Said(NamedTuple):
    """What is to be said of one pupil's session. `cell` is None where no mark is due, or none is there yet."""

    session: Session
    cell: Cell | None
    says: str


class Line(NamedTuple):
    pupil: RollPupil
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Commissioner:
    """One commissioner, whom to tell there, and their pupils' day."""

    name: str
    contacts: tuple[Place, ...]
    lines: tuple[Line, ...]


@needs(Right.SEE_CONTACTS)
@says_what_is_missing
def commissioners(request: StaffRequest) -> HttpResponse:
    """The day by commissioner, to read out, to send or to print."""
    day, wrong = read_day(request.GET.get("day", ""), clock.today())
    page = {"day": day, "wrong": wrong, "commissioners": tuple(_commissioners(request.school, day))}
    return render(request, "registers/commissioners.html", page, status=400 if wrong else 200)


def _commissioners(school: School, day: date) -> Iterator[Commissioner]:
    sessions = setting_of(school).calendar.sessions_on(day)
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, day)}
    marks = {session: queries.school_marks(school, session) for session in sessions}
    for name, run in groupby(places_on(school, day), key=lambda place: place.commissioner):
        places = [place for place in run if place.pupil_id in pupils]
        lines = tuple(_line(pupils[place.pupil_id], sessions, marks) for place in places)
        yield Commissioner(name, tuple(_contacts(places)), lines)


def _contacts(places: list[Place]) -> Iterator[Place]:
    """One of each contact: several pupils of a commissioner share the person who is told."""
    found = {(place.contact_name, place.phone, place.email): place for place in places}
    return (place for contact, place in found.items() if any(contact))


def _line(pupil: RollPupil, sessions: tuple[Session, ...], marks) -> Line:
    return Line(pupil, tuple(_said(pupil, session, marks[session].get(pupil.id)) for session in sessions))


def _said(pupil: RollPupil, session: Session, mark: queries.Mark | None) -> Said:
    if mark is None:
        return Said(session, None, "no mark yet" if pupil.expected_at(session) else "not expected")
    codes = code_set_on(session.day)
    late = f", {count_of(mark.minutes_late, 'minute')} late" if mark.minutes_late else ""
    return Said(session, cell(mark.code, codes), f"{codes[mark.code].name}{late}")
