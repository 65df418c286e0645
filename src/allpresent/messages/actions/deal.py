"""What a person does with a message that did not go by itself, or should not go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from allpresent.core.messages.channel import Channel
from allpresent.messages.actions.send import note
from allpresent.messages.channels.settings_file import INSTALLATION, BadChannels, channels_of
from allpresent.messages.models import Attempt, Message, Standing, State
from allpresent.messages.recipients import is_restricted
from allpresent.messages.rules import may_go_at
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer

UNDECIDED = (State.FAILED, State.UNCERTAIN, State.KEPT)
OPEN = (*UNDECIDED, State.WAITING)
ELSEWHERE = "The message has moved on since this page was opened. Look at it again."
RESTRICTED = "This person has a restriction, or shares the address with somebody who has. Do not write to them."


def send_again(*, message: Message, by: Signer, now: datetime) -> Message | Refused:
    """Put a message back among those that wait. Refused: a restricted person, a channel that is not set up."""
    if _is_restricted(message):
        return refused("", RESTRICTED)
    try:
        ways = channels_of(message.school.slug if message.school else INSTALLATION).ways
    except BadChannels as problem:
        return refused("", f"The file of channels cannot be used: {problem}")
    if message.channel not in ways:
        return refused("", f"{Channel(message.channel).label} is not set up here, so nothing can be sent by itself.")
    moved = {"tried": 0, "not_before": may_go_at(message.school, now, urgent=message.urgent)}
    return _move(message, UNDECIDED, State.WAITING, Attempt.Result.AGAIN, "", by=by, now=now, **moved)


def mark_sent_by_hand(*, message: Message, says: str, by: Signer, now: datetime) -> Message | Refused:
    """Write down that a person passed it on: read out, printed, copied. Refused: a restricted person."""
    if _is_restricted(message):
        return refused("", RESTRICTED)
    if not says.strip():
        return refused("says", "Say how it was sent, such as: read out by telephone")
    return _move(
        message, OPEN, State.SENT, Attempt.Result.BY_HAND, says, by=by, now=now, went_at=now, reported=True
    )  # fmt: skip


def cancel(*, message: Message, says: str, by: Signer, now: datetime) -> Message | Refused:
    """Stop a message that has not gone. It stays to be read."""
    return _move(message, OPEN, State.CANCELLED, Attempt.Result.CANCELLED, says, by=by, now=now)


def _is_restricted(message: Message) -> bool:
    return is_restricted(
        message.school, message.pupil_id, contact_id=message.contact_id, channel=Channel(message.channel),
        address=message.address,
    )  # fmt: skip


def _move(
    message: Message,
    held: tuple[State, ...],
    to: State,
    result: Attempt.Result,
    says: str,
    *,
    by: Signer,
    now: datetime,
    **also: Any,
) -> Message | Refused:
    """From one of the states held to another, once: who comes second is told, and the same again changes nothing."""
    with transaction.atomic():
        moved = Standing.objects.filter(message=message, state__in=held).update(state=to, claim="", **also)
        if moved:
            note(message, result, says, now=now, by=by)
    message.standing.refresh_from_db()
    if moved or message.state == to:
        return message
    return refused("", ELSEWHERE)
