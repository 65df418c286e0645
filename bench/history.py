"""Years of marks, and of what was said, tried, sent and decided about them, written by the database itself.

Laid down in the order of the days, as a school would have done. The seals are blank: nothing measured here reads them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from allpresent.core.calendar.sessions import Session

_HELD = """CREATE TEMPORARY TABLE held (n integer, day date, half varchar(2), at timestamp with time zone,
    up_to integer)"""
_OF_YEARS = "CASE (pupil.id * 7 + held.n) % 19 WHEN 0 THEN 'I' WHEN 1 THEN 'L' ELSE '/' END"
"""One in nineteen ill, one in nineteen late."""
_EVERY_PUPIL = """FROM held CROSS JOIN people_pupil AS pupil WHERE held.up_to IS NULL OR pupil.school_id <= held.up_to
ORDER BY held.n, pupil.id"""
_ENTRIES = """
INSERT INTO registers_registerentry (school_id, pupil_id, day, half, version, code, minutes_late, detail, reason,
    source, at, by_id, by_name, by_position, seal)
SELECT pupil.school_id, pupil.id, held.day, held.half, 1, {code}, NULL, '', '', 'register',
    held.at, NULL, 'A teacher of the bench', 'Class teacher', '' {every_pupil}"""
_MARKS = """
INSERT INTO registers_currentmark (school_id, pupil_id, day, half, version, code, minutes_late, detail, source)
SELECT pupil.school_id, pupil.id, held.day, held.half, 1, {code}, NULL, '', 'register' {every_pupil}"""
_SUBMISSIONS = """
INSERT INTO registers_submission (school_id, group_id, day, half, key, at, by_id, by_name, by_position)
SELECT g.school_id, g.id, held.day, held.half, 'bench-' || g.id || '-' || held.day || held.half, held.at, NULL,
    'A teacher', ''
FROM held CROSS JOIN schools_group AS g
WHERE g.closed_on IS NULL AND (held.up_to IS NULL OR g.school_id <= held.up_to) ORDER BY held.n, g.id"""


def lay_down(sessions: Iterable[tuple[Session, int | None]], *, absent: Iterable[int] = ()) -> None:
    """The registers of these sessions, for the schools up to an id or for all. `absent` (pupils) are N, others here;
    with nobody named, a few are ill and a few late."""
    absent = ", ".join(map(str, absent))
    code = f"CASE WHEN pupil.id IN ({absent}) THEN 'N' ELSE '/' END" if absent else _OF_YEARS
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HELD)
        cursor.executemany("INSERT INTO held VALUES (%s, %s, %s, %s, %s)", _numbered(sessions))
        for statement in (_ENTRIES, _MARKS, _SUBMISSIONS):
            cursor.execute(statement.format(code=code, every_pupil=_EVERY_PUPIL))
        cursor.execute("DROP TABLE held")


def _numbered(sessions: Iterable[tuple[Session, int | None]]) -> list[tuple]:
    ordered = sorted(sessions, key=lambda one: one[0])
    return [
        (n, str(session.day), str(session.half), f"{session.day} 07:55:00+00:00", up_to)
        for n, (session, up_to) in enumerate(ordered)
    ]


_TOLD_SQLITE = "ill.day || ' 07:10:00+00:00'"
_TOLD_POSTGRES = "ill.at - interval '45 minutes'"
"""A parent rings before the register is taken."""
_SIGNED = {"at": "ill.at", "by_name": "'The office'", "by_position": "'Office'"}
_OF = {"school_id": "ill.school_id", "pupil_id": "ill.pupil_id"}
_ON = {"day": "ill.day", "half": "'AM'"}
_KEY = "'bench-' || ill.id"
_ILL = "FROM registers_registerentry AS ill WHERE ill.code = 'I' AND ill.half = 'AM' ORDER BY ill.id"
_SENT = "FROM outbox_message AS ill ORDER BY ill.id"
_DECIDED = """FROM settling_decision AS one JOIN registers_registerentry AS ill ON one.key = 'bench-' || ill.id
ORDER BY one.id"""
_RECORDS = (
    ("absences_notice", _ILL, _SIGNED | _OF | _ON | {
        "about": "'absence'", "says": "'A cough'", "channel": "'telephone'", "told_by": "'A parent'",
        "relation": "'Mother'", "told_at": "{told}", "at": "{told}", "key": _KEY, "reason": "'illness'",
        "restriction": "''"}),
    ("calls_try", _ILL, _SIGNED | _OF | _ON | {
        "about": "'absence'", "step": "'first call'", "party": "'parent'", "name": "'A parent'", "number": "''",
        "channel": "'telephone'", "result": "'told'", "says": "''", "tried_at": "ill.at", "key": _KEY}),
    ("sharing_share", _ILL, _SIGNED | _OF | _ON | {
        "what": "'absence'", "ref": "'contact:1'", "party": "'parent'", "name": "'A parent'", "address": "''",
        "channel": "'email'", "code": "'I'", "says": "'Ill'", "clauses": "'[]'", "message_key": "''", "key": _KEY}),
    ("outbox_message", _ILL, _SIGNED | _OF | {
        "template": "'absence-to-parent'", "channel": "'email'", "address": "'parent' || ill.pupil_id", "to_name": "''",
        "party": "'parent'", "subject": "''", "body": "'Ill'", "clauses": "'[]'", "urgent": "false", "key": _KEY}),
    ("outbox_standing", _SENT, {
        "message_id": "ill.id", "state": "'sent'", "not_before": "ill.at", "tried": "1", "claim": "''",
        "went_at": "ill.at", "reported": "true"}),
    ("settling_decision", _ILL, _SIGNED | _OF | {
        "key": _KEY, "code": "'I'", "proposed": "'I'", "reason": "'Ill'", "detail": "''", "confirmed": "'[]'",
        "seen": "''", "evidence_ids": "'[]'", "granted": "''", "clauses": "'[]'"}),
    ("settling_decidedsession", _DECIDED, _ON | {
        "decision_id": "one.id", "pupil_id": "ill.pupil_id", "before": "'N'", "version": "1"}),
)  # fmt: skip
"""By table: where its rows come from, and each column's expression."""


def remember() -> None:
    """For every morning that somebody was ill: a parent's word, a try, a share, a message that went, a decision."""
    told = _TOLD_SQLITE if connection.vendor == "sqlite" else _TOLD_POSTGRES
    with transaction.atomic(), connection.cursor() as cursor:
        for table, source, columns in _RECORDS:
            names, values = ", ".join(columns), ", ".join(columns.values())
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values.format(told=told)} {source}")
