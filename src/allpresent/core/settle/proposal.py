"""The code that an explanation earns under a policy, and why. A proposal: a person decides (O-B-12.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import CodeSet, EnteredBy
from allpresent.core.policy.model.duties import Marking
from allpresent.core.policy.model.words import Case
from allpresent.core.policy.policy import Policy
from allpresent.core.settle.explanation import Explanation, Facts
from allpresent.core.settle.needs import Need, needs_of
from allpresent.core.settle.reasons import Reason
from allpresent.core.settle.statements import (
    UNAUTHORISED,
    Because,
    code_marked,
    evidence_rule,
    is_unauthorised,
    marking_of,
    sources_of,
)
from allpresent.core.settle.telling import tell_first

_LAW = ("SI 2024/208 reg 10 Table 3",)
_LEAVE = ("SI 2024/208 reg 11",)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be entered for an absence.

    `codes`: one code is proposed; of several a person picks; with none a person decides from the whole list. `needs`
    are what the proposed code needs first. `tell_first`: the clauses that have the parent told before the change;
    empty where none does. `level` is the least that may enter it; `decided_by` the role the policy names, or "".
    """

    codes: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()
    needs: tuple[Need, ...] = ()
    tell_first: tuple[str, ...] = ()
    level: EnteredBy = EnteredBy.OFFICE
    decided_by: str = ""

    @property
    def code(self) -> str:
        """The one code proposed, or ""."""
        return self.codes[0] if len(self.codes) == 1 else ""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause or source it stands on, once."""
        return tuple(dict.fromkeys(id_ for because in self.because for id_ in because.clauses))


def propose(
    policy: Policy, codes: CodeSet, session: Session, explanation: Explanation | None, facts: Facts
) -> Proposal:
    """The code for one session's absence, why, and what it needs first.

    Codes that cannot sit in that half, or do not exist that day, are never proposed. Without an explanation nothing is
    proposed before the time is over. (M-4.2b-d, M-4.3a, M-4.5c, M-5.1e-f, O-B-6.2.3, O-B-6.5.2.1, O-B-6.5.3.1,
    O-B-7.1, O-B-7.4, O-B-7.6, O-B-12.1-12.3, O-B-14.1.)
    """
    found = _found(policy, explanation, facts)
    fitting = tuple(letter for letter in found.codes if letter in codes and session.half in codes[letter].halves)
    if not fitting:
        return replace(found, codes=())
    head_only = all(EnteredBy.OFFICE not in codes[letter].entered_by for letter in fitting)
    one = fitting[0] if len(fitting) == 1 else ""
    told = one and explanation and is_unauthorised(one, codes)
    return replace(
        found,
        codes=fitting,
        needs=needs_of(policy, one, facts) if one else (),
        tell_first=tell_first(policy, explanation.reason) if told and explanation else (),
        level=EnteredBy.HEAD if head_only else EnteredBy.OFFICE,
    )


def _found(policy: Policy, explanation: Explanation | None, facts: Facts) -> Proposal:
    if facts.granted:
        return _as(facts.granted, Because("Leave was given in advance.", _LEAVE))
    if explanation is None or not explanation.gives_a_reason:
        return _unexplained(policy, facts)
    if explanation.reason is None:
        return Proposal(because=(Because("They gave words of their own: read them, and choose the code."),))
    return _RULES[explanation.reason](policy, explanation, facts)


def _as(letter: str, *because: Because) -> Proposal:
    return Proposal((letter,), because)


def _unexplained(policy: Policy, facts: Facts) -> Proposal:
    overstayed = marking_of(policy, Case.OVERSTAYED)
    if facts.after_leave and overstayed:
        return _overstayed(overstayed)
    if facts.time_over:
        days = f"No reason was established in {policy.settle_within}."
        return _as(policy.settle_becomes, Because(days, policy.why("settle")))
    return Proposal(because=(Because("Nobody has said why.", policy.why("settle")),))


def _overstayed(said: Marking) -> Proposal:
    """Days past the leave agreed: where the policy only says unauthorised, G and O are offered. (O-B-12.3.8)"""
    letter = code_marked(said, UNAUTHORISED)
    offered = ("G", UNAUTHORISED) if letter == UNAUTHORISED else (letter,)
    return Proposal(offered, (Because("Away longer than the leave that was agreed.", sources_of(said)),))


def _illness(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    doubted = marking_of(policy, Case.ILL_DOUBTED)
    if facts.doubted and not facts.evidence_seen:
        letter = code_marked(doubted, UNAUTHORISED) if doubted else UNAUTHORISED
        clauses = sources_of(doubted) if doubted else _LAW
        if facts.waiting:
            return Proposal(("I", letter), (Because("Evidence was asked for and may still come.", clauses),))
        return _as(letter, Because("The illness is doubted and no evidence was seen.", clauses))
    late = marking_of(policy, Case.ILL_UNREPORTED)
    if late and explanation.told_on > facts.first_day:
        because = Because("Illness that was not reported on the first day may be left unauthorised.", sources_of(late))
        return Proposal(("I", code_marked(late, "I")), (because,), decided_by=late.decided_by or "")
    said = marking_of(policy, Case.ILL)
    letter, clauses = (code_marked(said, "I"), sources_of(said)) if said else ("I", _LAW)
    return _as(letter, Because("Illness was reported, and nobody doubts it.", clauses))


def _appointment(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    asked, said = evidence_rule(policy, "appointment"), marking_of(policy, Case.APPOINTMENT)
    clauses = sources_of(asked) if asked else sources_of(said) if said else _LAW
    if asked and asked.notice_in_advance and not facts.in_advance:
        if not asked.unless:
            return _as(UNAUTHORISED, Because("An appointment is authorised only when told in advance.", clauses))
        return Proposal(("M", UNAUTHORISED), (Because(f"Not told in advance: M only if {asked.unless}.", clauses),))
    unproved = marking_of(policy, Case.APPOINTMENT_UNPROVED)
    rest = (Because("Without the document it is not authorised.", sources_of(unproved)),) if unproved else ()
    letter = code_marked(said, "M") if said else "M"
    return _as(letter, Because("An appointment, told in advance.", clauses), *rest)


def _observance(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    rule = policy.content.observance
    clauses = policy.why("observance") if rule else _LAW
    most, a_year = (rule.days or 1, rule.days_a_year) if rule else (1, None)
    if facts.observance_days < most and (a_year is None or facts.observance_days_this_year < a_year):
        return _as("R", Because("A day set apart for religious observance.", clauses))
    extra = marking_of(policy, Case.OBSERVANCE_EXTRA)
    letter = code_marked(extra, UNAUTHORISED) if extra else UNAUTHORISED
    further = "; further days are asked for as leave" if rule and rule.further_days == "leave" else ""
    says = f"More days than the policy gives one observance{further}."
    return _as(letter, Because(says, tuple(dict.fromkeys((*clauses, *(sources_of(extra) if extra else ()))))))


def _travelling(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    if not facts.compulsory_age:
        return Proposal(because=(Because("T is only for a child of compulsory school age.", ("SI 2024/208 reg 3",)),))
    return _as("T", Because("A parent who travels for work, and the child with them.", ("SI 2024/208 reg 3",)))


def _transport(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    says = "Y1 when transport that is provided did not run; Q when the authority never arranged it; else unauthorised."
    return Proposal(("Y1", "Q", UNAUTHORISED), (Because(says, _LAW),))


def _disruption(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    return _as("Y2", Because("Travel was disrupted for everybody.", _LAW))


def _interview(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    because = Because("An interview is leave that is asked for in advance.", ("SI 2024/208 reg 11(4)",))
    return _as("J1" if facts.in_advance else UNAUTHORISED, because)


def _holiday(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    own = tuple(reason for reason in policy.content.unauthorised_reasons if set(reason.codes) == {"G"})
    clauses = tuple(dict.fromkeys(id_ for reason in own for id_ in sources_of(reason)))
    return _as("G", Because("A holiday without leave.", clauses or _LAW))


def _family(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    says = "Leave for exceptional circumstances is decided before the absence. None was given for this one."
    return _as(UNAUTHORISED, Because(says, policy.why("leave")))


def _other(policy: Policy, explanation: Explanation, facts: Facts) -> Proposal:
    return Proposal(because=(Because("Another reason: read what was said, and choose the code."),))


_RULES: dict[Reason, Callable[[Policy, Explanation, Facts], Proposal]] = {
    Reason.ILLNESS: _illness,
    Reason.APPOINTMENT: _appointment,
    Reason.OBSERVANCE: _observance,
    Reason.TRAVELLING: _travelling,
    Reason.TRANSPORT: _transport,
    Reason.DISRUPTION: _disruption,
    Reason.INTERVIEW: _interview,
    Reason.HOLIDAY: _holiday,
    Reason.FAMILY: _family,
    Reason.OTHER: _other,
}
