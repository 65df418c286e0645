"""Deciding on leave: the decision, the marks entered ahead and the letters, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy
from allpresent.core.leave.deciding import Answer, Outcome, decision_faults
from allpresent.core.register.problems import Fault, ProblemKind
from allpresent.leave.actions.keeping import alone, keep, kept_before, refusal_of, sign
from allpresent.leave.letters import write_answer
from allpresent.leave.lines import RequestLine, span_words
from allpresent.leave.models import Decision, Withdrawal
from allpresent.leave.weighing import last_begun, needs_of, sessions_in
from allpresent.people.queries import RollPupil
from allpresent.registers.actions import plan_sessions
from allpresent.schools.models import School
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

DECIDED = "A colleague has decided this request already. Nothing of yours was kept: look at the decision."
GONE = "This request has been taken back, so there is nothing to decide."


@dataclass
class Decided:
    """A decision kept: the sessions entered ahead, those that held a mark and kept it, whom no letter could reach."""

    decision: Decision
    planned: tuple[Session, ...] = ()
    kept: tuple[Session, ...] = ()
    unwritten: tuple[str, ...] = field(default=())


def problems_of(
    school: School, pupil: RollPupil, line: RequestLine, answer: Answer, now: datetime
) -> tuple[Problem, ...]:
    """Everything wrong with an answer, before anything is kept."""
    needs = needs_of(school, pupil, line, now)
    begun = last_begun(school, pupil, line.span, now)
    return tuple(Problem(*fault) for fault in decision_faults(line.span, answer, line.rule, needs, begun))


def decide_leave(
    *, school: School, pupil: RollPupil, line: RequestLine, answer: Answer, key: str, by: Signer, now: datetime
) -> Decided | Refused:
    """Decide on a request, enter the days given ahead and write to the parents. The same call again changes nothing.

    Whoever calls has seen that the policy names this person (leave/permissions.py). Sessions that hold a mark keep it.
    (M-5.1b, O-B-6.1, O-B-6.4.2)
    """
    done = Decided(_row(line, answer, key, by, now))
    if held := kept_before(done.decision):
        return Decided(held) if isinstance(held, Decision) else held
    if line.decision or line.withdrawal:
        return refused("", DECIDED if line.decision else GONE)
    if refusal := refusal_of(problems_of(school, pupil, line, answer, now)):
        return refusal

    def act() -> Refused | None:
        alone(line.id)
        if Withdrawal.objects.filter(request_id=line.id).exists():
            return refused("", GONE)
        refusal = _plan(school, pupil, line, answer, done, by, now) if answer.given else None
        done.unwritten = () if refusal else write_answer(school, pupil, line, answer, key=key, by=by, now=now)
        return refusal

    kept = keep(done.decision, taken=DECIDED, also=act)
    return kept if isinstance(kept, Refused) else done


def _row(line: RequestLine, answer: Answer, key: str, by: Signer, now: datetime) -> Decision:
    given = answer.given if answer.outcome is not Outcome.REFUSED else None
    days = {} if given is None else {
        "code": line.rule.code, "first_day": given.first.day, "first_half": given.first.half.value,
        "last_day": given.last.day, "last_half": given.last.half.value,
    }  # fmt: skip
    return Decision(
        request_id=line.id, outcome=answer.outcome.value, reasons=answer.reasons.strip(),
        conditions=dict(answer.answers), key=key, at=now, **days, **sign(by),
    )  # fmt: skip


def _plan(
    school: School, pupil: RollPupil, line: RequestLine, answer: Answer, done: Decided, by: Signer, now: datetime
) -> Refused | None:
    """Enter the days given. What the register refuses undoes the decision; marks that are there are kept."""
    sessions = sessions_in(school, pupil, answer.given)
    planned = plan_sessions(
        school=school, pupil=pupil, sessions=sessions, code=line.rule.code, detail=_detail(answer, by),
        level=EnteredBy.HEAD, by=by, now=now,
    )  # fmt: skip
    if isinstance(planned, Fault) and planned.kind is not ProblemKind.CONFLICT:
        return refused("given_first", planned.message[:1].upper() + planned.message[1:])
    done.planned = () if isinstance(planned, Fault) else planned
    done.kept = tuple(session for session in sessions if session not in done.planned)
    return None


def _detail(answer: Answer, by: Signer) -> str:
    """What stands beside each mark: the answers that the ground asks for, the days given, and whose decision it is."""
    answers = "; ".join(text.strip() for text in answer.answers.values() if text.strip())
    decided = f"leave given {span_words(answer.given)} by {by.position or by.name}"
    return f"{decided}; {answers}" if answers else decided
