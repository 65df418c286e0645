"""The one function that writes marks: entries and current marks in the same transaction, or neither.

Written as plain statements, not through model instances: this is the hot path of the morning
(docs/adr/0007-plain-statements.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple, TypeVar

from django.db import IntegrityError, connection, transaction

from allpresent.core.calendar.sessions import Session
from allpresent.registers.seal import Sealed, seal
from allpresent.shared.signer import Signer

_ENTRY = (
    "school_id", "pupil_id", "day", "half", "version", "code", "minutes_late", "detail", "reason", "source",
    "at", "by_id", "by_name", "by_position", "seal",
)  # fmt: skip
_MARK = ("school_id", "pupil_id", "day", "half", "version", "code", "minutes_late", "detail", "source")
_CARRIED = ("version", "code", "minutes_late", "detail", "source")


def rebuild(school_id: int | None = None) -> None:
    """Throw the current marks away, of one school's pupils or of all, and write them anew from the entries.

    Must be called inside a transaction: until it ends, nobody else enters a mark.
    """
    of_school = "pupil_id IN (SELECT id FROM people_pupil WHERE school_id = %s)" if school_id else "1 = 1"
    wanted = [school_id] if school_id else []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE registers_currentmark IN EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM registers_currentmark WHERE {of_school}", wanted)
        cursor.execute(_NEWEST + of_school, wanted)


def _insert(table: str, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"


_ADD_ENTRY = _insert("registers_registerentry", _ENTRY)
_MOVE_MARK = (
    _insert("registers_currentmark", _MARK)
    + " ON CONFLICT (pupil_id, day, half) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in _CARRIED)
)

_NEWEST = (
    f"INSERT INTO registers_currentmark ({', '.join(_MARK)}) "
    f"SELECT {', '.join(_MARK)} FROM registers_registerentry AS entry WHERE NOT EXISTS (SELECT 1 FROM "
    "registers_registerentry AS later WHERE later.pupil_id = entry.pupil_id AND later.day = entry.day "
    "AND later.half = entry.half AND later.version > entry.version) AND "
)


class NewEntry(NamedTuple):
    """A mark about to be entered. `version` is one more than the version it replaces (1 for a first entry)."""

    pupil_id: int
    session: Session
    version: int
    code: str
    source: str
    minutes_late: int | None = None
    detail: str = ""
    reason: str = ""


class SavedMeanwhile(Exception):
    """Somebody entered one of these marks first; nothing of this saving was kept."""


T = TypeVar("T")
TRIES = 5


def again_if_saved_meanwhile(act: Callable[[], T]) -> T:
    """Read marks and enter others; where somebody was first, once more on the marks as they then are.

    Raises SavedMeanwhile when it is refused each time: then the current marks are not those of the entries, which
    `allpresent verify --rebuild` mends.
    """
    for _ in range(TRIES - 1):
        with suppress(SavedMeanwhile):
            return act()
    return act()


def enter(school_id: int, entries: Iterable[NewEntry], *, by: Signer, at: datetime) -> int:
    """Add entries and move their current marks, all or none. Gives the number of entries.

    Must be called inside a transaction that also holds whatever else belongs to the same act. Pupil by pupil in one
    order, whoever saves: two at once wait for one another in turn, and never for each other.
    Raises SavedMeanwhile when a version is already taken.
    """
    added = sorted(entries, key=lambda entry: entry[:3])
    if not added:
        return 0
    stored_at = connection.ops.adapt_datetimefield_value(at)
    rows = [_row(school_id, entry, by, at, stored_at) for entry in added]
    marks = [(*row[:7], row[7], row[9]) for row in rows]
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.executemany(_ADD_ENTRY, rows)
            cursor.executemany(_MOVE_MARK, marks)
    except IntegrityError as error:
        raise SavedMeanwhile from error
    return len(rows)


def _row(school_id: int, entry: NewEntry, by: Signer, at: datetime, stored_at: object) -> tuple:
    day = entry.session.day.isoformat()
    sealed = seal(
        Sealed(
            entry.pupil_id, day, entry.session.half, entry.version, entry.code, entry.minutes_late, entry.detail,
            entry.reason, entry.source, at, by.name, by.position,
        )
    )  # fmt: skip
    return (
        school_id, entry.pupil_id, day, str(entry.session.half), entry.version, entry.code, entry.minutes_late,
        entry.detail, entry.reason, str(entry.source), stored_at, by.user_id, by.name, by.position, sealed,
    )  # fmt: skip
