"""By when the family, and whoever works with a child, is to have heard of an absence that nobody explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from allpresent.core.calendar.london import at as london_instant
from allpresent.core.policy.model.words import Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response import Kind, Missing
from allpresent.core.response.facts import PARENTS, PROFESSIONALS
from allpresent.core.response.moments import due_by
from allpresent.core.response.order import Laid, one_order

HOME = frozenset({*PARENTS, Party.EMERGENCY, Party.PUPIL})


class Owed(NamedTuple):
    """Contact that is owed: with which parties, by which instant (UTC), on which clauses."""

    parties: tuple[str, ...]
    by: datetime
    clauses: tuple[str, ...]


def home_owed(policy: Policy, missing: Missing) -> Owed | None:
    """The first contact with the family for one day of an unexplained absence.

    By the policy's own time; where it gives none, before the day is over. None where the policy has no such step on
    this day. (M-4.5a, M-4.5d, M-4.7b, O-B-14.1)
    """
    calls = (laid for laid in one_order(policy, missing) if laid.rung.kind is Kind.CALL)
    return next((_owed(laid, policy, missing) for laid in calls if HOME & set(laid.rung.parties)), None)


def professionals_owed(policy: Policy, missing: Missing) -> Iterator[Owed]:
    """Those working with this child who are to be told of the day's absence. (M-4.5e, M-4.7e, O-B-14.3)"""
    for laid in one_order(policy, missing):
        if laid.rung.kind is Kind.TELL and PROFESSIONALS & set(laid.rung.parties):
            yield _owed(laid, policy, missing)


def _owed(laid: Laid, policy: Policy, missing: Missing) -> Owed:
    return Owed(laid.rung.parties, due_by(laid.rung, policy, missing) or day_ends(missing.day), laid.rung.clauses)


def day_ends(day: date) -> datetime:
    """The instant (UTC) at which a day is over in London."""
    return london_instant(day + timedelta(days=1), time())
