"""When a parent has to hear of a change before it is made."""

from __future__ import annotations

from allpresent.core.policy.model.words import Case, DutyKind, Event
from allpresent.core.policy.policy import Policy
from allpresent.core.settle.reasons import Reason
from allpresent.core.settle.statements import marking_of, sources_of


def tell_first(policy: Policy, reason: Reason | None) -> tuple[str, ...]:
    """The clauses that have the parent told before an explained absence becomes unauthorised; empty where none does.

    They are the policy's marking of doubted illness or of a reason not accepted, and a duty to warn the parent before
    the mark changes. An absence for which no reason was given needs no telling. (M-4.2d)
    """
    if reason is Reason.NOT_SAID:
        return ()
    cases = (Case.ILL_DOUBTED, Case.NOT_ACCEPTED) if reason is Reason.ILLNESS else (Case.NOT_ACCEPTED,)
    marked = (said for case in cases if (said := marking_of(policy, case)) and said.tell_first)
    warned = (duty for duty in policy.duties(DutyKind.WARN_PARENT) if duty.when is Event.BEFORE_CHANGE)
    return tuple(dict.fromkeys(id_ for said in (*marked, *warned) for id_ in sources_of(said)))


def tell_before_asking(policy: Policy) -> tuple[str, ...]:
    """The clauses that have the parent told when evidence of illness is going to be needed. (M-4.2c-d, O-B-7.5)"""
    asked = (said for said in policy.content.evidence if said.of == "illness" and said.tell_parent_first)
    return tuple(dict.fromkeys(id_ for said in asked for id_ in sources_of(said)))
