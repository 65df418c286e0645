"""The pages of what is sent: the outbox, and one message."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.policy.findings import PolicyProblem
from allpresent.messages import queries
from allpresent.messages.actions import cancel, mark_sent_by_hand, send_again
from allpresent.messages.board import last_words, open_and_of_today
from allpresent.messages.channels.settings_file import BadChannels
from allpresent.messages.forms import DealForm
from allpresent.messages.models import Message, State
from allpresent.messages.outbox import left_today
from allpresent.messages.pages import MessagePage, outbox_page, warnings_of
from allpresent.messages.permissions import may_read
from allpresent.people.queries import pupils_on_roll
from allpresent.people.queries.reach import adults_around
from allpresent.schools.models import School
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.signer import Signer

DONE = {
    State.WAITING: "The message waits to go again.",
    State.SENT: "Written down: you have sent it.",
    State.CANCELLED: "The message is cancelled.",
}


@needs(Right.SEE_MESSAGES)
def outbox(request: StaffRequest) -> HttpResponse:
    """What needs a person, what is kept, what waits and what was sent today."""
    school, staff, now = request.school, request.staff, clock.now()
    held = open_and_of_today(school, now=now)
    page = outbox_page(
        held,
        last_words(held),
        {pupil.id: pupil for pupil in pupils_on_roll(school, clock.today())},
        may_read=lambda party: may_read(staff, school, party),
        warnings=_warnings(school, held, now),
    )
    return render(request, "messages/outbox.html", {"page": page})


def _warnings(school: School, held: list[Message], now: datetime) -> Iterable[str]:
    waiting = any(message.state is State.WAITING for message in held)
    try:
        ways = queries.ways_of(school)
    except BadChannels:
        ways = None
    try:
        left = left_today(school, now=now)
    except PolicyProblem:
        left = None
    return warnings_of(ways=ways, left=left, beat=queries.last_pass(), waiting=waiting, now=now)


@needs(Right.SEE_MESSAGES)
def message(request: StaffRequest, message: int) -> HttpResponse:
    """One message: what was said, to whom, what happened to it."""
    return _draw(request, _message(request, message), DealForm())


@needs(Right.SEND_MESSAGE)
def deal(request: StaffRequest, message: int) -> HttpResponse:
    """Send again, write down that it was sent by hand, or cancel."""
    row, form = _message(request, message), DealForm(request.POST or None)
    if not form.is_valid():
        return _draw(request, row, form, 422 if form.errors else 200)
    result = _dealt(row, form, by=request.staff.signer(request.school), now=clock.now())
    if isinstance(result, Refused):
        form.refuse(result)
        return _draw(request, row, form, 422)
    notices.success(request, DONE[result.state])
    return redirect("messages_out", school=request.school.slug)


def _dealt(row: Message, form: DealForm, *, by: Signer, now: datetime) -> Message | Refused:
    what, says = form.cleaned_data["do"], form.cleaned_data["says"]
    if what == "again":
        return send_again(message=row, by=by, now=now)
    verb = mark_sent_by_hand if what == "hand" else cancel
    return verb(message=row, says=says, by=by, now=now)


def _message(request: StaffRequest, number: int) -> Message:
    """A message of this school that this person may read. Another does not exist."""
    rows = Message.objects.filter(school=request.school, id=number).select_related("standing", "pupil", "school")
    row = rows.first()
    if row is None or not may_read(request.staff, request.school, row.party):
        raise Http404
    return row


def _draw(request: StaffRequest, row: Message, form: DealForm, status: int = 200) -> HttpResponse:
    adults = adults_around(row.pupil_id) if row.pupil_id else ()
    page = MessagePage(
        message=row,
        attempts=tuple(row.attempts.order_by("id")),
        restrictions=tuple(
            f"{adult.name}, {adult.relation.lower()}: {adult.restriction}" for adult in adults if adult.restriction
        ),
        doubtful=bool(queries.doubtful_addresses(request.school, [row.address])),
    )
    return render(request, "messages/message.html", {"page": page, "form": form}, status=status)
