"""Whether a pupil who is due elsewhere is known to be there: worked out from the mark, the word and the time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.calendar.london import at
from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.duties import Duty
from allpresent.core.policy.model.words import DutyKind
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Unit
from allpresent.core.register.window import Window


class Says(StrEnum):
    """What a provider says of one pupil's session."""

    THERE = "there"
    LATE = "late"
    NOT_THERE = "not there"


class Standing(StrEnum):
    """What is known of a pupil who is due elsewhere for a session."""

    CONFIRMED = "confirmed"
    NOT_THERE = "not there"
    AWAY = "known away"
    OWED = "not heard"
    WAITING = "not due yet"


class Owed(NamedTuple):
    """When a provider's word on a session is owed (UTC), and the clauses that say so."""

    at: datetime
    clauses: tuple[str, ...]


def word_owed(policy: Policy, window: Window, day: date, half: Half) -> Owed:
    """When the provider's word on a session is owed: the time of the policy's duty, else the register's close.

    A time of day before the session's register opens is meant for the other half and is passed over. (O-B-5.4,
    M-3.3c)
    """
    duties = policy.duties(DutyKind.RECEIVE_MARKS)
    stated = [(moment, duty) for duty in duties if (moment := _stated(duty, window, day, half))]
    if stated:
        moment, duty = min(stated, key=lambda one: one[0])
        return Owed(moment, duty.clause or duty.source)
    said = tuple(dict.fromkeys(clause for duty in duties for clause in duty.clause or duty.source))
    return Owed(window.closes_at(day), said or window.clauses)


def _stated(duty: Duty, window: Window, day: date, half: Half) -> datetime | None:
    """The moment that a duty gives for a session, if it gives one."""
    opens = window.opens_at(day)
    if duty.within and duty.within.unit is Unit.MINUTES:
        return opens + timedelta(minutes=duty.within.number)
    if duty.by and (half is Half.AM or duty.by > window.opens) and (moment := at(day, duty.by)) >= opens:
        return moment
    return None


def standing(*, says: Says | None, absent: bool, owed_at: datetime, now: datetime) -> Standing:
    """What is known of a session: the newest word first, then an absence the school knows of, then the time.

    `absent`: the mark in force is an absence that the school has a reason for. Silence is never confirmation.
    (O-B-5.2, O-B-5.4)
    """
    if says is Says.NOT_THERE:
        return Standing.NOT_THERE
    if says is not None:
        return Standing.CONFIRMED
    if absent:
        return Standing.AWAY
    return Standing.OWED if now >= owed_at else Standing.WAITING
