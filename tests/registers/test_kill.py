"""The server is killed with -9, again and again, while registers are saved: what it said was saved is there, whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from threading import Event, Lock
from typing import NamedTuple

import pytest
from django.db import connection

from allpresent.accounts.roles import Role
from allpresent.core.calendar.sessions import Half, Session
from allpresent.people.models import Pupil
from allpresent.registers.models import CurrentMark, RegisterEntry, Submission
from allpresent.registers.verify import verify
from allpresent.schools.models import Group
from tests import world
from tests.server import Server, Visitor

KILLS = 25
PEOPLE = 4
CLASS = 6
MORNING = Session(world.date(2026, 9, 15), Half.AM)


@dataclass
class Desk:
    """One person and the register that they save over and over, every mark changed each time."""

    path: str
    group: Group
    pupils: list[Pupil]
    cookie: str


class Kept(NamedTuple):
    """A saving that the server said it had kept: its key, and the version and code that every pupil then had."""

    desk: int
    key: str
    version: int
    code: str


@dataclass
class Morning:
    """What was acknowledged, and when it is time to kill."""

    kept: list[Kept] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    enough: Event = field(default_factory=Event)
    wanted: int = 0

    def acknowledge(self, kept: Kept) -> None:
        with self.lock:
            self.kept.append(kept)
            if len(self.kept) >= self.wanted:
                self.enough.set()


@pytest.fixture
def desks(fresh_database) -> list[Desk]:
    school = world.a_school()
    return [_desk(school) for _ in range(PEOPLE)]


def _desk(school) -> Desk:
    group, pupils = world.a_class(school=school, size=CLASS)
    person = world.staff(role=Role.OFFICE, school=school)
    return Desk(f"/{school.slug}/registers/{group.slug}/2026-09-15/am/", group, pupils, world.session_cookie(person))


def save_until_it_dies(number: int, desk: Desk, server: Server, version: int, morning: Morning) -> None:
    """Save with every mark changed, until the server goes away."""
    visitor = Visitor(server.port, desk.cookie)
    for held in count(version):
        code = "/N"[held % 2]
        key = f"kill-{number}-{server.port}-{held}"
        form = {f"mark-{pupil.id}": code for pupil in desk.pupils}
        form |= {"key": key, "seen": ",".join(f"{pupil.id}:{held}" for pupil in desk.pupils)}
        try:
            status, said = visitor.post(desk.path, form)
        except (OSError, HTTPException):
            visitor.close()
            return
        assert status == 200, said
        morning.acknowledge(Kept(number, key, held + 1, code))


def kill_while_saving(server: Server, desks: list[Desk], morning: Morning) -> None:
    versions = [Submission.objects.filter(group=desk.group).count() for desk in desks]
    connection.close()
    with ThreadPoolExecutor(PEOPLE) as people:
        saving = [
            people.submit(save_until_it_dies, number, desk, server, versions[number], morning)
            for number, desk in enumerate(desks)
        ]
        while not morning.enough.wait(0.05) and not any(person.done() for person in saving):
            continue
        server.kill()
        for person in saving:
            person.result()


def wait_until_the_database_is_quiet() -> None:
    """PostgreSQL's own processes outlive ours by a moment, and may still commit what they were given."""
    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("the killed server's connections are still there")


def check(desks: list[Desk], morning: Morning) -> None:
    entries = entries_by_desk(desks)
    for kept in morning.kept:
        assert Submission.objects.filter(key=kept.key).count() == 1, kept
        assert entries[kept.desk][kept.version] == [kept.code] * CLASS, kept
    for desk, held in zip(desks, entries, strict=True):
        sent = Submission.objects.filter(group=desk.group).count()
        assert {version: len(codes) for version, codes in held.items()} == dict.fromkeys(range(1, sent + 1), CLASS)
        current = CurrentMark.objects.filter(pupil__in=desk.pupils).values_list("version", "code")
        assert list(current) == ([(sent, held[sent][0])] * CLASS if sent else [])
    assert list(verify()) == []


def entries_by_desk(desks: list[Desk]) -> list[dict[int, list[str]]]:
    """For each desk, the codes of every version of its register's marks."""
    found: list[dict[int, list[str]]] = []
    for desk in desks:
        versions: dict[int, list[str]] = {}
        rows = RegisterEntry.objects.filter(pupil__in=desk.pupils, day=MORNING.day, half=MORNING.half)
        for version, code in rows.values_list("version", "code"):
            versions.setdefault(version, []).append(code)
        found.append(versions)
    return found


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(desks: list[Desk], serve: Callable[..., Server]):
    for kill in range(KILLS):
        morning = Morning(wanted=1 + 3 * (kill % 7))
        server = serve(now=f"2026-09-15 {8 + (51 + kill) // 60:02}:{(51 + kill) % 60:02}")
        kill_while_saving(server, desks, morning)
        assert len(morning.kept) >= morning.wanted
        wait_until_the_database_is_quiet()
        check(desks, morning)
