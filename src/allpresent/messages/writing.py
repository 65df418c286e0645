"""Writing to the parents of one child: the templates that a person sends by hand, and what fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from allpresent.core.calendar.london import wall_clock
from allpresent.core.messages.channel import Channel
from allpresent.core.messages.wording import Wording
from allpresent.core.policy.findings import PolicyProblem
from allpresent.messages.actions import send
from allpresent.messages.models import Message
from allpresent.messages.recipients import Recipient
from allpresent.messages.wordings import wordings
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import clock_time

BY_HAND = ("free", "expectations", "thanks")
"""The templates that a person chooses: their own words, what is expected (M-3.2c), thanks (O-B-15)."""


def offered() -> tuple[Wording, ...]:
    """The templates that a person chooses."""
    return tuple(wordings()[key] for key in BY_HAND)


def write_to(
    *,
    school: School,
    pupil: RollPupil,
    recipients: Iterable[Recipient],
    template: str,
    subject: str,
    message: str,
    channel: Channel | None,
    key: str,
    by: Signer,
    now: datetime,
) -> tuple[Message, ...] | Refused:
    """One message to each recipient. Refused: who could not be written to; the same sending again sends the rest."""
    results = [
        send(
            school=school, template=template, to=to, key=f"{key}:{to.contact_id}", by=by, now=now, pupil_id=pupil.id,
            fields=dict(_fields(wordings()[template], school, pupil, to, subject, message, by, now)),
            channel=channel,
        )
        for to in recipients
    ]  # fmt: skip
    problems = [problem for result in results if isinstance(result, Refused) for problem in result.problems]
    if problems:
        return Refused(tuple(Problem("", problem.message) for problem in problems))
    return tuple(result for result in results if isinstance(result, Message))


def _fields(
    wording: Wording, school: School, pupil: RollPupil, to: Recipient, subject: str, message: str, by: Signer,
    now: datetime,
) -> Iterator[tuple[str, str]]:  # fmt: skip
    held = {
        "pupil": pupil.called, "school": school.name, "parent": to.name, "sender": f"{by.name}, {by.position}",
        "subject": subject or f"About {pupil.called}", "message": message, "report_by": _report_by(school, now),
    }  # fmt: skip
    return ((name, held[name]) for name in wording.fields)


def _report_by(school: School, now: datetime) -> str:
    """'by 9:00 each day', or 'as early as you can' where the policy gives no time. (M-3.5b, M-4.2a)"""
    try:
        by = setting_of(school).policy_on(wall_clock(now)[0]).parents_report_by
    except PolicyProblem:
        by = None
    return f"by {clock_time(by)} each day" if by else "as early as you can each day"
