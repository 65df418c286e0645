"""Telling a parent what is coming, before it comes: by a message, or by writing down that somebody said it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from allpresent.messages.actions import send
from allpresent.messages.queries import recipients_of
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.settling.models import ParentTold
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

TEMPLATES = {
    ParentTold.About.CHANGE: "not-authorised",
    ParentTold.About.EVIDENCE: "evidence-asked",
    ParentTold.About.FLAG: "evidence-from-now-on",
}
NOBODY = "Nobody can be written to about this child. Speak to a parent, and write down that you did."


@dataclass(frozen=True)
class Telling:
    """How a parent is told. `to` and `says`: who was spoken to and what was said; for a message they stay empty.

    `fields` are those of the message but for the parent's name and the school's.
    """

    about: ParentTold.About
    how: str
    fields: Mapping[str, str]
    to: str = ""
    says: str = ""
    notice_id: int | None = None
    clauses: tuple[str, ...] = ()


def tell_parent(
    *, school: School, pupil: RollPupil, telling: Telling, key: str, by: Signer, now: datetime
) -> ParentTold | Refused:
    """Tell the parents, or keep that they were told. The same sending again changes nothing.

    A message goes to every parent who may be written to: the restricted are not among them (`recipients_of`). It is
    queued in the same transaction as the record of it. Refused where nobody can be written to, or where whom and
    what is missing of a conversation. (M-4.2c, M-4.2d, O-B-7.5)
    """
    if held := ParentTold.objects.filter(school=school, key=key).first():
        return held
    if problems := tuple(_problems(telling)):
        return Refused(problems)
    told = ParentTold(
        school=school, pupil_id=pupil.id, about=telling.about, notice_id=telling.notice_id, how=telling.how,
        to=telling.to.strip(), says=telling.says.strip(), clauses=list(telling.clauses), key=key, at=now,
        by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            if telling.how == ParentTold.How.MESSAGE and (refusal := _write(told, school, pupil, telling)):
                transaction.set_rollback(True)
                return refusal
            told.save()
    except IntegrityError:
        return ParentTold.objects.get(school=school, key=key)
    return told


def _problems(telling: Telling) -> Iterator[Problem]:
    spoken = telling.how in (ParentTold.How.TELEPHONE, ParentTold.How.IN_PERSON)
    if spoken and not telling.to.strip():
        yield Problem("to", "Give the name of the parent you spoke to.")
    if telling.how == ParentTold.How.NOBODY and not telling.says.strip():
        yield Problem("says", "Say why no parent could be told.")


def _write(told: ParentTold, school: School, pupil: RollPupil, telling: Telling) -> Refused | None:
    """Queue a message to each parent who may be written to; a refusal where not one was queued."""
    refusals: list[Refused] = []
    reached: list[str] = []
    for number, recipient in enumerate(recipients_of(school, pupil.id)):
        fields = {**telling.fields, "parent": recipient.name, "school": school.name}
        key = f"told {told.key} {number}"
        queued = send(
            school=school, template=TEMPLATES[telling.about], to=recipient, fields=fields, key=key,
            by=Signer(told.by_id, told.by_name, told.by_position), now=told.at, pupil_id=pupil.id,
            clauses=telling.clauses,
        )  # fmt: skip
        if isinstance(queued, Refused):
            refusals.append(queued)
        else:
            told.message_keys.append(key)
            reached.append(recipient.name)
    told.to = ", ".join(reached)[:400]
    if reached:
        return None
    return (
        Refused(tuple(Problem("how", p.message) for r in refusals for p in r.problems))
        if refusals
        else refused("how", NOBODY)
    )
