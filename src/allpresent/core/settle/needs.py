"""What has to be true, or on record, before a code may stand for an absence."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from allpresent.core.policy.policy import Policy
from allpresent.core.settle.explanation import Facts
from allpresent.core.settle.statements import evidence_rule, sources_of

LEAVE_CODES = frozenset({"C", "C1", "C2", "S"})
"""Leave that is given in advance by somebody who may, and never by settling an absence afterwards (reg 11)."""


class NeedKind(StrEnum):
    """How a need is met."""

    CONFIRMED = "confirmed"
    """Whoever decides says so by deciding; it is kept beside the decision."""
    SEEN = "seen"
    """Evidence is on record, or is recorded with the decision: what was seen."""
    GRANTED = "granted"
    """A decision on leave stands."""


class Need(NamedTuple):
    """One condition of a code, in words, with what asks for it. `kinds`: what will do as evidence."""

    kind: NeedKind
    says: str
    clauses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


_TABLE_3 = ("SI 2024/208 reg 10 Table 3",)
_CONDITIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "T": (
        ("the parent travels for their trade or business, and the child travels with them", ("SI 2024/208 reg 3",)),
        ("the child has no fixed abode, or leaves it for a substantial part of the year", ("SI 2024/208 reg 3",)),
        ("the dates were agreed", ("SI 2024/208 reg 3",)),
    ),
    "Y1": (
        ("the transport that the school or the authority provides did not run", _TABLE_3),
        ("home is not within walking distance: 2 miles below the age of eight, 3 miles from then", _TABLE_3),
    ),
    "Y2": (("a local, national or international emergency stopped this child travelling", _TABLE_3),),
    "Q": (("the local authority has failed to arrange travel that it owes the child", _TABLE_3),),
    "Y7": (("the cause kept the child itself away, and could not be avoided", _TABLE_3),),
}
"""Conditions of the national codes. The walking distances and Y7's are unconfirmed."""


def needs_of(policy: Policy, letter: str, facts: Facts) -> tuple[Need, ...]:
    """What code `letter` still needs, given what the records say; empty where it may stand.

    (O-B-6.2.1, O-B-6.2.3, O-B-6.5.2.1, O-B-6.5.2.2, O-B-6.5.3.1, M-4.3a, M-5.1e, M-5.1f; reg 10 Table 3 and reg 11.)
    """
    return (*_from_law(letter, facts), *_FROM_POLICY.get(letter, _nothing)(policy, facts))


def _from_law(letter: str, facts: Facts) -> Iterator[Need]:
    if letter in LEAVE_CODES and facts.granted != letter:
        yield Need(NeedKind.GRANTED, "leave that was asked for and decided on in advance", ("SI 2024/208 reg 11",))
    for says, sources in _CONDITIONS.get(letter, ()):
        yield Need(NeedKind.CONFIRMED, says, sources)


def _nothing(policy: Policy, facts: Facts) -> Iterator[Need]:
    yield from ()


def _of_appointment(policy: Policy, facts: Facts) -> Iterator[Need]:
    if (asked := evidence_rule(policy, "appointment")) is None:
        return
    clauses = sources_of(asked)
    if asked.notice_in_advance and not facts.in_advance:
        says = f"{asked.unless}, since it was not told in advance" if asked.unless else "it was told in advance"
        yield Need(NeedKind.CONFIRMED, says, clauses)
    if asked.document_seen and not facts.evidence_seen:
        yield Need(NeedKind.SEEN, "the document was seen", clauses, asked.kinds)
    whole = evidence_rule(policy, "whole day for an appointment")
    if whole and facts.whole_day:
        yield Need(NeedKind.CONFIRMED, "why the appointment takes the whole day was explained", sources_of(whole))


def _of_illness(policy: Policy, facts: Facts) -> Iterator[Need]:
    asked = evidence_rule(policy, "illness")
    if asked and asked.when_doubted and facts.doubted and not facts.evidence_seen:
        yield Need(NeedKind.SEEN, "evidence of the illness was seen", sources_of(asked), asked.kinds)


def _of_observance(policy: Policy, facts: Facts) -> Iterator[Need]:
    rule = policy.content.observance
    says = "the parent’s religious body set the day apart"
    advice = f" ({rule.advice})" if rule and rule.advice else ""
    yield Need(NeedKind.CONFIRMED, says + advice, policy.why("observance") if rule else _TABLE_3)


def _of_interview(policy: Policy, facts: Facts) -> Iterator[Need]:
    if not facts.in_advance:
        yield Need(NeedKind.CONFIRMED, "it was asked for in advance", ("SI 2024/208 reg 11(4)",))


def _of_travel(policy: Policy, facts: Facts) -> Iterator[Need]:
    """Where the policy has it recorded that a travelling family was shown the way to a second school."""
    says = (
        "the parent was encouraged to register the child at a school where they are too; this school stays the main one"
    )
    for record in policy.content.records:
        if "dual registration" in record.what.lower():
            yield Need(NeedKind.CONFIRMED, says, sources_of(record))


_FROM_POLICY = {"T": _of_travel, "M": _of_appointment, "I": _of_illness, "R": _of_observance, "J1": _of_interview}


def still_missing(
    needs: tuple[Need, ...], *, seen: str = "", evidence: bool = False, granted: bool = False
) -> tuple[Need, ...]:
    """The needs that a decision leaves unmet: evidence that nobody saw, and leave that nobody gave.

    Conditions that are confirmed by deciding are met. `seen`: what was seen, in words.
    """
    met = {NeedKind.CONFIRMED: True, NeedKind.SEEN: bool(seen.strip()) or evidence, NeedKind.GRANTED: granted}
    return tuple(need for need in needs if not met[need.kind])
