"""What the page of one mark shows: its entries, what it counts as, and what put it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import CodeSet, EnteredBy, Statistical, code_set_on
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.register.window import Window
from allpresent.registers.models import RegisterEntry, Source
from allpresent.registers.pages import Cell, cell
from allpresent.schools.queries import Setting

COUNTS_AS = {
    Statistical.PRESENT: "Attendance: present",
    Statistical.AEA: "Attendance: at an approved educational activity",
    Statistical.AUTH: "Authorised absence",
    Statistical.UNAUTH: "Unauthorised absence",
    Statistical.NOT_POSSIBLE: "Not a possible session: in no percentage",
    Statistical.ADMIN: "An administrative mark: in no percentage",
}
HEADINGS = {
    Statistical.PRESENT: "Present",
    Statistical.AEA: "Approved educational activity",
    Statistical.AUTH: "Authorised absence",
    Statistical.UNAUTH: "Unauthorised absence",
    Statistical.NOT_POSSIBLE: "Not possible to attend",
    Statistical.ADMIN: "Administrative",
}
PUT_THERE = {
    Source.REGISTER: "Entered when the register was taken",
    Source.CLOSE: "Entered by the program when the register closed",
    Source.LATE: "Earned by the time of arrival",
    Source.PLANNED: "Entered ahead of the day",
    Source.CLOSURE: "Entered when the school closed",
    Source.AMENDMENT: "Amended",
    Source.GIVEN_BACK: "Given back before the session: expected after all",
    Source.HISTORY: "Brought in from another system",
}
_BY_THE_CLOCK = frozenset({Source.REGISTER, Source.CLOSE, Source.LATE})


class EntryView(NamedTuple):
    """One entry in words. `by` is empty for the program itself; `clauses` are those that rule it."""

    cell: Cell
    version: int
    what: str
    by: str
    at: datetime
    minutes: int | None
    detail: str
    reason: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What the mark in force says, in law and in statistics."""

    name: str
    law: str
    counts_as: str
    on_site: str


class Choice(NamedTuple):
    """A code offered, in the setting's own words, and what it asks to be said."""

    letter: str
    words: str
    asks: str


class NamedReason(NamedTuple):
    """A reason that the policy says does not authorise an absence, with the code that fits it."""

    value: str
    words: str
    code: str
    reason: str


def named_reasons(session: Session, level: EnteredBy, setting: Setting) -> tuple[NamedReason, ...]:
    """The policy's reasons that do not authorise, with codes this level may enter; U is the clock's. (O-B-12.1-12.3)"""
    offered = {code.letter for code in code_set_on(session.day).offered_to(level, session.half)} - {"U"}
    return tuple(
        NamedReason(
            f"{place}:{letter}", f"{reason.reason}: {letter}", letter, f"{reason.reason} ({', '.join(reason.clause)})"
        )
        for place, reason in enumerate(setting.policy_on(session.day).content.unauthorised_reasons)
        for letter in reason.codes
        if letter in offered
    )


def entry_views(entries: tuple[RegisterEntry, ...], session: Session, setting: Setting, year_group: str):
    """The entries, first to last, each with what put it there."""
    codes = code_set_on(session.day)
    window = window_of(setting, session, year_group)
    return tuple(_entry(entry, codes, _clauses(entry, window, setting)) for entry in entries)


def _entry(entry: RegisterEntry, codes: CodeSet, clauses: tuple[str, ...]) -> EntryView:
    by = ", ".join(part for part in (entry.by_name, entry.by_position) if part)
    return EntryView(
        cell(entry.code, codes), entry.version, PUT_THERE[Source(entry.source)], by, entry.at,
        entry.minutes_late, entry.detail, entry.reason, clauses,
    )  # fmt: skip


def _clauses(entry: RegisterEntry, window: Window | None, setting: Setting) -> tuple[str, ...]:
    if entry.source in _BY_THE_CLOCK:
        return window.clauses if window else ()
    if entry.source == Source.AMENDMENT and window:
        return setting.policy_on(entry.day).why("amendments")
    return ()


def window_of(setting: Setting, session: Session, year_group: str) -> Window | None:
    """The session's register times; None where the policy of that day gives none."""
    try:
        return setting.window(session, year_group)
    except PolicyProblem:
        return None


def meaning_of(letter: str, session: Session) -> Meaning:
    """What a code meant on the day of its session."""
    code = code_set_on(session.day)[letter]
    site = "In school at some time in the session" if code.on_site else "Not counted as in school"
    return Meaning(code.name, code.source, COUNTS_AS[code.statistical], site)


def choices(session: Session, level: EnteredBy, setting: Setting) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The codes that this level may enter that day, under the classes of the statistics, in the setting's words."""
    offered = code_set_on(session.day).offered_to(level, session.half)
    listed = setting.policy_on(session.day).code_list
    order = list(HEADINGS)
    in_order = sorted(offered, key=lambda code: order.index(code.statistical))
    return tuple(
        (HEADINGS[kind], tuple(_choices(codes, listed)))
        for kind, codes in groupby(in_order, key=lambda code: code.statistical)
    )


def _choices(codes, listed) -> Iterator[Choice]:
    for code in codes:
        words = listed[code.letter].words if code.letter in listed else code.name
        asks = "; ".join(detail.label for detail in code.detail if detail.required and detail.key != "arrived_at")
        yield Choice(code.letter, words, asks)
