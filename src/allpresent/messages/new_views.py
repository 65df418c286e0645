"""The page on which a person writes to the parents of one child."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.messages.channel import Channel
from allpresent.messages.forms import NewMessageForm
from allpresent.messages.queries import recipients_of
from allpresent.messages.recipients import Recipient
from allpresent.messages.writing import offered, write_to
from allpresent.people.queries import RollPupil, pupil_on_roll, search_pupils
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.words import count_of


@needs(Right.SEND_MESSAGE)
def new_message(request: StaffRequest) -> HttpResponse:
    """Find the child, then choose the words and whom they go to."""
    asked = request.GET.get("pupil", "") or request.POST.get("pupil", "")
    if not asked:
        return _find(request)
    pupil = _pupil(request, asked)
    recipients = recipients_of(request.school, pupil.id)
    first = {"to": [str(to.contact_id) for to in recipients], "key": uuid4().hex, "template": "free"}
    form = NewMessageForm(request.POST or None, recipients=recipients, templates=offered(), initial=first)
    if form.is_valid() and _sent(request, pupil, recipients, form):
        return redirect("messages_out", school=request.school.slug)
    page = {"pupil": pupil, "recipients": recipients, "form": form}
    return render(request, "messages/new.html", page, status=422 if form.errors else 200)


def _find(request: StaffRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:100]
    found = search_pupils(request.school, search, clock.today(), with_contacts=True) if search else ()
    return render(request, "messages/find.html", {"search_for": search, "found": found[:50]})


def _pupil(request: StaffRequest, asked: str) -> RollPupil:
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    found = pupil_on_roll(request.school, number, clock.today())
    if found is None:
        raise Http404
    return found


def _sent(request: StaffRequest, pupil: RollPupil, recipients: tuple[Recipient, ...], form: NewMessageForm) -> bool:
    given = form.cleaned_data
    result = write_to(
        school=request.school, pupil=pupil, recipients=[to for to in recipients if str(to.contact_id) in given["to"]],
        template=given["template"], subject=given["subject"], message=given["message"],
        channel=Channel(given["channel"]) if given["channel"] else None, key=given["key"],
        by=request.staff.signer(request.school), now=clock.now(),
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    notices.success(request, f"{pupil.name}: {count_of(len(result), 'message')} written.")
    return True
