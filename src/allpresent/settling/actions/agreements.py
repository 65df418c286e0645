"""Agreeing with a parent that no daily word is needed until a day (O-B-7.8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from allpresent.absences.queries import notice_of
from allpresent.people.queries import RollPupil
from allpresent.schools.models import School
from allpresent.settling.models import UpdateAgreement
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer

LONGEST = timedelta(days=366)


def agree_updates(
    *, school: School, pupil: RollPupil, notice_id: int, begins: date, until: date, agreed_with: str, says: str,
    key: str, by: Signer, now: datetime,
) -> UpdateAgreement | Refused:  # fmt: skip
    """Keep that the explanation goes on holding until a day, without word each morning. It always ends.

    The same sending again changes nothing. Refused for a message that was corrected or is about another child.
    """
    line = notice_of(school, notice_id)
    if line is None or line.pupil_id != pupil.id:
        return refused("notice", "The message was corrected meanwhile. Choose the one that stands.")
    if not begins <= until <= begins + LONGEST:
        return refused("until", "Give a last day that is not before the first, and within a year.")
    if not agreed_with.strip():
        return refused("agreed_with", "Give the name of the parent it was agreed with.")
    row = UpdateAgreement(
        school=school, pupil_id=pupil.id, notice_id=notice_id, begins=begins, until=until,
        agreed_with=agreed_with.strip(), says=says.strip(), key=key, at=now, by_id=by.user_id, by_name=by.name,
        by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return UpdateAgreement.objects.get(school=school, key=key)
    return row
