"""Who holds a message: claimed by conditional update, so that two workers never hold the same one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from allpresent.core.messages.effort import next_try
from allpresent.messages.actions.send import note
from allpresent.messages.channels.outcome import Outcome
from allpresent.messages.models import Attempt, Message, Standing, State
from allpresent.messages.rules import may_go_at
from allpresent.schools.models import School

LEASE = timedelta(minutes=5)
"""How long a worker may hold one message. Longer than any hand-over can take."""
CUT_OFF = "The program stopped while this was being handed over. It may or may not have gone."
_Result = Attempt.Result
_AFTER = {
    _Result.SENT: State.SENT,
    _Result.FAILED: State.FAILED,
    _Result.REFUSED: State.FAILED,
    _Result.HELD: State.FAILED,
    _Result.KEPT: State.KEPT,
    _Result.UNCERTAIN: State.UNCERTAIN,
}
"""Where a message stands after a try, but for one that is tried again."""


def claim_next(school: School | None, *, now: datetime, urgent_alone: bool = False) -> Message | None:
    """The next message that is due, held by us alone; None when there is none. What is urgent comes first."""
    due = Standing.objects.filter(message__school=school, state=State.WAITING, not_before__lte=now)
    due = due.filter(message__urgent=True) if urgent_alone else due
    for pk in due.order_by("-message__urgent", "not_before", "pk").values_list("pk", flat=True)[:20]:
        held = Standing.objects.filter(pk=pk, state=State.WAITING)
        claim = uuid4().hex
        if held.update(state=State.SENDING, claim=claim, leased_until=now + LEASE):
            return Message.objects.select_related("standing", "school").get(pk=pk)
    return None


def release(message: Message, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of a message that we hold, though the holding may have run out meanwhile."""
    result, state, changes = outcome.result, _AFTER.get(outcome.result), {}
    if result is _Result.NOT_YET:
        state, changes = _later(message, now)
        result = result if state is State.WAITING else _Result.FAILED
    if state is State.SENT:
        changes = {"went_at": now}
    with transaction.atomic():
        ours = Standing.objects.filter(message=message, claim=message.standing.claim)
        tried = message.standing.tried + 1
        ours.filter(state__in=(State.SENDING, State.UNCERTAIN)).update(state=state, tried=tried, **changes)
        note(message, result, outcome.says, now=now, reference=outcome.reference)


def _later(message: Message, now: datetime) -> tuple[State, dict[str, datetime]]:
    """Tried again after a while and outside quiet hours, or given to a person."""
    again = next_try(message.standing.tried + 1, now)
    if again is None:
        return State.FAILED, {}
    return State.WAITING, {"not_before": may_go_at(message.school, again, urgent=message.urgent)}


def settle_cut_off(*, now: datetime) -> int:
    """Messages whose worker died while it held them are uncertain: never sent again by themselves. Gives how many."""
    held = Standing.objects.filter(state=State.SENDING, leased_until__lt=now).select_related("message")
    return sum(_cut_off(standing, now) for standing in held)


def _cut_off(standing: Standing, now: datetime) -> bool:
    with transaction.atomic():
        ours = Standing.objects.filter(pk=standing.pk, state=State.SENDING, claim=standing.claim)
        moved = ours.update(state=State.UNCERTAIN)
        if moved:
            note(standing.message, _Result.UNCERTAIN, CUT_OFF, now=now)
    return bool(moved)


def uncertain(school: School | None, channels: tuple[str, ...], *, now: datetime) -> list[Message]:
    """The messages of some channels that may or may not have gone, once nobody can still be handing them over."""
    rows = Message.objects.filter(
        school=school, standing__state=State.UNCERTAIN, standing__leased_until__lt=now, channel__in=channels
    )
    return list(rows.select_related("standing", "school").order_by("id")[:50])
