"""Settling an absence: a person's decision, and the marks it changes, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from allpresent.absences.actions import Given, give_evidence
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.register.problems import Problem as MarkProblem
from allpresent.core.register.problems import ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.people.queries import RollPupil, pupil_on_roll
from allpresent.registers.actions import amend_mark
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.settling.actions.deciding import missing, weighed
from allpresent.settling.loading import Child, Held, load_pupils
from allpresent.settling.models import DecidedSession, Decision
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import plain_day

TWICE = "This was sent before with another decision. Look at the absence again."
CHANGED = "Somebody changed one of these marks meanwhile. Look at it again: nothing was changed now."
NOT_YET = "has not come yet. A mark is entered when its register is taken."
_FIELDS = {ProblemKind.REASON: "reason", ProblemKind.DETAIL: "detail"}


def settle(
    *, school: School, pupil: RollPupil, sessions: Collection[Session], code: str, reason: str, notice_id: int | None,
    evidence_ids: Collection[int], level: EnteredBy, key: str, by: Signer, now: datetime, detail: str = "",
    seen: str = "", granted: str = "", versions: Mapping[Session, int] | None = None,
) -> Decision | Refused:  # fmt: skip
    """Decide the code of some sessions of one pupil: the decision and every mark, or nothing and why.

    The same sending (same `key`) again changes nothing. `notice_id` is the explanation it answers; `seen` what evidence
    was seen, in words; `granted` the decision on leave that a code of leave stands on; `versions` those that were on
    screen (without them, those in force now). An explained absence becomes unauthorised only after the parent was
    told, where the policy says so. (M-4.2d, M-4.3a, M-4.5c, O-B-6.2.3, O-B-7.4, O-B-12.2, O-B-14.1; reg 6, reg 10.)
    """
    wanted = tuple(sorted(sessions))
    if held := Decision.objects.filter(school=school, key=key).first():
        return held if _same(held, pupil, wanted, code) else refused("", TWICE)
    if problems := tuple(_problems(wanted, code, reason, now)):
        return Refused(problems)
    child = _child(school, pupil, now)
    stands_on = weighed(setting_of(school), child, wanted, code, notice_id, now.astimezone(LONDON).date())
    if isinstance(stands_on, Refused):
        return stands_on
    if lacking := tuple(missing(stands_on, seen=seen, evidence=bool(evidence_ids), granted=bool(granted))):
        return Refused(lacking)
    decision = Decision(
        school=school, pupil_id=pupil.id, notice_id=notice_id, code=code, proposed=stands_on.proposed,
        reason=reason.strip(), detail=detail.strip(), confirmed=stands_on.confirmed, seen=seen.strip(),
        evidence_ids=sorted(evidence_ids), granted=granted, told_id=stands_on.told, clauses=list(stands_on.clauses),
        key=key, at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    with transaction.atomic():
        if decision.seen and not evidence_ids:
            decision.evidence_ids = [_evidence_seen(decision, school, pupil, wanted, by, now)]
        kept = write(decision, school, wanted, child, level=level, by=by, now=now, versions=versions)
        if isinstance(kept, Refused):
            transaction.set_rollback(True)
    return kept


def _evidence_seen(
    decision: Decision, school: School, pupil: RollPupil, sessions: Sequence[Session], by: Signer, now: datetime
) -> int:
    """Keep that evidence was seen, so that it is not asked for again. Gives its number."""
    line = decision.notice
    given = Given(
        first=sessions[0].day, last=sessions[-1].day, kind=decision.seen[:100], shows=decision.seen,
        given_by=line.told_by if line else "the parent", channel=line.channel if line else "other",
        notice_id=decision.notice_id,
    )  # fmt: skip
    key = f"seen {decision.key}"[:64]
    kept = give_evidence(school=school, pupil=pupil, given=given, key=key, by=by, now=now)
    if isinstance(kept, Refused):
        raise ValueError(f"the evidence could not be kept: {kept.problems}")
    return kept.id


def write(
    decision: Decision, school: School, sessions: Sequence[Session], child: Child, *,
    level: EnteredBy, by: Signer, now: datetime, versions: Mapping[Session, int] | None = None,
) -> Decision | Refused:  # fmt: skip
    """Keep a decision and amend its marks in one transaction; a mark that cannot be amended undoes it all."""
    try:
        with transaction.atomic():
            decision.save()
            for session in sessions:
                before = child.marks[session]
                seen = before.version if versions is None else versions.get(session, 0)
                version = _amended(decision, school, session, before, seen, level, by, now)
                DecidedSession.objects.create(
                    decision=decision, pupil_id=child.pupil.id, day=session.day, half=session.half.value,
                    before=before.code, version=version,
                )  # fmt: skip
    except _Undone as undone:
        return undone.refusal
    except IntegrityError:
        return _kept_before(decision, sessions)
    return decision


class _Undone(Exception):
    """A mark could not be amended: the whole decision is taken back."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def _amended(
    decision: Decision, school: School, session: Session, before: Held, seen: int, level: EnteredBy, by: Signer,
    now: datetime,
) -> int:  # fmt: skip
    """The version that holds the code decided: a new entry's, or that in force where the code is decided to stay.

    Raises _Undone with what is wrong, in words that fit the page.
    """
    if before.code == decision.code and before.version == seen:
        return seen
    pupil = pupil_on_roll(school, decision.pupil_id, session.day)
    if pupil is None:
        raise _Undone(refused("", f"They are not on the roll on {plain_day(session.day)}. Nothing was changed."))
    new = SubmittedMark(pupil.id, decision.code, seen, None, decision.detail)
    result = amend_mark(
        school=school, pupil=pupil, session=session, new=new, reason=decision.reason, level=level, by=by, now=now
    )
    if isinstance(result, Problems):
        raise _Undone(Refused(tuple(_as_problem(problem, pupil) for problem in result.problems)))
    return result.version


