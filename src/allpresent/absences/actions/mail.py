"""What becomes of an e-mail: a person keeps it as a message about a pupil, or sets it aside. Never by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from allpresent.absences.actions.notices import record_notice
from allpresent.absences.models import Mail, MailHandled, Notice
from allpresent.schools.models import School
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer

HANDLED = "Somebody has dealt with this e-mail already."


def record_from_mail(*, school: School, mail_id: int, by: Signer, now: datetime, **notice: Any) -> Notice | Refused:
    """Keep what an e-mail says about a pupil, and that it is dealt with: both or neither.

    One may speak of several pupils, and is kept about each. `notice` is what record_notice asks for. Raises
    Mail.DoesNotExist for another school's. (M-3.4a, O-B-7.7)
    """
    mail = Mail.objects.get(school=school, id=mail_id)
    with transaction.atomic():
        kept = record_notice(school=school, by=by, now=now, **notice)
        if isinstance(kept, Notice):
            MailHandled.objects.get_or_create(notice=kept, defaults={"mail": mail, **_signed(by, now)})
    return kept


def set_aside(*, school: School, mail_id: int, reason: str, by: Signer, now: datetime) -> MailHandled | Refused:
    """Say that an e-mail asks for no message, and why. Raises Mail.DoesNotExist for another school's."""
    mail = Mail.objects.get(school=school, id=mail_id)
    if not reason:
        return refused("reason", "Say why, such as: not about an absence")
    if MailHandled.objects.filter(mail=mail).exists():
        return refused("", HANDLED)
    try:
        with transaction.atomic():
            return MailHandled.objects.create(mail=mail, set_aside=reason, **_signed(by, now))
    except IntegrityError:
        return refused("", HANDLED)


def _signed(by: Signer, now: datetime) -> dict[str, Any]:
    return {"at": now, "by_id": by.user_id, "by_name": by.name, "by_position": by.position}
