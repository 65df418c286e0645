"""Marks of past days that word came about afterwards: the office looked at each the same afternoon and let it stand."""

from __future__ import annotations

from allpresent.core.codes import EnteredBy
from allpresent.demo.stories.stage import Stage, clock
from allpresent.settling.actions import settle
from allpresent.settling.queries import Kind, open_absences

REASON = "Reported again that day; the illness is the same"


def let_stand(stage: Stage) -> None:
    """Those of the day before and of the day shown are left for whoever opens the page."""
    yesterday = stage.before(1)
    for one in open_absences(stage.school, now=stage.now) if yesterday else ():
        sessions = [held.session for held in one.sessions]
        last = max(session.day for session in sessions)
        if one.kind is Kind.LATER and last < yesterday:
            settle(
                school=stage.school, pupil=one.pupil, sessions=sessions, code=one.sessions[0].code, reason=REASON,
                notice_id=one.explanation.id, evidence_ids=(), level=EnteredBy.OFFICE,
                key=stage.key("stands", one.pupil.id, last), by=stage.signers.office, now=clock(last, 15, 20),
            )  # fmt: skip
