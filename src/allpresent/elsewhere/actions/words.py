"""What a provider says of a session, and the mark that follows it: an absent child never keeps the activity's code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from allpresent.absences.actions import Said, record_notice
from allpresent.absences.models import Notice
from allpresent.core.calendar.sessions import Session
from allpresent.core.elsewhere.heard import Says
from allpresent.core.settle.reasons import Reason
from allpresent.elsewhere.actions.following import follow
from allpresent.elsewhere.actions.pressing import may_be_sent_twice
from allpresent.elsewhere.actions.signing import signed
from allpresent.elsewhere.models import FollowUp, ProviderWord
from allpresent.elsewhere.queries.arrangements import Arranged
from allpresent.people.queries import pupil_on_roll
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.clock import LONDON
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import moment

DAYS_BACK = 5
"""School days for which a word is taken afterwards: so long a reason may stay unknown."""
_CHANNELS = {"telephone": Notice.Channel.TELEPHONE, "email": Notice.Channel.EMAIL}


@dataclass(frozen=True)
class Told:
    """What a provider said: whether the pupil is there, why not, whether they worry. `told_at` is UTC."""

    says: Says
    told_by: str
    told_at: datetime
    channel: str
    reason: str = ""
    words: str = ""
    concern: bool = False


@may_be_sent_twice
def record_word(
    *, school: School, arrangement: Arranged, session: Session, told: Told, key: str, by: Signer, now: datetime
) -> ProviderWord | Refused:
    """Keep a provider's word, and let the mark follow the newest one. The same call again changes nothing.

    Not there becomes N, never the activity's code; a reason that was told is kept as a message, and the code it earns
    is decided by a person (O-B-5.2, O-B-12.2). There confirms; it changes a mark only where the provider had said
    otherwise before.
    """
    pupil = pupil_on_roll(school, arrangement.pupil_id, session.day)
    wrong = _wrong(school, arrangement, session, told, now)
    if pupil is None or wrong:
        return wrong or refused("", "The pupil was not on the roll that day.")
    with transaction.atomic():
        held = ProviderWord.objects.filter(school=school, key=key).first()
        if held:
            return held
        word = ProviderWord.objects.create(
            school=school, arrangement_id=arrangement.id, pupil_id=pupil.id, day=session.day, half=session.half.value,
            says=told.says.value, reason=told.reason, words=told.words, concern=told.concern, told_by=told.told_by,
            told_at=told.told_at, channel=told.channel, key=key, **signed(by, now),
        )  # fmt: skip
        follow(school, pupil, session, arrangement, by=by, now=now)
        said = told.reason not in ("", Reason.NOT_SAID) or (told.words and not told.concern)
        if told.says is Says.NOT_THERE and said:
            _keep_reason(school, pupil, session, arrangement, told, key=key, by=by, now=now)
    return word


def follow_up(*, word: ProviderWord, agreed: str, by: Signer, now: datetime) -> FollowUp:
    """Record what was agreed with the provider about a worry. (O-B-5.4)"""
    return FollowUp.objects.create(word=word, agreed=agreed, **signed(by, now))


def _wrong(school: School, arrangement: Arranged, session: Session, told: Told, now: datetime) -> Refused | None:
    today = now.astimezone(LONDON).date()
    calendar = setting_of(school).calendar
    first = (*calendar.previous_school_days(today, DAYS_BACK), today)[0]
    if not arrangement.covers(session) or not calendar.is_session(session):
        return refused("", f"Nothing is arranged with {arrangement.provider_name} for that session.")
    if told.told_at > now:
        return refused("told_time", f"{moment(told.told_at)} has not come yet. Give the time when it was said.")
    if not first <= session.day <= today:
        return refused(
            "", f"A provider's word is taken for today and the last {DAYS_BACK} school days. Amend the mark."
        )
    return None


def _keep_reason(school, pupil, session: Session, arrangement: Arranged, told: Told, *, key, by, now) -> None:
    """The reason told is a message like any other: settling the absence starts from it."""
    said = Said(
        about=Notice.About.ABSENCE, day=session.day, half=session.half, reason=Reason(told.reason or Reason.OTHER),
        says="" if told.concern else told.words, channel=_CHANNELS.get(told.channel, Notice.Channel.OTHER),
        told_by=told.told_by, relation=arrangement.provider_name[:60], told_at=told.told_at,
    )  # fmt: skip
    record_notice(school=school, pupil=pupil, said=said, key=f"word:{key}"[:64], by=by, now=now)
