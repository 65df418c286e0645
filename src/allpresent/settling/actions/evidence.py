"""Asking for evidence, and the flag that it is needed from now on. The parent is told with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from allpresent.core.settle.evidence import Ask, Why, may_ask
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.settling.actions.telling import Telling, tell_parent
from allpresent.settling.models import EvidenceFlag, EvidenceRequest, ParentTold
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import long_day

ASKED = "Evidence has been asked for already for this absence. It is asked for once."
ENDED = "This has been ended already."


@dataclass(frozen=True)
class How:
    """How the parent is told: by a message, or spoken to by somebody (`to`, `says`)."""

    how: str
    to: str = ""
    says: str = ""


def ask_evidence(
    *, school: School, pupil: RollPupil, first: date, why: Why, says: str, until: date, how: How,
    key: str, by: Signer, now: datetime,
) -> EvidenceRequest | Refused:  # fmt: skip
    """Ask for evidence of the absence that began on `first`, by `until`: once, and on a ground of the policy.

    The parent is told in the same transaction. The same sending again changes nothing. (M-4.2c, O-B-7.2)
    """
    if held := EvidenceRequest.objects.filter(school=school, key=key).first():
        return held
    ground = _ground(school, why, now)
    if isinstance(ground, Refused):
        return ground
    if problems := tuple(_problems(says, until, now)):
        return Refused(problems)
    words = says.strip()
    fields = {"since": long_day(first), "until": long_day(until), "kinds": _kinds(ground), "why": words}
    telling = _telling(ParentTold.About.EVIDENCE, how, pupil, fields, ground.clauses)
    row = EvidenceRequest(
        school=school, pupil_id=pupil.id, first=first, why=why, says=words, until=until, clauses=list(ground.clauses),
        key=key, at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    return _told_and_kept(row, school, pupil, telling, by, now)


def flag_evidence(
    *, school: School, pupil: RollPupil, begins: date, ends: date | None, says: str, how: How,
    key: str, by: Signer, now: datetime,
) -> EvidenceFlag | Refused:  # fmt: skip
    """Say that every illness from `begins` needs evidence; the parent is told in the same transaction. (O-B-7.5)"""
    if held := EvidenceFlag.objects.filter(school=school, key=key).first():
        return held
    ground = _ground(school, Why.FLAG, now)
    if isinstance(ground, Refused):
        return ground
    if problems := tuple(_flag_problems(says, begins, ends, now)):
        return Refused(problems)
    words = says.strip()
    until = f" until {long_day(ends)}" if ends else ""
    fields = {"when": f"From {long_day(begins)}{until}", "kinds": _kinds(ground), "why": words}
    telling = _telling(ParentTold.About.FLAG, how, pupil, fields, ground.clauses)
    row = EvidenceFlag(
        school=school, pupil_id=pupil.id, begins=begins, ends=ends, says=words, clauses=list(ground.clauses), key=key,
        at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    return _told_and_kept(row, school, pupil, telling, by, now)


def end_flag(
    *, school: School, flag_id: int, ends: date, says: str, key: str, by: Signer, now: datetime
) -> EvidenceFlag | Refused:
    """End an open flag on a day. Raises EvidenceFlag.DoesNotExist for another school's."""
    flag = EvidenceFlag.objects.get(school=school, id=flag_id, closes=None)
    if ends < flag.begins:
        return refused("ends", f"It begins on {long_day(flag.begins)}. Give that day or a later one.")
    row = EvidenceFlag(
        school=school, pupil_id=flag.pupil_id, begins=flag.begins, ends=ends, says=says.strip(), closes=flag, key=key,
        at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return EvidenceFlag.objects.filter(school=school, key=key).first() or refused("", ENDED)
    return row


def _ground(school: School, why: Why, now: datetime) -> Ask | Refused:
    """What of the policy lets evidence be asked for; a refusal where nothing does."""
    policy = setting_of(school).policy_on(now.astimezone(LONDON).date())
    found = next((ask for ask in may_ask(policy) if ask.why is why), None)
    return found or refused("why", "The policy does not ask for evidence on this ground.")


def _kinds(ground: Ask) -> str:
    return ", ".join(ground.kinds) or "whatever you have about it"


def _telling(about: ParentTold.About, how: How, pupil: RollPupil, fields: dict[str, str], clauses) -> Telling:
    named = {**fields, "pupil": f"{pupil.called} {pupil.surname}"}
    return Telling(about=about, how=how.how, fields=named, to=how.to, says=how.says, clauses=clauses)


def _problems(says: str, until: date, now: datetime) -> Iterator[Problem]:
    if not says.strip():
        yield Problem("says", "Say why evidence is asked for, in a few words. The parent reads them.")
    if until < now.astimezone(LONDON).date():
        yield Problem("until", "This day has gone by. Give a day to come.")


def _flag_problems(says: str, begins: date, ends: date | None, now: datetime) -> Iterator[Problem]:
    if not says.strip():
        yield Problem("says", "Say why evidence is needed, in a few words. The parent reads them.")
    if begins < now.astimezone(LONDON).date():
        yield Problem("begins", "The parent is told in advance: give today or a later day.")
    if ends and ends < begins:
        yield Problem("ends", "The last day comes before the first. Check the two days.")


def _told_and_kept(
    row: EvidenceRequest | EvidenceFlag, school: School, pupil: RollPupil, telling: Telling, by: Signer, now: datetime
):
    """Tell the parent and keep the row, both or neither."""
    try:
        with transaction.atomic():
            told = tell_parent(school=school, pupil=pupil, telling=telling, key=f"t {row.key}"[:64], by=by, now=now)
            if isinstance(told, Refused):
                transaction.set_rollback(True)
                return told
            row.told = told
            row.save()
    except IntegrityError:
        return type(row).objects.filter(school=school, key=row.key).first() or refused("", ASKED)
    return row
