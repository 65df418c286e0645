"""Several calling orders and duties laid into one order, without losing a clause (docs/adr/0010)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from allpresent.core.policy.model.words import Channel, Event, Party
from allpresent.core.policy.policy import Policy
from allpresent.core.response.facts import PARENTS, PROFESSIONALS, Missing
from allpresent.core.response.rungs import Kind, Rung, callings_for, rungs_of_calling, rungs_of_duties

T = TypeVar("T")
HOME = frozenset({*PARENTS, Party.EMERGENCY, Party.PUPIL})
BY_LAW = Rung(
    Kind.CALL,
    (Party.PARENT,),
    ("WT, first-day contact (unconfirmed)",),
    Event.REGISTER_CLOSES,
    channels=(Channel.PHONE,),
)
"""What is asked of every school where its policy says nothing: the guidance was read through quotations."""


class Laid(NamedTuple):
    """A rung in the one order: its key, and the keys of the rungs that have to have been tried before it."""

    key: str
    rung: Rung
    waits: tuple[str, ...]


def one_order(policy: Policy, missing: Missing) -> tuple[Laid, ...]:
    """Every rung that the policy has for this pupil on this day, in one order, each with a key that stays.

    The fullest order leads; what the others say of the same act is added to it. Somebody outside the family whom
    another order calls first is told beside the calls. A wait that would close a circle is dropped: the steps are taken
    in the order written. (M-3.3d, M-4.5a, M-4.5b, M-4.7b, M-4.7c, O-B-14.1 to O-B-14.5, O-B-19)
    """
    rungs: list[Rung] = []
    for calling in callings_for(policy, missing):
        own = rungs_of_calling(calling, missing)
        if rungs:
            for rung in _beside(rungs, own):
                _add(rungs, rung)
        else:
            rungs.extend(own)
    for rung in rungs_of_duties(policy, missing):
        _add(rungs, rung)
    if not any(map(is_home, rungs)):
        _add(rungs, BY_LAW)
    return tuple(_laid(rungs))


def is_home(rung: Rung) -> bool:
    """Whether a rung is a call to the family, or to whom the family named."""
    return rung.kind is Kind.CALL and bool(HOME & set(rung.parties))


def _beside(rungs: list[Rung], own: Iterable[Rung]) -> Iterator[Rung]:
    """Another order's rungs. Those it calls before the family, where the leading order begins with it, are told."""
    ahead = is_home(rungs[0])
    for rung in own:
        ahead = ahead and not is_home(rung)
        yield replace(rung, kind=Kind.TELL) if ahead and rung.kind is Kind.CALL else rung


def _add(rungs: list[Rung], rung: Rung) -> None:
    """Add to the rung that asks for the same act, or as a rung of its own at the place its parties have."""
    for place, held in enumerate(rungs):
        if _same_act(held, rung):
            rungs[place] = _joined(held, rung)
            return
    place = next((n for n, held in enumerate(rungs) if _rank(held) > _rank(rung)), len(rungs))
    rungs.insert(place, rung)


def _same_act(one: Rung, other: Rung) -> bool:
    """Whether two statements speak of one act: of the same people, and not of a text message and then a call."""
    ways = not one.channels or not other.channels or bool(set(one.channels) & set(other.channels))
    return one.kind is other.kind and ways and bool(set(_families(one.parties)) & set(_families(other.parties)))


def _families(parties: Iterable[str]) -> tuple[str, ...]:
    """Parties with every way of saying parent as one."""
    return tuple(Party.PARENT if party in PARENTS else party for party in parties)


def _joined(one: Rung, other: Rung) -> Rung:
    """One rung of two statements: nothing that either says is lost, and the sooner deadline will hold."""
    new = () if set(_families(other.parties)) <= set(_families(one.parties)) else other.parties
    return replace(
        one,
        parties=_both(one.parties, new),
        clauses=_both(one.clauses, other.clauses),
        channels=_both(one.channels, other.channels),
        label=one.label or other.label,
        after=_both(one.after, other.after),
        condition=" or ".join(_both((one.condition,), (other.condition,))),
        who=_both(one.who, other.who),
        deadlines=_both(one.deadlines, other.deadlines),
    )


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(item for item in dict.fromkeys((*one, *other)) if item)


def _rank(rung: Rung) -> int:
    """Where a rung that no order places belongs: home, those who are told, other people, those outside, decisions."""
    parties = set(rung.parties)
    if rung.kind is not Kind.CALL:
        return 1 if rung.kind is Kind.TELL else 6
    for rank, group in enumerate((PARENTS, HOME, PROFESSIONALS)):
        if parties & group:
            return (0, 2, 3)[rank]
    return 4


def _laid(rungs: list[Rung]) -> Iterator[Laid]:
    """With keys made of kind and party, and of the channel where two would be alike."""
    seen: Counter[str] = Counter()
    done: list[Laid] = []
    for rung in rungs:
        key = f"{'' if rung.kind is Kind.CALL else rung.kind.value + '-'}{rung.parties[0]}"
        if seen[key] and rung.channels:
            key = f"{key}-{rung.channels[0]}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        laid = Laid(key, rung, _waits(rung, done))
        done.append(laid)
        yield laid


def _waits(rung: Rung, done: list[Laid]) -> tuple[str, ...]:
    """The earlier rungs that it waits for: those named, else the call before it. Telling waits only where named."""
    calls = [laid for laid in done if laid.rung.kind is not Kind.TELL]
    after = set(_families(rung.after))
    named = tuple(laid.key for laid in calls if after & set(_families(laid.rung.parties)))
    if named or rung.kind is Kind.TELL:
        return named
    return tuple(laid.key for laid in calls[-1:])
