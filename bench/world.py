"""The trust that is measured: forty schools, and years of marks behind them.

Three primary schools of 14 classes of 30, whose registers are taken; a secondary school of 1,500; and thirty-six
village schools of 60, whose earlier days are kept thinly (bench/history.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Contact, Enrolment, GroupMembership, Pupil, PupilContact
from allpresent.schools.models import Group, School
from bench.history import lay_down, remember
from tests.world import YEAR, a_school, a_trust, session_cookie, staff

SCHOOLS, CLASSES, PUPILS = 3, 14, 30
LARGE, VILLAGES, VILLAGE = 50, 36, 2
"""Classes of the secondary school, how many village schools there are, and classes of each."""
BLANK_DAYS = 20
"""The last days of the year, whose registers nobody has taken yet: they are taken in the measurements."""
MORNINGS = 3
"""The first of those days: the mornings of Today and of the tick."""
LATELY = 24
"""The last days whose marks every school has, a village too."""
YEAR_OF_DAYS = timedelta(weeks=52)
THIS_YEAR = date(2026, 9, 1)


class Teacher(NamedTuple):
    """A signed-in teacher and the class whose registers she takes."""

    cookie: str
    school: str
    school_id: int
    group: str
    group_id: int
    pupils: tuple[int, ...]

    def path(self, session: Session) -> str:
        return f"/{self.school}/registers/{self.group}/{session.day}/{session.half.lower()}/"


class World(NamedTuple):
    """Who there is; the mornings; the sessions whose registers are still to be taken, oldest first.

    `schools`: all forty. `large`: the secondary school; `office`: the cookie of its office.
    """

    teachers: tuple[Teacher, ...]
    schools: tuple[School, ...]
    large: School
    office: str
    mornings: tuple[date, ...]
    sessions: tuple[Session, ...]


def build(years: int) -> World:
    """A world with this many years of marks, the present one included."""
    with transaction.atomic():
        trust = a_trust(name="Bench Trust")
        schools = [_school(f"School {n}", trust, years) for n in range(1, SCHOOLS + 1)]
        teachers = tuple(_teacher(school, n, years) for school in schools for n in range(1, CLASSES + 1))
        large = _school("Large School", trust, years, classes=LARGE)
        villages = [_village(n, trust, years) for n in range(1, VILLAGES + 1)]
        office = session_cookie(staff(role=Role.OFFICE, school=large))
    days = list(_school_days(years))
    _write_history(days[:-BLANK_DAYS], [*schools, large])
    settle()
    blank = days[-BLANK_DAYS:]
    mornings, rest = tuple(blank[:MORNINGS]), tuple(_sessions(blank[MORNINGS:]))
    return World(teachers, (*schools, large, *villages), large, office, mornings, rest)


def _write_history(days: list[date], whole: list[School]) -> None:
    """Every session of the schools that are kept whole; of the villages one day in five, and those of late."""
    thin = {day for n, day in enumerate(days) if n % 5 == 0 or n >= len(days) - LATELY}
    of_all, of_whole = list(_sessions(sorted(thin))), list(_sessions(day for day in days if day not in thin))
    last = max(school.id for school in whole)
    lay_down([(session, None) for session in of_all] + [(session, last) for session in of_whole])
    remember()


def _village(number: int, trust, years: int) -> School:
    return _school(f"Village {number}", trust, years, classes=VILLAGE, policy=("ogbourne", "magnum")[number % 2])


def _school(name: str, trust, years: int, *, classes: int = 0, policy: str = "ogbourne") -> School:
    """A school, with so many classes that no teacher of ours takes."""
    school = a_school(name=name, trust=trust, terms=tuple(_terms(years)), policy=policy)
    for number in range(1, classes + 1):
        _class(school, number, years)
    return school


def _terms(years: int) -> Iterator[tuple[str, date, date]]:
    for year in reversed(range(years)):
        for name, starts, ends in YEAR:
            yield name, starts - year * YEAR_OF_DAYS, ends - year * YEAR_OF_DAYS


def _school_days(years: int) -> Iterator[date]:
    for _, starts, ends in _terms(years):
        days = (starts + timedelta(days=n) for n in range((ends - starts).days + 1))
        yield from (day for day in days if day.weekday() < 5)


def _sessions(days: Iterable[date]) -> Iterator[Session]:
    return (Session(day, half) for day in days for half in Half)


def _teacher(school: School, number: int, years: int) -> Teacher:
    """A class with its teacher, signed in."""
    group, ids = _class(school, number, years)
    user = staff(role=Role.TEACHER, school=school, groups=[group])
    return Teacher(session_cookie(user), school.slug, school.id, group.slug, group.id, ids)


def _class(school: School, number: int, years: int) -> tuple[Group, tuple[int, ...]]:
    """A class and its pupils, with a parent each and the classes they were in before."""
    groups = [_group(school, number, year) for year in range(years)]
    begins = THIS_YEAR - (years - 1) * YEAR_OF_DAYS
    pupils = Pupil.objects.bulk_create(
        Pupil(school=school, surname=f"Ashby{n:02}", forename=f"Alex{number}", born=date(2018, 3, n % 28 + 1))
        for n in range(PUPILS)
    )
    _parents(school, pupils)
    Enrolment.objects.bulk_create(Enrolment(pupil=pupil, begins=begins) for pupil in pupils)
    GroupMembership.objects.bulk_create(
        _membership(pupil, group, year) for year, group in enumerate(groups) for pupil in pupils
    )
    return groups[0], tuple(pupil.id for pupil in pupils)


def _parents(school: School, pupils: list[Pupil]) -> None:
    contacts = Contact.objects.bulk_create(
        Contact(school=school, name=f"Parent of {pupil}", mobile="07700 900123", email=f"parent{pupil.id}@example.org")
        for pupil in pupils
    )
    PupilContact.objects.bulk_create(
        PupilContact(pupil=pupil, contact=contact, relation="Mother", is_parent=True, calling_order=1)
        for pupil, contact in zip(pupils, contacts, strict=True)
    )


def _group(school: School, number: int, years_ago: int) -> Group:
    name = f"Class {number}" + (f" of {THIS_YEAR.year - years_ago}" if years_ago else "")
    closed = THIS_YEAR - years_ago * YEAR_OF_DAYS + YEAR_OF_DAYS if years_ago else None
    return Group.objects.create(school=school, name=name, slug=name.lower().replace(" ", "-"), closed_on=closed)


def _membership(pupil: Pupil, group: Group, years_ago: int) -> GroupMembership:
    begins = THIS_YEAR - years_ago * YEAR_OF_DAYS
    ends = begins + YEAR_OF_DAYS - timedelta(days=1) if years_ago else None
    return GroupMembership(pupil=pupil, group=group, begins=begins, ends=ends)


def settle() -> None:
    """As a database that has been in use for a while: its statistics known, its journal written away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def marks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registers_currentmark")
        return cursor.fetchone()[0]
