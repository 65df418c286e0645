"""The same rows written by the bare driver: what a register would cost if there were nothing but the database."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple
from uuid import uuid4

from django.db import connection

from allpresent.config.environment import database
from allpresent.core.calendar.sessions import Session
from bench.cpu import Meter
from bench.world import Teacher, World

_ENTRY = (
    "INSERT INTO registers_registerentry (school_id, pupil_id, day, half, version, code, minutes_late, detail, reason, "
    "source, at, by_id, by_name, by_position, seal) "
    "VALUES (?, ?, ?, ?, 1, '/', NULL, '', '', 'register', ?, 1, ?, ?, ?)"
)
_MARK = (
    "INSERT INTO registers_currentmark (school_id, pupil_id, day, half, version, code, minutes_late, detail, source) "
    "VALUES (?, ?, ?, ?, 1, '/', NULL, '', 'register')"
)
_SENT = (
    "INSERT INTO registers_submission (school_id, group_id, day, half, key, at, by_id, by_name, by_position) "
    "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)"
)
AT, NAME, POSITION, SEAL = "2027-07-21 15:00:00+00:00", "A teacher of the bench", "Class teacher", "0" * 32


class Bare(NamedTuple):
    """Seconds for one register: of CPU (the driver's and the database's), and on the clock."""

    cpu: float
    wall: float


def write(world: World, sessions: Iterable[Session]) -> Bare:
    """Write the registers of these sessions, each in its own transaction."""
    registers = [(teacher, session) for session in sessions for teacher in world.teachers]
    driver = _sqlite() if connection.vendor == "sqlite" else _postgres()
    meter, began = Meter(), time.perf_counter()
    for teacher, session in registers:
        driver.write(*_rows(teacher, session))
    spent = Bare(meter.spent() / len(registers), (time.perf_counter() - began) / len(registers))
    driver.close()
    return spent


def _rows(teacher: Teacher, session: Session) -> tuple[list[tuple], list[tuple], tuple]:
    day, half = str(session.day), str(session.half)
    entries = [(teacher.school_id, pupil, day, half, AT, NAME, POSITION, SEAL) for pupil in teacher.pupils]
    marks = [entry[:4] for entry in entries]
    return entries, marks, (teacher.school_id, teacher.group_id, day, half, uuid4().hex, AT, NAME, POSITION)


class _Driver:
    """Thirty entries, thirty marks, one submission, one transaction, on a driver's own connection."""

    def __init__(self, opened, begin: str, placeholder: str) -> None:
        self.opened, self.begin = opened, begin
        self.entry, self.mark, self.sent = (text.replace("?", placeholder) for text in (_ENTRY, _MARK, _SENT))

    def write(self, entries: list[tuple], marks: list[tuple], sent: tuple) -> None:
        cursor = self.opened.cursor()
        cursor.execute(self.begin)
        cursor.executemany(self.entry, entries)
        cursor.executemany(self.mark, marks)
        cursor.execute(self.sent, sent)
        cursor.execute("COMMIT")

    def close(self) -> None:
        self.opened.close()


def _sqlite() -> _Driver:
    import sqlite3

    opened = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    opened.executescript(str(database("", connection.settings_dict["NAME"].parent)["OPTIONS"]["init_command"]))
    return _Driver(opened, "BEGIN IMMEDIATE", "?")


def _postgres() -> _Driver:
    import psycopg

    return _Driver(psycopg.connect(**connection.get_connection_params(), autocommit=True), "BEGIN", "%s")
