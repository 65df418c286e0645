"""Marks that every engine is to count alike: every code in each of its meanings, at two schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import transaction

from allpresent.core.calendar.closures import days_from
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.people.models import Pupil
from allpresent.registers.ledger import NewEntry, enter
from allpresent.registers.models import Source
from allpresent.schools.models import School
from tests import world

BEFORE, AFTER = date(2024, 8, 18), date(2024, 8, 19)
"""The last day of the old codes and the first of the new, in the middle of an academic year as it is counted."""
SPANS = ((date(2023, 9, 4), date(2023, 9, 24)), (date(2024, 8, 8), date(2024, 8, 31)))
"""Days of 2023/24, and days of 2024/25 on both sides of the change."""
SCHOOLS, PUPILS = 2, 3
ENTERED = datetime(2024, 9, 2, 9, tzinfo=UTC)


class Made(NamedTuple):
    """A mark of a pupil of a school, both numbered from 0."""

    school: int
    pupil: int
    session: Session
    code: str


class Marked(NamedTuple):
    """A mark in the registers, and whose."""

    school: School
    pupil: Pupil
    session: Session
    code: str


def made() -> list[Made]:
    """Two schools of three pupils, each code several times."""
    return [Made(place // PUPILS, place, *mark) for place in range(SCHOOLS * PUPILS) for mark in _codes(place)]


def marked() -> list[Marked]:
    """The same, entered in the registers."""
    schools = [world.a_school(name=f"Orchard School {number}", policy="", terms=()) for number in range(SCHOOLS)]
    pupils = [_pupil(schools[place // PUPILS], place) for place in range(SCHOOLS * PUPILS)]
    found = [Marked(schools[mark.school], pupils[mark.pupil], mark.session, mark.code) for mark in made()]
    with transaction.atomic():
        for school in schools:
            mine = [mark for mark in found if mark.school == school]
            entries = [NewEntry(one.pupil.id, one.session, 1, one.code, Source.REGISTER) for one in mine]
            enter(school.id, entries, by=world.OFFICE, at=ENTERED)
    return found


def _pupil(school: School, place: int) -> Pupil:
    return world.a_pupil(school=school, year_group=str(4 + place), sex="FM"[place % 2], starting=date(2023, 9, 1))


def _sessions() -> list[Session]:
    return [Session(day, half) for first, last in SPANS for day in days_from(first, last) for half in Half]


def _codes(step: int) -> Iterator[tuple[Session, str]]:
    """The codes of the day one after another, each pupil at a pace and from a place of their own."""
    for number, session in enumerate(_sessions()):
        letters = sorted(code_set_on(session.day))
        yield session, letters[(number * (step + 1) + step) % len(letters)]
