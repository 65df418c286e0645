"""The registers of the year before, as the places' former system kept them, brought in at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Session
from allpresent.core.register.sheet import PRESENT_MARK
from allpresent.demo.absence import Away, How, Year, draw, of_week
from allpresent.demo.before import first_day, last_day, leavers, was_here
from allpresent.demo.children import Child, children
from allpresent.demo.places import BEFORE, Place, places, planned_year
from allpresent.demo.reading import chance, read
from allpresent.demo.trust import SET_UP
from allpresent.people.models import Pupil
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School

MOST = 90.0
"""The highest rate of absence that a child is given, per cent."""


def brought_in_at() -> datetime:
    """In the holidays after that year."""
    return at(last_day() + timedelta(days=30), time(10))


def bring_in_last_year(say: Callable[[str], None]) -> None:
    """Write the marks of the year before. Must be called inside the transaction that makes the demonstration."""
    say("the registers of last year, from the former system")
    for place in places():
        bring_in(place)


def bring_in(place: Place) -> None:
    """The same of one place."""
    school = School.objects.get(slug=place.slug)
    ids = dict(Pupil.objects.filter(school=school).values_list("upn", "id"))
    for child in who_was_at(place):
        enter(school.id, _entries(child, ids[child.upn]), by=SET_UP, at=brought_in_at())


def who_was_at(place: Place) -> tuple[Child, ...]:
    return tuple(child for child in (*children(), *leavers()) if child.place == place.id and was_here(child))


def _entries(child: Child, pupil_id: int) -> Iterator[NewEntry]:
    for session, mark in former_marks(child):
        yield NewEntry(pupil_id, session, 1, mark.code, Source.HISTORY, mark.minutes or None, mark.detail)


def former_marks(child: Child) -> Iterator[tuple[Session, Away]]:
    """Every mark of a child in the year before, in order."""
    sessions = of_week(child, planned_year(BEFORE).sessions_between(first_day(), last_day()))
    away = former_year(child, sessions)
    return ((session, away.get(session) or Away(PRESENT_MARK[session.half], How.BEFORE)) for session in sessions)


def former_year(child: Child, sessions: tuple[Session, ...]) -> Year:
    """The sessions of the year before at which the child was not simply present."""
    rng = chance(child.key, "last year")
    share = read(BEFORE)["appointments"] / 100
    year: Year = {session: Away("M", How.AHEAD, "Appointment") for session in sessions if rng.random() < share}
    draw(rng, replace(child, rate=former_rate(rng, child.rate)), sessions, year)
    return year


def former_rate(rng: Random, rate: float) -> float:
    """The child's share of sessions missed then, per cent: for some another one altogether, else about as now."""
    changes = read(BEFORE)["changes"]
    held = rng.random()
    for change in changes:
        held -= change["share"]
        if held < 0:
            return min(MOST, rate * change["times"] + change["points"])
    return min(MOST, rate * rng.uniform(*read(BEFORE)["spread"]))