def _as_problem(problem: MarkProblem, pupil: RollPupil) -> Problem:
    if problem.kind is ProblemKind.CONFLICT:
        return Problem("", CHANGED)
    says = problem.message.removeprefix(f"{pupil.name}: ")
    return Problem(_FIELDS.get(problem.kind, "code"), says[:1].upper() + says[1:])


def _kept_before(decision: Decision, sessions: Sequence[Session]) -> Decision | Refused:
    """The same sending that came first, or a refusal: somebody settled one of the marks at the same moment."""
    held = Decision.objects.filter(school_id=decision.school_id, key=decision.key).first()
    return held if held and held.code == decision.code else refused("", CHANGED)


def _same(held: Decision, pupil: RollPupil, sessions: Sequence[Session], code: str) -> bool:
    decided = {(row.day, row.half) for row in held.sessions.all()}
    return (held.pupil_id, held.code) == (pupil.id, code) and decided == {(s.day, s.half.value) for s in sessions}


def _problems(sessions: Sequence[Session], code: str, reason: str, now: datetime) -> Iterator[Problem]:
    if not any(character.isalnum() for character in reason):
        yield Problem("reason", "Say why, in a few words. They stay beside the mark.")
    if not sessions:
        yield Problem("sessions", "Choose the sessions that this settles.")
    for session in sessions:
        if session.day > now.astimezone(LONDON).date():
            yield Problem("sessions", f"{plain_day(session.day)} {NOT_YET}")
        elif code not in code_set_on(session.day):
            yield Problem("code", f"“{code}” is not a code. Choose one from the list.")
            return


def _child(school: School, pupil: RollPupil, now: datetime) -> Child:
    """The pupil with everything on record. Raises ValueError for another school's."""
    children = load_pupils(school, [pupil.id], now=now).children
    if not children:
        raise ValueError(f"pupil {pupil.id} is not of {school}")
    return children[0]
