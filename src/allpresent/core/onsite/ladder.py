"""Whom to tell when a pupil has left without permission, in which order, and on which clause (M-4.7d)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from allpresent.core.policy.model.duties import Call, Calling, Duty
from allpresent.core.policy.model.words import Channel, Circumstance, DutyKind, Event, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.policy.values import Span, Unit
from allpresent.core.response.tries import Result

HOME = frozenset({Party.PARENT, Party.EACH_PARENT, Party.LIVES_WITH, Party.EMERGENCY})
"""The parties that count as home: one of them reached, and nobody need look further for a parent."""
REACHED = frozenset({Result.EXPLAINED, Result.REACHED, Result.TOLD, Result.DECIDED})
"""What came of a try when somebody was spoken to, or when somebody decided."""


class Step(NamedTuple):
    """One party to be told. `key` names it in the log of tries; `party` is a Party or a role of the setting.

    `if_unanswered`: only where nobody at home can be reached. `within` is counted from the moment the pupil left.
    `only_for`: it is owed for pupils of whom one of these is true (empty: for every pupil).
    """

    key: str
    party: str
    channels: tuple[Channel, ...] = ()
    if_unanswered: bool = False
    within: timedelta | None = None
    only_for: tuple[Circumstance, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def is_decision(self) -> bool:
        """Whether a person with the right to decide on welfare takes it by name: the police."""
        return self.party == Party.POLICE


class Tried(NamedTuple):
    """One try of one step: whom (`Person.ref`, or a name given), and what came of it."""

    step: str
    person: str
    result: Result


class StepState(StrEnum):
    """How a step stands."""

    DUE = "due now"
    DONE = "done"
    LEFT_OUT = "left out, with a reason"
    WAITS = "if nobody at home can be reached"
    NOT_NEEDED = "not needed: home was reached"


class Progress(NamedTuple):
    """A step, how it stands, and when it is due (UTC; None: at once, or no time is given)."""

    step: Step
    state: StepState
    due_at: datetime | None


def steps_after_leaving(policy: Policy, year_group: str = "") -> tuple[Step, ...]:
    """The steps of a policy, those owed at once first; a policy that gives none rings home, on no clause.

    Read from its duties to pass on that a pupil left, and from calling orders that start from that event.
    """
    duties = policy.duties(DutyKind.PASS_ON_LEFT_SITE)
    ours = (duty for duty in duties if not duty.year_groups or year_group in duty.year_groups)
    callings = (calling for calling in policy.content.calling if calling.starts is Event.LEFT_SITE)
    merged: dict[str, Step] = {}
    for step in (*chain.from_iterable(map(_of_duty, ours)), *chain.from_iterable(map(_of_calling, callings))):
        merged.setdefault(step.key, step)
    steps = sorted(merged.values(), key=lambda step: step.if_unanswered)
    return tuple(steps) or (Step(_key(Party.PARENT, later=False), Party.PARENT, (Channel.PHONE,)),)


def progress(
    steps: Sequence[Step], tried: Iterable[Tried], *, at_home: Collection[str], left_at: datetime
) -> tuple[Progress, ...]:
    """How each step stands, given the tries, and those at home who can be rung (`Person.ref`).

    Home counts as unanswered once each of them was tried and none was reached; where there is nobody to ring, at
    once. `left_at` is UTC. (M-4.7d)
    """
    tries = tuple(tried)
    home = {step.key for step in steps if step.party in HOME}
    called = {one.person for one in tries if one.step in home}
    reached = any(one.result in REACHED for one in tries if one.step in home)
    unanswered = not reached and set(at_home) <= called
    return tuple(
        Progress(step, _state(step, tries, reached, unanswered), left_at + step.within if step.within else None)
        for step in steps
    )


def _state(step: Step, tries: Iterable[Tried], reached: bool, unanswered: bool) -> StepState:
    results = {one.result for one in tries if one.step == step.key}
    told = results & REACHED or (Result.SENT in results and step.party not in HOME)
    if told or (reached and step.party in HOME):
        return StepState.DONE
    if Result.SKIPPED in results:
        return StepState.LEFT_OUT
    if not step.if_unanswered or unanswered:
        return StepState.DUE
    return StepState.NOT_NEEDED if reached else StepState.WAITS


def _of_duty(duty: Duty) -> Iterator[Step]:
    later = duty.when is Event.NO_ANSWER
    for party in duty.to:
        yield Step(
            _key(party, later=later), party, duty.through, later, _minutes(duty.within), duty.for_,
            duty.clause or duty.source,
        )  # fmt: skip


def _of_calling(calling: Calling) -> Iterator[Step]:
    home_before = False
    for call in calling.order:
        later = _waits_for_home(call, home_before)
        home_before = home_before or bool(HOME & set(call.contact))
        for party in call.contact:
            clauses = calling.clause or calling.source
            yield Step(_key(party, later=later), party, call.through, later, None, calling.for_, clauses)


def _waits_for_home(call: Call, home_before: bool) -> bool:
    """Whether a call is for where home was tried in vain: it says so, or it is of the police and stands after home."""
    if HOME & set(call.contact):
        return False
    return bool(HOME & set(call.after)) or (home_before and Party.POLICE in call.contact)


def _minutes(within: Span | None) -> timedelta | None:
    """A span short enough to be counted on the day; None for one of days or longer."""
    return timedelta(minutes=within.number) if within and within.unit is Unit.MINUTES else None


def _key(party: str, *, later: bool) -> str:
    return f"left site: {party}, {'no answer' if later else 'at once'}"
