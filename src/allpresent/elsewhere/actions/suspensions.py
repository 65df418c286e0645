"""Suspending a pupil, and cutting a suspension short or taking it back (O-B-10.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from allpresent.core.calendar.sessions import Half
from allpresent.elsewhere.actions.planning import keep_planned
from allpresent.elsewhere.actions.pressing import may_be_sent_twice
from allpresent.elsewhere.actions.signing import signed
from allpresent.elsewhere.models import Suspension, SuspensionEnd
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared.problems import Problem, Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import plain_day

MOST_DAYS = 45
"""School days of suspension that a pupil may have in one school year."""


@dataclass(frozen=True)
class Suspend:
    """What was decided: the first session, how many school days (None: permanently), for what, by whom."""

    first_day: date
    first_half: Half
    days: int | None
    category: str
    decided_by: str


@may_be_sent_twice
def suspend(
    *, school: School, pupil: RollPupil, decided: Suspend, key: str, by: Signer, now: datetime
) -> Suspension | Refused:
    """Record a suspension or exclusion and enter E for its first five school days. The same call changes nothing."""
    with transaction.atomic():
        held = Suspension.objects.filter(school=school, key=key).first()
        if held:
            return held
        problems = tuple(_problems(school, decided))
        if problems:
            return Refused(problems)
        made = Suspension.objects.create(
            school=school, pupil_id=pupil.id, first_day=decided.first_day, first_half=decided.first_half.value,
            days=decided.days, category=decided.category, decided_by=decided.decided_by, key=key, **signed(by, now),
        )  # fmt: skip
    keep_planned(school, now=now)
    return made


def end_suspension(
    *, suspension: Suspension, last_day: date | None, reason: str, by: Signer, now: datetime
) -> SuspensionEnd | Refused:
    """Cut a suspension short on a day, or take it back whole (`last_day` None)."""
    if last_day is not None and last_day < suspension.first_day:
        return refused("last_day", "That is before its first day. To take it back whole, leave the day empty.")
    with transaction.atomic():
        ended = SuspensionEnd.objects.create(suspension=suspension, last_day=last_day, reason=reason, **signed(by, now))
    keep_planned(suspension.school, now=now)
    return ended


def _problems(school: School, decided: Suspend) -> Iterator[Problem]:
    if not setting_of(school).calendar.meets(decided.first_day):
        yield Problem(
            "first_day", f"{plain_day(decided.first_day)} is not a school day. Give the first session missed."
        )
    if decided.days is not None and not 1 <= decided.days <= MOST_DAYS:
        yield Problem("days", f"Give the number of school days, from 1 to {MOST_DAYS}.")
