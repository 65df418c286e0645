"""The mark of a session elsewhere follows the provider's newest word (O-B-5.2, O-B-5.4)."""

from __future__ import annotations

from datetime import datetime

from allpresent.absences.queries import notices_for
from allpresent.core.calendar.sessions import Session
from allpresent.core.codes import EnteredBy, code_set_on
from allpresent.core.elsewhere.heard import Says
from allpresent.core.register.problems import ProblemKind, Problems
from allpresent.core.register.sheet import SubmittedMark
from allpresent.core.settle.explanation import Explanation, Facts
from allpresent.core.settle.proposal import propose
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere.queries.arrangements import Arranged
from allpresent.elsewhere.queries.words import Word, words_about
from allpresent.people.queries import RollPupil
from allpresent.registers import actions as registers
from allpresent.registers.queries import Mark, mark_of
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.signer import Signer

_NOT_N = frozenset({ProblemKind.REASON_KNOWN, ProblemKind.TOO_OLD})


def follow(
    school: School, pupil: RollPupil, session: Session, arranged: Arranged, *, by: Signer, now: datetime
) -> bool:
    """Amend the mark where it contradicts the newest word; gives whether it did. Running it again changes nothing.

    A session that has not begun, or has no mark, is left until it has.
    """
    words = words_about(school, session.day, session.day, pupil_ids=[pupil.id])
    word = next((word for word in words if word.half == session.half.value), None)
    mark = mark_of(pupil.id, session)
    if word is None or mark is None:
        return False
    if word.said is Says.NOT_THERE and _is_attendance(mark, session, arranged):
        return _absent(school, pupil, session, mark, word, by, now)
    if word.said is not Says.NOT_THERE and mark.code == "N":
        new = SubmittedMark(pupil.id, arranged.code, mark.version, detail=arranged.detail)
        return _amend(school, pupil, session, new, word, by, now) is None
    return False


def _is_attendance(mark: Mark, session: Session, arranged: Arranged) -> bool:
    code = code_set_on(session.day).get(mark.code)
    return mark.code == arranged.code or (code is not None and code.attendance and not code.on_site)


def _absent(school, pupil, session, mark: Mark, word: Word, by: Signer, now: datetime) -> bool:
    """N until somebody settles the reason; where N may not stand, what the reason on record earns, else O."""
    wrong = _amend(school, pupil, session, SubmittedMark(pupil.id, "N", mark.version), word, by, now)
    if wrong and any(problem.kind in _NOT_N for problem in wrong.problems):
        code = _earned(school, pupil, session) or "O"
        wrong = _amend(school, pupil, session, SubmittedMark(pupil.id, code, mark.version), word, by, now)
    return wrong is None


def _earned(school: School, pupil: RollPupil, session: Session) -> str:
    """The one code that the reason on record earns without anything more being needed, or ''."""
    lines = notices_for(school, session.day).get(pupil.id, ())
    told = [line for line in lines if line.begun_by(session) and line.reason not in ("", Reason.NOT_SAID)]
    if not told:
        return ""
    explanation = Explanation(Reason(told[-1].reason), told[-1].told_at.astimezone(LONDON).date())
    policy = setting_of(school).policy_on(session.day)
    proposed = propose(policy, code_set_on(session.day), session, explanation, Facts(first_day=told[-1].day))
    return "" if proposed.needs else proposed.code


def _amend(school, pupil, session, new: SubmittedMark, word: Word, by: Signer, now: datetime) -> Problems | None:
    reason = f"{word.told_by} ({word.how}): {word.label.lower()}{', ' + word.why if word.why else ''}"
    result = registers.amend_mark(
        school=school, pupil=pupil, session=session, new=new, reason=reason[:300], level=EnteredBy.HEAD, by=by, now=now
    )
    return result if isinstance(result, Problems) else None
