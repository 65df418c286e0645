"""The letters of leave: what each says, and to whom it goes. The words themselves are in `messages.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from allpresent.core.calendar.london import wall_clock
from allpresent.core.calendar.sessions import Half
from allpresent.core.codes import code_set_on
from allpresent.core.leave.deciding import Answer, Outcome, Span
from allpresent.core.leave.part_time import Agreement, week_words
from allpresent.core.policy.policy import Policy
from allpresent.leave.lines import RequestLine, span_words
from allpresent.messages.actions import send
from allpresent.messages.queries import recipients_of
from allpresent.messages.wordings import wording_of
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import long_day, plain_day

TEMPLATES = {
    Outcome.GRANTED: "leave-granted",
    Outcome.SHORTER: "leave-shorter",
    Outcome.REFUSED: "leave-refused",
}
PART_TIME = "part-time-agreed"


class Letter(NamedTuple):
    """A letter before it goes: its words, and the names of those it goes to."""

    subject: str
    body: str
    to: tuple[str, ...]


def write_answer(
    school: School, pupil: RollPupil, line: RequestLine, answer: Answer, *, key: str, by: Signer, now: datetime
) -> tuple[str, ...]:
    """Queue the answer to every parent who may be written to. Gives the names of those no letter could reach."""
    fields = answer_fields(school, pupil, line, answer, by=by, now=now)
    policy = setting_of(school).policy_on(wall_clock(now)[0])
    clauses = policy.why("leave.grounds")
    return _write(school, pupil, TEMPLATES[answer.outcome], fields, clauses, key=key, by=by, now=now)


def answer_fields(
    school: School, pupil: RollPupil, line: RequestLine, answer: Answer, *, by: Signer, now: datetime
) -> Mapping[str, str]:
    """What the letter of an answer merges, but for the parent's name."""
    common = _common(school, pupil, by, now)
    if answer.outcome is Outcome.REFUSED or answer.given is None:
        return common | {"asked": span_words(line.span), "reasons": answer.reasons.strip()}
    code = code_set_on(answer.given.first.day)[line.rule.code]
    given = common | {
        "days": span_words(answer.given),
        "back": _back(school, answer.given),
        "code": f"{code.letter}: {code.name[0].lower()}{code.name[1:]}",
    }
    if answer.outcome is Outcome.GRANTED:
        return given
    return given | {"asked": span_words(line.span), "reasons": answer.reasons.strip()}


def write_agreement(
    school: School, pupil: RollPupil, agreement: Agreement, plan: str, *, key: str, by: Signer, now: datetime
) -> tuple[str, ...]:
    """Queue what was agreed on a part-time timetable to every parent who may be written to. (O-B-6.3)"""
    fields = _common(school, pupil, by, now) | {
        "begins": long_day(agreement.begins),
        "ends": long_day(agreement.ends),
        "week": week_words(agreement.attends),
        "reviews": " and ".join(plain_day(day) for day in agreement.reviews),
        "plan": plan.strip(),
    }
    return _write(school, pupil, PART_TIME, fields, (), key=key, by=by, now=now)


def _write(
    school: School, pupil: RollPupil, template: str, fields: Mapping[str, str], clauses: tuple[str, ...], *,
    key: str, by: Signer, now: datetime,
) -> tuple[str, ...]:  # fmt: skip
    """One message to each parent; those whom none can reach come back by name."""
    unreached = []
    for place, parent in enumerate(recipients_of(school, pupil.id)):
        sent = send(
            school=school, template=template, to=parent, fields={**fields, "parent": parent.name},
            key=f"{template}:{key}:{parent.contact_id or place}", by=by, now=now, pupil_id=pupil.id, clauses=clauses,
        )  # fmt: skip
        if isinstance(sent, Refused):
            unreached.append(parent.name)
    return tuple(unreached)


def _common(school: School, pupil: RollPupil, by: Signer, now: datetime) -> dict[str, str]:
    policy = setting_of(school).policy_on(wall_clock(now)[0])
    return {
        "pupil": f"{pupil.called} {pupil.surname}",
        "ring": _ring(policy) or "the office",
        "decider": ", ".join(part for part in (by.name, by.position) if part),
        "school": school.name,
    }


def _ring(policy: Policy) -> str:
    """The number for questions: that of leave, of absences, or of the office, as the policy gives them."""
    of_contacts = {contact.id: contact.phone for contact in policy.content.contacts if contact.phone}
    of_roles = [policy.roles[role].phone for role in ("office", "attendance-officer") if role in policy.roles]
    found = (of_contacts.get("leave"), of_contacts.get("absence"), *of_roles)
    return next((number for number in found if number), "")


def _back(school: School, given: Span) -> str:
    """The first session after the leave: 'Thursday 24 September 2026', or that afternoon."""
    if given.last.half is Half.AM:
        return f"the afternoon of {long_day(given.last.day)}"
    return long_day(_next_day(school, given.last.day))


def _next_day(school: School, day: date) -> date:
    """The next school day; past the last term entered, the day after."""
    return setting_of(school).calendar.next_school_day(day) or day


def preview(school: School, pupil: RollPupil, template: str, fields: Mapping[str, str]) -> Letter:
    """The letter as it will go, in the school's words, and everybody it goes to. Nothing is kept."""
    parents = tuple(parent.name for parent in recipients_of(school, pupil.id))
    subject, body = wording_of(school, template).rendered({**fields, "parent": " and ".join(parents) or "parent"})
    return Letter(subject, body, parents)
