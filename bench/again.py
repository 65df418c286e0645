"""The same questions asked by the bare driver: what a page or a pass costs with nothing but the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from bench.cpu import Meter

_READS = re.compile(r"\s*\(?\s*(SELECT|WITH)\b", re.IGNORECASE)
AT_LEAST, MOST = 0.5, 40
"""Seconds of CPU that are measured, for the clock of the processes ticks slowly; and how often at most."""


class Asked(NamedTuple):
    """One statement as it was sent."""

    sql: str
    values: Any

    @property
    def reads(self) -> bool:
        return bool(_READS.match(self.sql))


@contextmanager
def listened() -> Iterator[list[Asked]]:
    """Every statement that is sent while the block runs."""
    heard: list[Asked] = []

    def listen(execute, sql, values, many, context):
        heard.append(Asked(sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        yield heard


def asker(heard: list[Asked]) -> Callable[[], None]:
    """What asks all the questions among these statements again and fetches their rows, on the driver's own cursor."""
    reads = [(_for_driver(asked), asked.values or ()) for asked in heard if asked.reads]

    def ask() -> None:
        cursor = connection.connection.cursor()
        for sql, values in reads:
            cursor.execute(sql, values)
            cursor.fetchall()
        cursor.close()

    return ask


def _for_driver(asked: Asked) -> str:
    if connection.vendor != "sqlite" or asked.values is None:
        return asked.sql
    return re.sub(r"(?<!%)%s", "?", asked.sql).replace("%%", "%")


def cpu_of(act: Callable[[], object]) -> float:
    """CPU seconds of doing this once, the database's with it: done until there is enough to measure."""
    meter, spent, times = Meter(), 0.0, 0
    while spent < AT_LEAST and times < MOST:
        act()
        spent, times = meter.spent(), times + 1
    return spent / times
