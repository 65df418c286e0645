"""What came back: mail that could not be delivered."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare

from allpresent.messages.actions.send import note
from allpresent.messages.channels.smtp import proof
from allpresent.messages.models import Attempt, Message, Standing, State

_OURS = re.compile(r"allpresent\.(\d{1,17})\.([0-9a-f]{20})@")


def bounced(message_id: str, why: str, *, now: datetime) -> Message | None:
    """Give a message back to a person: a report of non-delivery names it by its Message-ID header.

    None where the header is not one of ours. The same report again changes nothing.
    """
    ours = _OURS.search(message_id)
    if ours is None or not constant_time_compare(ours[2], proof(int(ours[1]))):
        return None
    message = Message.objects.select_related("standing", "school").filter(id=int(ours[1])).first()
    if message is None:
        return None
    with transaction.atomic():
        went = (State.SENT, State.UNCERTAIN)
        if Standing.objects.filter(message=message, state__in=went).update(state=State.FAILED, reported=True):
            note(message, Attempt.Result.BOUNCED, why, now=now)
    message.standing.refresh_from_db()
    return message
