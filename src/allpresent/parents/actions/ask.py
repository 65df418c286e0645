"""Asking for leave and sending evidence, by the rooms that keep them. Pressed twice, each is kept once."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from allpresent.absences.actions import Given, give_evidence
from allpresent.absences.models import Evidence
from allpresent.core.calendar.london import wall_clock
from allpresent.leave.actions import Asked, ask_leave
from allpresent.leave.models import Request
from allpresent.parents.family import Child, Parent
from allpresent.parents.leave import Wish
from allpresent.parents.queries import asked_under
from allpresent.people.queries import pupil_on_roll
from allpresent.shared.problems import Refused, refused

NOT_ON_ROLL = "Your child is not on the school’s register today. Ring the school."


def ask_for_leave(*, parent: Parent, child: Child, wish: Wish, key: str, now: datetime) -> Request | Refused:
    """Keep a parent's request for leave. (O-B-6.4.4, M-5.1d)"""
    own_key = f"{key}-{child.id}"
    pupil = pupil_on_roll(child.school, child.id, wall_clock(now)[0])
    if pupil is None:
        return refused("", NOT_ON_ROLL)
    asked = Asked(
        told_by=child.who,
        relation=child.relation,
        contact_id=child.link_id,
        channel=Request.Channel.PAGES,
        asked_at=now,
        **wish._asdict(),
    )
    result = ask_leave(school=child.school, pupil=pupil, asked=asked, key=own_key, by=parent.signer(child), now=now)
    held = asked_under(own_key) if isinstance(result, Refused) else None
    return held if held and held.pupil_id == child.id and wish.is_kept_as(held) else result


def send_evidence(
    *, parent: Parent, child: Child, given: Given, file: UploadedFile | None, key: str, now: datetime
) -> Evidence | Refused:
    """Keep what a parent sends for some days of absence. It authorises nothing by itself. (O-B-7.2, M-4.2c)"""
    pupil = pupil_on_roll(child.school, child.id, wall_clock(now)[0])
    if pupil is None:
        return refused("", NOT_ON_ROLL)
    return give_evidence(
        school=child.school, pupil=pupil, given=given, key=f"{key}-{child.id}", by=parent.signer(child), now=now,
        file=file,
    )  # fmt: skip
