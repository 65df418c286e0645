"""Where one step stands: worked out from the tries made, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from allpresent.core.policy.model.words import Channel, Circumstance, Party
from allpresent.core.response.facts import PARENTS, Missing, Person
from allpresent.core.response.rungs import Kind, Rung
from allpresent.core.response.tries import Result, TryMade


class State(StrEnum):
    """What may be said of a step at a moment."""

    LATER = "later"
    """Its time has not come."""
    WAITING = "waiting"
    """An earlier step comes first."""
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    TRIED = "tried"
    """Everybody it names was tried, and nobody answered."""
    SKIPPED = "skipped"
    """Left out, with a reason."""
    NOBODY = "nobody to call"
    """Nobody may be called: none is held, or everybody has a restriction."""
    NOT_FOR = "not for this pupil"
    """Nobody of that kind is concerned with this pupil."""
    ENDED = "no longer needed"
    """The absence was explained, or the pupil came."""


OPEN = frozenset({State.DUE, State.OVERDUE})
"""The states in which something is owed."""
PASSED = frozenset({State.DONE, State.TRIED, State.SKIPPED})
"""The states after which the next step may come."""
_WRITTEN = frozenset({Channel.TEXT, Channel.EMAIL, Channel.LETTER, Channel.POSTCARD, Channel.PORTAL, Channel.APP})
_ANSWERED = frozenset({Result.EXPLAINED, Result.REACHED})
_CLOSING = {
    Kind.CALL: _ANSWERED,
    Kind.TELL: _ANSWERED | {Result.SENT, Result.TOLD},
    Kind.DECIDE: frozenset({Result.DECIDED}),
}
_IMPLIED = {
    Party.SOCIAL_WORKER: {Circumstance.SOCIAL_WORKER, Circumstance.IN_CARE, Circumstance.AT_RISK},
    Party.YOUTH_JUSTICE: {Circumstance.YOUTH_JUSTICE},
    Party.VIRTUAL_SCHOOL: {Circumstance.IN_CARE},
}
_IMPLIED[Party.PROFESSIONALS] = set().union(*_IMPLIED.values())
"""The circumstances that mean there is such a worker, even where none is named."""
_HELD_OR_NOT = frozenset({*_IMPLIED, Party.COMMISSIONER, Party.AUTHORITY})
"""Parties who are concerned with some pupils and not with others."""


def closed_by_tries(rung: Rung, people: Iterable[Person], tries: Iterable[TryMade]) -> State | None:
    """DONE, TRIED or SKIPPED as the tries at one rung have it; None while they leave it open.

    `people` are those who may be contacted. Done stays done whatever is tried afterwards. Where each parent is to be
    contacted, each one counts (saying so is the policy's: `each-parent`).
    """
    made, may = tuple(tries), tuple(people)
    closing = _CLOSING[rung.kind]
    if rung.kind is Kind.CALL and rung.channels and set(rung.channels) <= _WRITTEN:
        closing |= {Result.SENT}
    reached = {(one.ref or one.name) for one in made if one.result in closing}
    each = Party.EACH_PARENT in rung.parties and bool(may)
    if reached and (not each or all(_was(person, reached) for person in may)):
        return State.DONE
    if any(one.result is Result.SKIPPED for one in made):
        return State.SKIPPED
    tried = {(one.ref or one.name) for one in made}
    if rung.kind is Kind.CALL and tried and all(_was(person, tried) for person in may):
        return State.TRIED
    return None


def may_be_tried(person: Person) -> bool:
    """Nobody with a restriction, ever; and of the family nobody who has neither a number nor an e-mail address."""
    home = person.party in PARENTS or person.party == Party.EMERGENCY
    return not person.restriction and (bool(person.numbers or person.email) or not home)


def _was(person: Person, names: set[str]) -> bool:
    return person.ref in names or person.name in names


def without_people(rung: Rung, missing: Missing) -> State | None:
    """What a rung is that has nobody to contact: not for this pupil, or nobody to call; None where it stands open.

    A worker whom a circumstance implies has to be told though nobody wrote down their name.
    """
    if all(party in _HELD_OR_NOT for party in rung.parties):
        implied = any(missing.circumstances & _IMPLIED.get(Party(party), set()) for party in rung.parties)
        return None if implied else State.NOT_FOR
    home = {*PARENTS, Party.EMERGENCY}
    return State.NOBODY if rung.kind is Kind.CALL and home & set(rung.parties) else None
