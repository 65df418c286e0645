"""The trust that is measured: three primary schools, 42 classes of 30, and years of marks behind them.

History is written by the database itself, in the order of its days, as a school would have laid it down. Its seals are
blank: nothing measured here reads them.
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
from tests.world import YEAR, a_school, a_trust, session_cookie, staff

SCHOOLS, CLASSES, PUPILS = 3, 14, 30
BLANK_DAYS = 20
"""The last days of the year, whose registers nobody has taken yet: they are taken in the measurements."""
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
    """Who there is, and the sessions whose registers are still to be taken, oldest first."""

    teachers: tuple[Teacher, ...]
    sessions: tuple[Session, ...]


def build(years: int) -> World:
    """A world with this many years of marks, the present one included."""
    with transaction.atomic():
        trust = a_trust(name="Bench Trust")
        schools = [_school(f"School {n}", trust, years) for n in range(1, SCHOOLS + 1)]
        teachers = tuple(_teacher(school, n, years) for school in schools for n in range(1, CLASSES + 1))
    days = list(_school_days(years))
    _write_history(_sessions(days[:-BLANK_DAYS]))
    _settle()
    return World(teachers, tuple(_sessions(days[-BLANK_DAYS:])))


def _school(name: str, trust, years: int) -> School:
    return a_school(name=name, trust=trust, terms=tuple(_terms(years)))


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
    """A class, its pupils with a parent each, the classes they were in before, and their teacher."""
    groups = [_group(school, number, year) for year in range(years)]
    begins = THIS_YEAR - (years - 1) * YEAR_OF_DAYS
    pupils = Pupil.objects.bulk_create(
        Pupil(school=school, surname=f"Ashby{n:02}", forename=f"Alex{number}", born=date(2018, 3, n % 28 + 1))
        for n in range(PUPILS)
    )
    contacts = Contact.objects.bulk_create(Contact(school=school, name=f"Parent of {pupil}") for pupil in pupils)
    PupilContact.objects.bulk_create(
        PupilContact(pupil=pupil, contact=contact, relation="Mother", calling_order=1)
        for pupil, contact in zip(pupils, contacts, strict=True)
    )
    Enrolment.objects.bulk_create(Enrolment(pupil=pupil, begins=begins) for pupil in pupils)
    GroupMembership.objects.bulk_create(
        _membership(pupil, group, year) for year, group in enumerate(groups) for pupil in pupils
    )
    user = staff(role=Role.TEACHER, school=school, groups=groups[:1])
    ids = tuple(pupil.id for pupil in pupils)
    return Teacher(session_cookie(user), school.slug, school.id, groups[0].slug, groups[0].id, ids)


def _group(school: School, number: int, years_ago: int) -> Group:
    name = f"Class {number}" + (f" of {THIS_YEAR.year - years_ago}" if years_ago else "")
    closed = THIS_YEAR - years_ago * YEAR_OF_DAYS + YEAR_OF_DAYS if years_ago else None
    return Group.objects.create(school=school, name=name, slug=name.lower().replace(" ", "-"), closed_on=closed)


def _membership(pupil: Pupil, group: Group, years_ago: int) -> GroupMembership:
    begins = THIS_YEAR - years_ago * YEAR_OF_DAYS
    ends = begins + YEAR_OF_DAYS - timedelta(days=1) if years_ago else None
    return GroupMembership(pupil=pupil, group=group, begins=begins, ends=ends)


_SESSIONS = "CREATE TEMPORARY TABLE held (n integer, day date, half varchar(2), at timestamp with time zone)"
_CODE = "CASE (pupil.id * 7 + held.n) % 19 WHEN 0 THEN 'I' WHEN 1 THEN 'L' ELSE '/' END"
_EVERY_PUPIL = "FROM held CROSS JOIN people_pupil AS pupil ORDER BY held.n, pupil.id"
_ENTRIES = f"""
INSERT INTO registers_registerentry (school_id, pupil_id, day, half, version, code, minutes_late, detail, reason,
    source, at, by_id, by_name, by_position, seal)
SELECT pupil.school_id, pupil.id, held.day, held.half, 1, {_CODE}, NULL, '', '', 'register',
    held.at, NULL, 'A teacher of the bench', 'Class teacher', '' {_EVERY_PUPIL}"""
_MARKS = f"""
INSERT INTO registers_currentmark (school_id, pupil_id, day, half, version, code, minutes_late, detail, source)
SELECT pupil.school_id, pupil.id, held.day, held.half, 1, {_CODE}, NULL, '', 'register' {_EVERY_PUPIL}"""
_SUBMISSIONS = """
INSERT INTO registers_submission (school_id, group_id, day, half, key, at, by_id, by_name, by_position)
SELECT g.school_id, g.id, held.day, held.half, 'bench-' || g.id || '-' || held.n, held.at, NULL, 'A teacher', ''
FROM held CROSS JOIN schools_group AS g WHERE g.closed_on IS NULL ORDER BY held.n, g.id"""


def _write_history(sessions: Iterable[Session]) -> None:
    rows = [(n, str(held.day), str(held.half), f"{held.day} 08:55:00+00:00") for n, held in enumerate(sessions)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SESSIONS)
        cursor.executemany("INSERT INTO held VALUES (%s, %s, %s, %s)", rows)
        for statement in (_ENTRIES, _MARKS, _SUBMISSIONS):
            cursor.execute(statement)


def _settle() -> None:
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
