"""Writing down what support was offered, to whom a child was referred, and what became of it (M-4.5f)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from allpresent.core.settle.support import support_clauses
from allpresent.people.models import Pupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.settling.models import SupportOffered
from allpresent.settling.support import PARTNERS
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer

Kind, Answer = SupportOffered.Kind, SupportOffered.Answer


@dataclass(frozen=True)
class Offered:
    """What was offered on a day; of a referral, to whom: `party` in the policy's words, and the name."""

    kind: str
    what: str
    day: date
    party: str = ""
    partner: str = ""
    answer: str = ""


def offer_support(
    *, school: School, pupil: Pupil, offered: Offered, key: str, by: Signer, now: datetime
) -> SupportOffered | Refused:
    """Keep an offer of support, or a referral. The same sending again changes nothing.

    Refused: nothing said, a day still to come, a referral to nobody, a partner where nothing was referred.
    """
    if problems := tuple(_problems(offered, now)):
        return Refused(problems)
    return _kept(
        SupportOffered(
            school=school, pupil=pupil, kind=Kind(offered.kind), what=offered.what.strip(), day=offered.day,
            party=offered.party, partner=offered.partner.strip(), answer=Answer(offered.answer), key=key,
            clauses=_clauses(school, now), at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
        )
    )  # fmt: skip


def answer_support(
    *, school: School, pupil: Pupil, support_id: int, answer: str, what: str, day: date, key: str, by: Signer,
    now: datetime,
) -> SupportOffered | Refused:  # fmt: skip
    """Keep what became of an offer or a referral, beside it. The same sending again changes nothing.

    Refused: neither an answer nor an outcome, a day before the offer or still to come, an offer to another pupil.
    """
    first = SupportOffered.objects.filter(school=school, pupil=pupil, id=support_id, answers=None).first()
    if first is None:
        return refused("", "There is no such offer for this pupil.")
    if not answer and not what.strip():
        return refused("answer", "Choose an answer, or say what became of it.")
    if not first.day <= day <= _today(now):
        return refused("day", "Give a day from the offer until today.")
    return _kept(
        SupportOffered(
            school=school, pupil=pupil, kind=first.kind, what=what.strip(), day=day, party=first.party,
            partner=first.partner, answer=Answer(answer), answers=first, key=key, clauses=_clauses(school, now), at=now,
            by_id=by.user_id, by_name=by.name, by_position=by.position,
        )
    )  # fmt: skip


def _problems(offered: Offered, now: datetime) -> Iterator[Problem]:
    referral = offered.kind == Kind.REFERRAL
    if not offered.what.strip():
        yield Problem("what", "Say in a few words what was offered.")
    if offered.day > _today(now):
        yield Problem("day", "Give the day on which it was offered: not one still to come.")
    if referral and offered.party not in PARTNERS:
        yield Problem("party", "Choose to whom the referral went.")
    if not referral and (offered.party or offered.partner.strip()):
        yield Problem("party", "Only a referral goes to a partner. Choose referral, or leave this empty.")


def _clauses(school: School, now: datetime) -> list[str]:
    return list(support_clauses(setting_of(school).policy_on(_today(now))))


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _kept(row: SupportOffered) -> SupportOffered:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return SupportOffered.objects.get(school=row.school, key=row.key)
    return row
