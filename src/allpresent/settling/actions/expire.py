"""When the time for a reason is over: the code that follows, by itself where the policy says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy
from allpresent.core.policy.findings import PolicyProblem
from allpresent.core.policy.policy import Policy
from allpresent.core.settle.clock import countdown
from allpresent.schools.models import School
from allpresent.settling.actions.settle import write
from allpresent.settling.loading import Child, Loaded, is_imported, load_unexplained
from allpresent.settling.models import Decision
from allpresent.settling.weighing import explains, notice_for
from allpresent.shared.signer import Signer

BY_THE_CLOCK = Signer(None, "Allpresent", "when the time for a reason was over")


def expire(school: School, *, now: datetime, by: Signer = BY_THE_CLOCK) -> int:
    """Enter the code that follows an unknown reason, for each N whose time is over. Gives how many.

    Only where the policy of the session's day and today's both let it follow by itself; never where an explanation
    waits for a decision, nor for a mark from another system: a person settles those. Each is one transaction under a
    key of its own: two passes at once, or one that dies, enter it once. (O-B-14.1, O-B-19; reg 10(7)-(9))
    """
    loaded = load_unexplained(school, now=now)
    due = ((child, session, policy) for child in loaded.children for session, policy in _due(loaded, child))
    return sum(_enter(school, child, session, policy, now=now, by=by) for child, session, policy in due)


def _due(loaded: Loaded, child: Child) -> Iterator[tuple[Session, Policy]]:
    for session, held in child.marks.items():
        if held.code != "N" or is_imported(held) or explains(notice_for(child, session)):
            continue
        policy = _policy(loaded, session)
        if policy and countdown(loaded.setting.calendar, session.day, policy, loaded.today).over:
            yield session, policy


def _policy(loaded: Loaded, session: Session) -> Policy | None:
    """The policy of the session's day, where it and today's let the code follow by itself."""
    try:
        then, now = loaded.setting.policy_on(session.day), loaded.setting.policy_on(loaded.today)
    except PolicyProblem:
        return None
    return then if then.settles_by_itself and now.settles_by_itself else None


def _enter(school: School, child: Child, session: Session, policy: Policy, *, now: datetime, by: Signer) -> bool:
    """Whether this pass entered it: another may have been first, or a person."""
    clauses = tuple(dict.fromkeys((*policy.why("settle.by-itself"), *policy.why("settle.within"))))
    decision = Decision(
        school=school, pupil_id=child.pupil.id, code=policy.settle_becomes, proposed=policy.settle_becomes,
        reason=f"No reason was established in {policy.settle_within} ({'; '.join(policy.why('settle.by-itself'))}).",
        key=f"time over {child.pupil.id} {session.day} {session.half} {child.marks[session].version}",
        clauses=list(clauses), at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    kept = write(decision, school, [session], child, level=EnteredBy.OFFICE, by=by, now=now)
    return kept is decision
