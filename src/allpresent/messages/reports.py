"""What GOV.UK Notify says afterwards: whether an uncertain message ever came, and whether one arrived."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from allpresent.core.messages.channel import Channel
from allpresent.messages.actions.send import note
from allpresent.messages.channels.outcome import Outcome
from allpresent.messages.channels.settings_file import INSTALLATION, channels_of
from allpresent.messages.claims import uncertain
from allpresent.messages.models import Attempt, Message, Standing, State
from allpresent.messages.rules import may_go_at
from allpresent.schools.models import School

if TYPE_CHECKING:
    from allpresent.messages.channels.notify import NotifyCarrier

WATCHED = timedelta(days=7)
"""How long a report is looked for: Notify keeps what it knows for as long."""
BY_NOTIFY = (Channel.TEXT.value, Channel.POST.value)
NEVER_CAME = "GOV.UK Notify knows nothing of it, so it never went. It is sent again."
_Result = Attempt.Result


def ask_notify(school: School | None, *, now: datetime) -> int:
    """Look up what is uncertain, and ask after what was taken. Gives how many messages moved.

    Raises the client's APIError where the service cannot be asked, and BadChannels.
    """
    notify = channels_of(school.slug if school else INSTALLATION).notify
    if notify is None:
        return 0
    from allpresent.messages.channels.notify import NotifyCarrier  # its client is slow to load, and seldom set up

    carrier = NotifyCarrier(notify)
    try:
        found = [_look_up(carrier, message, now) for message in uncertain(school, BY_NOTIFY, now=now)]
        told = [_report(carrier, message, now) for message in _unreported(school, now)]
    finally:
        carrier.close()
    return sum(found) + sum(told)


def _look_up(carrier: NotifyCarrier, message: Message, now: datetime) -> bool:
    known = carrier.look_up(message)
    if known:
        return _move(message, State.UNCERTAIN, known, now, state=State.SENT, went_at=now)
    again = may_go_at(message.school, now, urgent=message.urgent)
    outcome = Outcome(_Result.NOT_YET, NEVER_CAME)
    return _move(message, State.UNCERTAIN, outcome, now, state=State.WAITING, not_before=again)


def _report(carrier: NotifyCarrier, message: Message, now: datetime) -> bool:
    number = message.attempts.filter(result=_Result.SENT).order_by("-id").values_list("reference", flat=True).first()
    told = carrier.report(number) if number else None
    if told is None:
        return False
    state = State.SENT if told.result is _Result.DELIVERED else State.FAILED
    return _move(message, State.SENT, told, now, state=state, reported=True)


def _unreported(school: School | None, now: datetime) -> list[Message]:
    rows = Message.objects.filter(
        school=school, channel__in=BY_NOTIFY, standing__state=State.SENT, standing__reported=False,
        standing__went_at__gt=now - WATCHED,
    )  # fmt: skip
    return list(rows.select_related("standing", "school").order_by("-standing__went_at")[:100])


def _move(message: Message, held: State, outcome: Outcome, now: datetime, **changes: object) -> bool:
    with transaction.atomic():
        moved = Standing.objects.filter(message=message, state=held).update(**changes)
        if moved:
            note(message, outcome.result, outcome.says, now=now, reference=outcome.reference)
    return bool(moved)
