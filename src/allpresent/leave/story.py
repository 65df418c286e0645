"""The story of one request: what happened, in order, and whom one may have asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from allpresent.core.leave.consulting import party_words
from allpresent.core.leave.deciding import Outcome
from allpresent.core.leave.needs import Need
from allpresent.core.policy.policy import Policy
from allpresent.leave.lines import RequestLine, span_words


class Told(NamedTuple):
    """One thing that happened to a request, for its story."""

    at: datetime
    what: str
    says: str
    by: str
    restricted: bool = False


def story_of(line: RequestLine, policy: Policy, *, restricted: bool) -> tuple[Told, ...]:
    """What happened, in order; restricted parts only for those who may see them."""
    told = sorted(_story(line, policy), key=lambda told: told.at)
    return tuple(one for one in told if restricted or not one.restricted)


def _story(line: RequestLine, policy: Policy) -> Iterator[Told]:
    asked = f"Asked for by {line.who}, {line.channel.lower()}"
    yield Told(line.asked_at, asked, line.why, f"written down by {line.signed.by}")
    for one in line.consultations:
        who = party_words(policy, one.party) if one.party != OTHER_PARTY else "somebody else"
        hidden = one.party in RESTRICTED_PARTIES
        yield Told(one.signed.at, f"{one.whom} ({who}) was asked", one.says, one.signed.by, hidden)
    if line.check:
        yield Told(
            line.check.signed.at,
            f"Safeguarding check: {line.check.finding}",
            line.check.says,
            line.check.signed.by,
            True,
        )
    if line.decision:
        yield _decided(line)
    if line.withdrawal:
        row = line.withdrawal
        yield Told(row.at, f"Taken back by {row.told_by}", row.why, f"written down by {row.by_name}, {row.by_position}")


OTHER_PARTY = "other"
RESTRICTED_PARTIES = frozenset({"virtual-school", "social-worker", "youth-justice-worker"})
"""Parties whose being asked would tell what only some may know."""


def _decided(line: RequestLine) -> Told:
    decision = line.decision
    what = (
        "Not granted"
        if decision.outcome is Outcome.REFUSED
        else f"{decision.outcome.capitalize()}: {span_words(decision.given)}, {decision.code}"
    )
    answers = [answer for answer in decision.conditions.values() if answer]
    return Told(decision.signed.at, what, " · ".join([decision.reasons, *answers]), decision.signed.by)


def parties(policy: Policy, needs: Iterable[Need], observance: bool) -> tuple[tuple[str, str], ...]:
    """Whom one may have asked: those the request needs, then a parent, the religious body, and anybody."""
    wanted = {need.party: party_words(policy, need.party) for need in needs if need.party}
    wanted |= {"parent-lived-with": party_words(policy, "parent-lived-with")}
    if observance:
        wanted |= {"religious-body": "the parent's religious body"}
    return (
        *((party, words[:1].upper() + words[1:]) for party, words in wanted.items()),
        (OTHER_PARTY, "Somebody else"),
    )
