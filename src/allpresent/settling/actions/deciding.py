"""What a decision about an absence stands on, before it is written: the records, the policy, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from allpresent.absences.lines import NoticeLine
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import code_set_on
from allpresent.core.settle.needs import Need, NeedKind, needs_of, still_missing
from allpresent.core.settle.statements import is_unauthorised
from allpresent.core.settle.telling import tell_first
from allpresent.schools.queries import Setting
from allpresent.settling.loading import Child
from allpresent.settling.models import ParentTold
from allpresent.settling.weighing import explains, reason_of, weigh
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.words import plain_day

CORRECTED = "The message was corrected meanwhile. Read it again before you decide."
_UNAUTHORISED_ALREADY = frozenset({"O", "G", "U"})


@dataclass(frozen=True)
class Weighed:
    """What a code still needs, what stood proposed, on which clauses; which tell the parent first, and the telling."""

    needs: tuple[Need, ...]
    proposed: str
    clauses: tuple[str, ...]
    tell_first: tuple[str, ...]
    told: int | None

    @property
    def confirmed(self) -> list[str]:
        """The conditions that deciding confirms."""
        return [need.says for need in self.needs if need.kind is NeedKind.CONFIRMED]


def weighed(
    setting: Setting, child: Child, sessions: Sequence[Session], code: str, notice_id: int | None, today: date
) -> Weighed | Refused:
    """What a decision for these sessions stands on; a refusal where the records have changed under it."""
    if unmarked := next((session for session in sessions if session not in child.marks), None):
        return refused("sessions", f"There is no mark for {plain_day(unmarked.day)} yet. Take the register first.")
    answered = next((line for line in child.notices if line.id == notice_id), None)
    if notice_id and answered is None:
        return refused("", CORRECTED)
    singles = [_single(setting, child, session, code, today) for session in sessions]
    first = tuple(dict.fromkeys(id_ for single in singles for id_ in single.tell_first))
    return Weighed(
        needs=tuple(dict.fromkeys(need for single in singles for need in single.needs)),
        proposed=singles[0].proposed,
        clauses=tuple(dict.fromkeys((*(id_ for single in singles for id_ in single.clauses), *first))),
        tell_first=first,
        told=next((single.told for single in singles if single.told), None),
    )


def _single(setting: Setting, child: Child, session: Session, code: str, today: date) -> Weighed:
    line, proposal, _, facts = weigh(child, session, setting, today)
    policy, codes = setting.policy_on(session.day), code_set_on(session.day)
    changes = is_unauthorised(code, codes) and child.marks[session].code not in _UNAUTHORISED_ALREADY
    first = tell_first(policy, reason_of(line)) if line and changes and explains(line) else ()
    clauses = proposal.clauses if code in proposal.codes else policy.why("settle")
    return Weighed(needs_of(policy, code, facts), proposal.code, clauses, first, _told(child, line) if first else None)


def _told(child: Child, line: NoticeLine | None) -> int | None:
    about = (told for told in child.told if told.about == ParentTold.About.CHANGE)
    return next((told.id for told in about if line and told.notice_id == line.id), None)


def missing(weighed: Weighed, *, seen: str, evidence: bool, granted: bool) -> Iterator[Problem]:
    """Everything that has to come before the decision."""
    if weighed.tell_first and weighed.told is None:
        by = ", ".join(weighed.tell_first)
        yield Problem("told", f"Tell the parent first that it will not be authorised ({by}). Then change the mark.")
    for need in still_missing(weighed.needs, seen=seen, evidence=evidence, granted=granted):
        by = f" ({', '.join(need.clauses)})" if need.clauses else ""
        yield Problem("seen" if need.kind is NeedKind.SEEN else "code", f"It needs this first: {need.says}{by}.")
