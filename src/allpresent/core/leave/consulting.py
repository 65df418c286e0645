"""Who is asked before a request for leave is answered, and the safeguarding check before the reply.

Sources: O-B-6.4.2 (the Designated Safeguarding Lead), O-B-6.4.4 (the check), O-B-6.4.5 (the Virtual School).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from allpresent.core.leave.grounds import leave_of
from allpresent.core.leave.needs import Need, NeedState
from allpresent.core.policy.model.duties import Duty
from allpresent.core.policy.model.words import Circumstance, DutyKind, Party
from allpresent.core.policy.policy import Policy

RESTRICTED = frozenset(
    {Circumstance.IN_CARE, Circumstance.PREVIOUSLY_IN_CARE, Circumstance.SOCIAL_WORKER, Circumstance.YOUTH_JUSTICE,
     Circumstance.AT_RISK, Circumstance.YOUNG_CARER}
)  # fmt: skip
"""Circumstances that are told only to those who may see restricted facts."""

CHECK = "safeguarding-check"
PARTIES = {
    Party.VIRTUAL_SCHOOL.value: "the Virtual School",
    Party.SOCIAL_WORKER.value: "the social worker",
    Party.YOUTH_JUSTICE.value: "the youth justice worker",
    Party.AUTHORITY.value: "the local authority",
    Party.COMMISSIONER.value: "whoever commissioned the place",
    Party.LIVES_WITH.value: "a parent the pupil normally lives with",
    Party.PROFESSIONALS.value: "other professionals",
}


class Finding(StrEnum):
    """What the safeguarding check found."""

    CLEAR = "no concern"
    CONCERN = "a concern: the safeguarding protocol is followed"


def consultations(
    policy: Policy, circumstances: frozenset[Circumstance], heard: frozenset[str], finding: Finding | None
) -> Iterator[Need]:
    """Each party that the policy has consulted for a pupil of these circumstances, once, and the check it asks for.

    (O-B-6.4.2, O-B-6.4.4, O-B-6.4.5)
    """
    seen: set[str] = set()
    for duty in policy.duties(DutyKind.CONSULT):
        if duty.for_ and not circumstances & set(duty.for_):
            continue
        for party in duty.to:
            if party not in seen:
                seen.add(party)
                yield _asked(policy, party, heard, duty.clause or duty.source, bool(RESTRICTED & set(duty.for_)))
        if duty.asks and CHECK not in seen:
            seen.add(CHECK)
            yield _check(duty, finding)
    for role in leave_of(policy).consulted:
        if role not in seen:
            yield _asked(policy, role, heard, policy.why("leave.consulted"), restricted=False)


def party_words(policy: Policy, party: str) -> str:
    """'the Virtual School'; of a post, the school's own label, and its id where it has none. (O-B-6.4.2)"""
    if party in PARTIES:
        return PARTIES[party]
    role = policy.roles.get(party)
    return f"the {role.names[0]}" if role and role.names else f"the {party.replace('-', ' ')}"


def _asked(policy: Policy, party: str, heard: frozenset[str], clauses: tuple[str, ...], restricted: bool) -> Need:
    who = party_words(policy, party)
    if party in heard:
        return Need(f"consult-{party}", f"Asked {who}.", NeedState.MET, clauses, party, restricted)
    return Need(f"consult-{party}", f"Ask {who} before answering.", NeedState.OPEN, clauses, party, restricted)


def _check(duty: Duty, finding: Finding | None) -> Need:
    """The safeguarding check, before any reply. A concern found does not decide; it is known."""
    clauses = duty.clause or duty.source
    if finding is None:
        words = f"Safeguarding check before the reply: is there {' or '.join(duty.asks)}?"
        return Need(CHECK, words, NeedState.OPEN, clauses, restricted=True)
    state = NeedState.MET if finding is Finding.CLEAR else NeedState.NOTED
    return Need(CHECK, f"Safeguarding check done: {finding}.", state, clauses, restricted=True)
