"""What a request for leave still needs before it may be answered, and what stands against giving it.

Sources: SI 2024/208 reg 11 with the registers-law fact sheet, section 5; clauses M-5.1d, O-B-6.4.2 to O-B-6.4.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from allpresent.core.calendar.words import day_words
from allpresent.core.leave.consulting import Finding, consultations
from allpresent.core.leave.grounds import GroundRule, leave_of
from allpresent.core.leave.needs import Need, NeedState
from allpresent.core.policy.model.words import Circumstance
from allpresent.core.policy.policy import Policy

AFTER_THE_EVENT = "WT on leave of absence"
"""Nothing is given after the event (read through quotations)."""


class Asker(StrEnum):
    """Who asked, as the law sees them."""

    LIVED_WITH = "a parent the pupil normally lives with"
    PARENT = "a parent the pupil does not normally live with"
    PUPIL = "the pupil"
    OTHER = "someone else"


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """What is known of a request.

    `asked_at` and `begins_at` are instants: when it was asked, and when its first session opens. `latest_ask` is the
    last day on which the policy's notice was still kept (None: no notice is asked). `compulsory_throughout` and
    `over_age` speak of compulsory school age on every day of it, and past it on the first. `heard` holds the parties
    consulted so far, `finding` what the safeguarding check found.
    """

    asked_at: datetime
    asked_on: date
    begins_at: datetime
    latest_ask: date | None
    asker: Asker
    compulsory_throughout: bool
    over_age: bool
    circumstances: frozenset[Circumstance] = frozenset()
    heard: frozenset[str] = frozenset()
    finding: Finding | None = None


def needs(policy: Policy, rule: GroundRule, facts: AskedFacts, *, now: datetime) -> tuple[Need, ...]:
    """Everything that the request needs, in the order in which it is weighed.

    A need BARS while leave cannot be given at all; OPEN is owed before the answer; NOTED is told and refuses nothing.
    (M-5.1d, O-B-6.4.2, O-B-6.4.4, O-B-6.4.5)
    """
    return (
        *_in_advance(facts, now),
        *_notice(policy, facts),
        *_asker(policy, facts),
        *_age(rule, facts),
        *consultations(policy, facts.circumstances, facts.heard, facts.finding),
    )


def _in_advance(facts: AskedFacts, now: datetime) -> Iterator[Need]:
    """Asked and answered before it begins: nothing is given after the event."""
    source = (AFTER_THE_EVENT,)
    if facts.asked_at >= facts.begins_at:
        words = "It was asked for after it had begun, and leave is never given after the event."
        yield Need("in-advance", words, NeedState.BARS, source, unconfirmed="read through quotations")
    elif now >= facts.begins_at:
        words = "Its first session has begun: only sessions still to come can be given."
        yield Need("in-advance", words, NeedState.NOTED, source, unconfirmed="read through quotations")
    else:
        yield Need("in-advance", "Asked for in advance.", NeedState.MET, source)


def _notice(policy: Policy, facts: AskedFacts) -> Iterator[Need]:
    """The policy's notice, told and never held against anybody. (M-5.1d, O-B-6.4.4)"""
    leave = leave_of(policy)
    if leave.ahead is None or facts.latest_ask is None:
        return
    why = policy.why("leave.ahead")
    if facts.asked_on <= facts.latest_ask:
        yield Need("notice", f"Asked for at least {leave.ahead} before.", NeedState.MET, why)
        return
    wish = "where possible" if leave.where_possible else "as a rule"
    words = (
        f"Asked for on {day_words(facts.asked_on)}. The policy asks {wish} for {leave.ahead}: by "
        f"{day_words(facts.latest_ask)}. Short notice alone refuses nothing."
    )
    yield Need("notice", words, NeedState.NOTED, why)


HEARD_FROM = "parent-lived-with"


def _asker(policy: Policy, facts: AskedFacts) -> Iterator[Need]:
    """Asked by a parent the pupil normally lives with, or by a pupil over compulsory age. (O-B-6.4.2; reg 11)"""
    asked_by = leave_of(policy).asked_by
    if asked_by is None:
        return
    why = policy.why("leave.asked-by")
    if facts.asker is Asker.LIVED_WITH or (facts.asker is Asker.PUPIL and facts.over_age):
        yield Need(HEARD_FROM, f"Asked for by {facts.asker}.", NeedState.MET, why)
    elif HEARD_FROM in facts.heard:
        yield Need(HEARD_FROM, "A parent the pupil normally lives with has been heard.", NeedState.MET, why)
    else:
        words = f"Asked for by {facts.asker}. Hear it from a parent the pupil normally lives with."
        yield Need(HEARD_FROM, words, NeedState.OPEN, why)


def _age(rule: GroundRule, facts: AskedFacts) -> Iterator[Need]:
    """C2 is for a pupil of compulsory school age throughout. (reg 11(6))"""
    if not rule.compulsory_age:
        return
    if facts.compulsory_throughout:
        yield Need("age", "Of compulsory school age throughout.", NeedState.MET, (rule.source,))
    else:
        words = "Not of compulsory school age throughout, so no part-time timetable can be agreed for these days."
        yield Need("age", words, NeedState.BARS, (rule.source,))
