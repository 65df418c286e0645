"""When evidence of an illness may be asked for: only where the policy says so, and once for one absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.policy.model.duties import Evidence
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Span, Unit
from allpresent.core.settle.statements import sources_of
from allpresent.core.settle.telling import tell_before_asking

_WEEK = 5
_IN_SCHOOL_DAYS = {Unit.DAYS: 1, Unit.SCHOOL_DAYS: 1, Unit.WORKING_DAYS: 1, Unit.WEEKS: _WEEK, Unit.SCHOOL_WEEKS: _WEEK}
"""Days of an absence are days on which the school met. That a policy's plain "days" are such days is unconfirmed."""


class Why(StrEnum):
    """What lets a school ask for evidence."""

    LONG = "long absence"
    DOUBT = "the illness is doubted"
    FREQUENT = "ill often"
    FLAG = "evidence needed from now on"


class Ask(NamedTuple):
    """Evidence may be asked for: why, on which clauses, what will do, and the clauses that tell the parent first."""

    why: Why
    says: str
    clauses: tuple[str, ...]
    kinds: tuple[str, ...]
    tell_first: tuple[str, ...]


class Run(NamedTuple):
    """An unbroken run of illness: its first day, how many school days and sessions, and what was asked already."""

    first: date
    days: int
    sessions: int
    asked: bool = False
    seen: bool = False


def evidence_due(policy: Policy, run: Run, *, doubted: bool = False, flagged: bool = False) -> Ask | None:
    """The evidence to ask for now, or None: nothing asks for it, it was asked for already, or it has been seen.

    More than the policy's number of days is that number exceeded: with "more than 5 days" the sixth. (M-4.2c, O-B-7.2,
    O-B-7.5; Working Together: only where there is real doubt, at second hand.)
    """
    if run.asked or run.seen:
        return None
    found = {ask.why: ask for ask in may_ask(policy)}
    long = next((said for said in _of_illness(policy) if said.after and _exceeds(run, said.after)), None)
    due = ((Why.LONG, long is not None), (Why.DOUBT, doubted), (Why.FLAG, flagged))
    return next((found[why] for why, holds in due if holds and why in found), None)


def may_ask(policy: Policy) -> tuple[Ask, ...]:
    """Every ground on which this policy lets evidence of illness be asked for; a ground not here is refused."""
    return tuple(dict.fromkeys(ask for said in _of_illness(policy) for ask in _grounds(policy, said)))


def _grounds(policy: Policy, said: Evidence) -> Iterator[Ask]:
    clauses, first = sources_of(said), tell_before_asking(policy)
    if said.after:
        yield Ask(Why.LONG, f"away for more than {said.after}", clauses, said.kinds, first)
    if said.when_doubted:
        yield Ask(Why.DOUBT, "there is genuine doubt about the illness", clauses, said.kinds, first)
        yield Ask(Why.FLAG, "evidence is needed from now on", clauses, said.kinds, first)
    if said.when_frequent or said.threshold:
        yield Ask(Why.FREQUENT, "ill often", clauses, said.kinds, first)


def _of_illness(policy: Policy) -> Iterator[Evidence]:
    return (said for said in policy.content.evidence if said.of == "illness" and not said.for_)


def _exceeds(run: Run, span: Span) -> bool:
    if span.unit is Unit.SESSIONS:
        return run.sessions > span.number
    return span.unit in _IN_SCHOOL_DAYS and run.days > span.number * _IN_SCHOOL_DAYS[span.unit]
