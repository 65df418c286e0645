"""Worries that providers told, and what was agreed with them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.forms import FollowUpForm
from allpresent.elsewhere.views.reading import MOST
from allpresent.people.changing import change, sent
from allpresent.shared import clock


@needs(Right.SEE_RESTRICTED)
def concerns(request: StaffRequest) -> HttpResponse:
    """The worries of providers, those nobody has taken up first."""
    page = {"concerns": queries.concerns(request.school, clock.today())}
    return render(request, "elsewhere/concerns.html", page)


@needs(Right.SEE_RESTRICTED)
def concern(request: StaffRequest, word: int) -> HttpResponse:
    """One worry: what the provider said, and what was agreed with it."""
    found = queries.word_with_concern(request.school, word) if word < MOST else None
    if found is None:
        raise Http404
    by, now = request.staff.signer(request.school), clock.now()
    return change(
        request, FollowUpForm(sent(request)),
        lambda given: actions.follow_up(word=found, agreed=given["agreed"], by=by, now=now),
        title=f"{found.pupil}: taken up with {found.arrangement.provider}", button="Keep what was agreed",
        done="What was agreed is kept.", back=reverse("concerns", kwargs={"school": request.school.slug}),
        template="elsewhere/form.html", intro=f"{found.told_by} said: {found.words}", clauses=("O-B-5.4",),
    )  # fmt: skip
