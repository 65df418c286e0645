"""CPU time of processes: what a register costs, however many processes share the work."""

from __future__ import annotations

import os
from collections.abc import Iterable

import psutil
from django.db import connection


def seconds_of(processes: Iterable[psutil.Process]) -> float:
    """CPU seconds, user and system, spent so far."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def family(pid: int) -> list[psutil.Process]:
    """A process and everything it started."""
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def of_database() -> list[psutil.Process]:
    """The processes of the database's server; SQLite has none of its own."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return family(psutil.Process(backend).ppid())


class Meter:
    """CPU seconds of a server's family and of the database's, since it was made. Processes born meanwhile count."""

    def __init__(self, pid: int = 0) -> None:
        self.pid = pid or os.getpid()
        self.own_only = not pid
        self.before = self._read()

    def _read(self) -> float:
        own = [psutil.Process(self.pid)] if self.own_only else family(self.pid)
        return seconds_of([*own, *of_database()])

    def spent(self) -> float:
        return self._read() - self.before
