"""Details: a parent looks through their own, and the office answers what they asked to have changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.code_sessions import FAMILY
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.parents.actions import answer_proposal, propose_details
from allpresent.parents.details_forms import AnswerForm, DetailsForm
from allpresent.parents.details_queries import (
    details_held,
    last_confirmed,
    proposal_of,
    proposals_by,
    proposals_waiting,
)
from allpresent.parents.door import ParentRequest, open_to_parents
from allpresent.parents.drafts import take_draft
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of


@open_to_parents
def family_details(request: ParentRequest) -> HttpResponse:
    """What the school holds about the parent, to change or to confirm. Nobody's, where two share the address."""
    child = request.child
    if child.left or len(child.contact_ids) > 1:
        return render(request, "parents/no_details.html", {"child": child})
    held = details_held(child)
    sent = request.POST if request.method == "POST" else None
    typed = {name: values[0] for name, values in take_draft(request).items() if values}
    form = DetailsForm(sent, initial=held | typed)
    if form.is_valid():
        result = propose_details(
            parent=request.parent,
            child=child,
            given=form.cleaned_data,
            key=key_of(request.POST.get("key", "")),
            now=clock.now(),
        )
        if not isinstance(result, Refused):
            messages.success(request, _thanks(bool(result.changes)))
            return redirect(FAMILY)
        form.refuse(result)
    shown = {
        "form": form,
        "child": child,
        "key": key_of(request.POST.get("key", "")),
        "asked": proposals_by(child),
        "confirmed": last_confirmed(child.contact_ids).get(child.contact_ids[0]),
    }
    return render(request, "parents/details.html", shown, status=422 if form.errors else 200)


def _thanks(changes: bool) -> str:
    if changes:
        return "Thank you. The school’s office has what you want changed. It holds once they have accepted it."
    return "Thank you. The school knows that your details are still right."


@needs(Right.KEEP_ROLL)
def details_asked(request: StaffRequest) -> HttpResponse:
    """What parents asked to have changed, oldest first."""
    return render(request, "parents/details_asked.html", {"proposals": proposals_waiting(request.school)})


@needs(Right.KEEP_ROLL)
def answer_details(request: StaffRequest, proposal: int) -> HttpResponse:
    """One proposal beside what is held: accept it, or say why not."""
    found = proposal_of(request.school, proposal) if proposal < 2**62 else None
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        result = answer_proposal(
            school=request.school,
            proposal=found,
            accepted=request.POST.get("answer") == "accept",
            says=form.cleaned_data["says"],
            by=request.staff.signer(request.school),
            now=clock.now(),
        )
        if not isinstance(result, Refused):
            done = "is changed as asked" if result.accepted else "stays as it is"
            messages.success(request, f"{found.who}: what the school holds {done}.")
            return redirect("details_asked", school=request.school.slug)
        form.refuse(result)
    shown = {"proposal": found, "form": form}
    return render(request, "parents/answer_details.html", shown, status=422 if form.errors else 200)
