"""Suspensions: the days that are E, and when other education is owed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.forms import SuspensionEndForm, SuspensionForm
from allpresent.elsewhere.views.arrangements import find_pupil
from allpresent.elsewhere.views.reading import MOST, pupil_asked
from allpresent.people.changing import change, sent
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock


@needs(Right.KEEP_PROVIDERS)
def suspensions(request: StaffRequest) -> HttpResponse:
    """Who is suspended now or will be, and what is owed to them."""
    school, today = request.school, clock.today()
    page = {
        "lines": queries.suspensions_of(school, today),
        "today": today,
        "restricted": request.staff.may(Right.SEE_RESTRICTED, school),
        "decides": request.staff.may(Right.DECIDE_LEAVE, school),
    }
    return render(request, "elsewhere/suspensions.html", page)


@needs(Right.DECIDE_LEAVE)
@says_what_is_missing
def new_suspension(request: StaffRequest) -> HttpResponse:
    """Record a suspension: first whom, then what was decided."""
    pupil = pupil_asked(request)
    if pupil is None:
        return find_pupil(request, "Who is suspended?")
    by, now = request.staff.signer(request.school), clock.now()
    form = SuspensionForm(sent(request), initial={"length": "fixed", "first_day": clock.today(), "decided_by": by.name})
    return change(
        request, form,
        lambda given: actions.suspend(
            school=request.school, pupil=pupil, decided=form.decided, key=given["key"], by=by, now=now
        ),
        title=f"Suspend {pupil.name}", button="Record the suspension", done="The suspension is recorded.",
        back=reverse("suspensions", kwargs={"school": request.school.slug}), template="elsewhere/form.html",
        clauses=("O-B-10.1", "O-B-10.2"), pupil=pupil,
        intro="The first five school days are entered as E. From the sixth, education is provided. "
        "Marks of sessions that have begun stay: leaving the site is recorded as signing out.",
    )  # fmt: skip


@needs(Right.DECIDE_LEAVE)
@says_what_is_missing
def end_suspension(request: StaffRequest, suspension: int) -> HttpResponse:
    """Cut a suspension short, or take it back."""
    found = queries.suspension_of(request.school, suspension) if suspension < MOST else None
    if found is None:
        raise Http404
    by, now = request.staff.signer(request.school), clock.now()
    return change(
        request, SuspensionEndForm(sent(request)),
        lambda given: actions.end_suspension(suspension=found, by=by, now=now, **given),
        title="End a suspension early", button="Keep", done="The suspension is changed.",
        back=reverse("suspensions", kwargs={"school": request.school.slug}), template="elsewhere/form.html",
        intro="What is entered ahead is given back; marks of sessions that have begun stay.", clauses=("O-B-10.1",),
    )  # fmt: skip
