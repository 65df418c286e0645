"""The steps for one missing pupil at a moment: who is next, by when, on which clause, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from allpresent.core.policy.model.words import Channel, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response import words
from allpresent.core.response.facts import Missing, Person
from allpresent.core.response.order import Laid
from allpresent.core.response.plan import Planned, Planner
from allpresent.core.response.rungs import Kind
from allpresent.core.response.states import OPEN, PASSED, State, closed_by_tries, may_be_tried, without_people
from allpresent.core.response.tries import Result, TryMade

_DONE_ONCE = frozenset({Result.DECIDED, Result.REACHED, Result.SENT, Result.TOLD})
_ASKING = OPEN | {State.LATER, State.WAITING, State.ENDED}
"""The states in which a step is owed, will be, or need not be."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the response. `people` may be contacted, in order; `withheld` never: they have a restriction.

    `due_at` is when it became due, or will; None where an earlier step has to come first or the policy has no times.
    `by` is the policy's own deadline. `who` are the names of the roles that decide it. `why` is one plain sentence.
    Instants are UTC.
    """

    key: str
    kind: Kind
    label: str
    parties: tuple[str, ...]
    people: tuple[Person, ...]
    withheld: tuple[Person, ...]
    channels: tuple[Channel, ...]
    state: State
    due_at: datetime | None
    by: datetime | None
    condition: str
    who: tuple[str, ...]
    tries: tuple[TryMade, ...]
    waits: tuple[str, ...]
    clauses: tuple[str, ...]
    why: str

    @property
    def is_open(self) -> bool:
        """Whether it is owed now."""
        return self.state in OPEN

    @property
    def next_person(self) -> Person | None:
        """Whom to try next: in calling order whoever was not tried yet, else whoever was tried longest ago."""
        last = {made.ref or made.name: made.at for made in self.tries}
        tried = [(at, one) for one in self.people if (at := last.get(one.ref) or last.get(one.name))]
        fresh = (one for one in self.people if one not in {known for _, known in tried})
        return next(fresh, None) or (min(tried)[1] if tried else None)


def steps_of(policy: Policy | Planner, missing: Missing, *, now: datetime) -> tuple[Step, ...]:
    """Every step that the policy has for a missing pupil, in order, with its state at `now` (aware).

    Steps begin again each day (M-4.5d): only tries about today's unexplained sessions count. A step is done by a try
    whose result says so; no answer lets the next one come due (M-4.5b); a reason, or the pupil's coming, ends them.
    None is passed over without a reason (M-4.7c). Where nobody may be called and nothing else is asked, the first call
    stays owed: somebody finds a number, or writes down why it is left out. For many pupils, hand in one Planner.
    """
    planner = policy if isinstance(policy, Planner) else Planner(policy)
    found: dict[str, Step] = {}
    for planned in planner.plan(missing):
        found[planned.laid.key] = _step(planned, planner.policy, missing, found, now)
    return tuple(_with_nobody_to_call(tuple(found.values()), now))


def _with_nobody_to_call(steps: tuple[Step, ...], now: datetime) -> Iterator[Step]:
    """The steps, the first call to nobody owed where all else is closed and nobody has tried or decided anything."""
    acted = any(step.tries for step in steps if step.kind is not Kind.TELL)
    at_rest = not any(step.state in _ASKING for step in steps)
    alone = next((step for step in steps if step.state is State.NOBODY), None) if at_rest and not acted else None
    for step in steps:
        yield replace(step, state=_by_clock(False, step.due_at, step.by, now)) if step is alone else step


def next_step(steps: tuple[Step, ...]) -> Step | None:
    """What is owed first: the first open step in the order; None when nothing is."""
    return next((step for step in steps if step.is_open), None)


def _step(planned: Planned, policy: Policy, missing: Missing, before: Mapping[str, Step], now: datetime) -> Step:
    laid, starts, by = planned.laid, planned.starts, planned.by
    rung = laid.rung
    known = missing.of(rung.parties)
    people = (*(one for one in known if may_be_tried(one)), *planned.bodies)
    tries = _tries(laid, missing)
    blockers = _blockers(laid.waits, before)
    state = closed_by_tries(rung, people, tries) or (State.ENDED if missing.ended else None)
    state = state or (None if people else without_people(rung, missing))
    state = state or _by_clock(bool(blockers), starts, None if rung.condition else by, now)
    return Step(
        key=laid.key, kind=rung.kind, label=planned.label, parties=rung.parties, people=people,
        withheld=tuple(one for one in known if one.restriction), channels=rung.channels, state=state,
        due_at=None if blockers else _due_at(starts, laid.waits, before), by=by, condition=rung.condition,
        who=planned.who, tries=tries, waits=laid.waits, clauses=rung.clauses,
        why=words.why(rung, state, starts, tuple(before[key].label for key in blockers or laid.waits), missing, policy),
    )  # fmt: skip


def _tries(laid: Laid, missing: Missing) -> tuple[TryMade, ...]:
    """The tries at a step that count. What is owed once for an absence, from a later day on or where a child who was
    expected back is referred (M-6c), stays done on the days after."""
    once = (laid.rung.nth_day or 1) > 1 or Party.MISSING_EDUCATION in laid.rung.parties
    kept = (made for made in missing.earlier if once and made.result in _DONE_ONCE)
    return tuple(made for made in (*kept, *missing.counted) if made.step == laid.key)


def _blockers(waits: tuple[str, ...], before: Mapping[str, Step]) -> tuple[str, ...]:
    """The steps that have to be tried yet; one that has nobody is passed once its own waits are."""
    found: list[str] = []
    for key in waits:
        step = before[key]
        if step.state in {State.NOBODY, State.NOT_FOR}:
            found.extend(_blockers(step.waits, before))
        elif step.state not in PASSED:
            found.append(key)
    return tuple(dict.fromkeys(found))


def _due_at(starts: datetime | None, waits: tuple[str, ...], before: Mapping[str, Step]) -> datetime | None:
    """When it became due: once its time had come and everybody before it had been tried."""
    passed = (before[key].due_at for key in waits if not before[key].tries)
    last = (made.at for key in waits for made in before[key].tries)
    return max((at for at in (starts, *passed, *last) if at), default=None)


def _by_clock(blocked: bool, starts: datetime | None, by: datetime | None, now: datetime) -> State:
    if starts and now < starts:
        return State.LATER
    if blocked:
        return State.WAITING
    return State.OVERDUE if by and now > by else State.DUE
