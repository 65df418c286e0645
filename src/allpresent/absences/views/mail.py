"""Pages of the mailbox: what waits for a person, and setting aside what asks for no message."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences import queries
from allpresent.absences.actions import set_aside
from allpresent.absences.forms import AsideForm
from allpresent.absences.mail_pages import mail_page
from allpresent.absences.views.notices import kept
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.people.changing import sent
from allpresent.people.queries import pupils_on_roll, ties_by_address
from allpresent.shared import clock
from allpresent.shared.problems import Refused

RECENT = timedelta(days=14)


@needs(Right.RECORD_NOTICE)
def mail(request: StaffRequest) -> HttpResponse:
    """The e-mails that nobody has dealt with, oldest first, each with the pupils whose contact wrote."""
    school, now = request.school, clock.now()
    waiting = queries.mail_waiting(school)
    page = mail_page(
        waiting,
        waits=queries.mail_waits(school),
        ties=ties_by_address(school, [line.from_address for line in waiting]),
        pupils=pupils_on_roll(school, clock.today()) if waiting else (),
        passed_over=queries.mail_passed_over(school, now - RECENT),
        state=queries.mailbox_state(school),
    )
    return render(request, "absences/mail.html", {"page": page, "kept": kept(request)})


@needs(Right.RECORD_NOTICE)
def mail_aside(request: StaffRequest, mail: int) -> HttpResponse:
    """Set an e-mail aside, and say why."""
    school = request.school
    line = queries.mail_of(school, mail)
    if line is None:
        raise Http404
    form = AsideForm(sent(request))
    if form.is_valid():
        by, reason = request.staff.signer(school), form.cleaned_data["reason"]
        result = set_aside(school=school, mail_id=line.id, reason=reason, by=by, now=clock.now())
        if not isinstance(result, Refused):
            messages.success(request, f"The e-mail of {line.sender} is set aside.")
            return redirect("mail", school=school.slug)
        form.refuse(result)
    shown = {"form": form, "mail": line}
    return render(request, "absences/mail_aside.html", shown, status=422 if form.errors else 200)
