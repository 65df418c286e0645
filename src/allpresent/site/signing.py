"""Signing a pupil out, and in again."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.onsite import Place
from allpresent.core.policy.model.words import DutyKind
from allpresent.people.queries import RollPupil
from allpresent.people.queries.record import contacts_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.sending import key_of
from allpresent.shared.words import clock_time
from allpresent.site import actions, queries
from allpresent.site.ahead import afternoon_ahead
from allpresent.site.finding import find, kept, pupil_or_404
from allpresent.site.forms import SignInForm, SignOutForm, now_words
from allpresent.site.models import Crossing
from allpresent.site.signing_pages import SignInPage, SignOutPage
from allpresent.site.who_decides import deciders


@needs(Right.SIGN_OUT)
@says_what_is_missing
def sign_out(request: StaffRequest) -> HttpResponse:
    """First whom, then with whom and why."""
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    if not data.get("pupil"):
        return _find(request, now)
    pupil = pupil_or_404(request, data["pupil"], now)
    found = queries.whereabouts_of(request.school, pupil, now=now)
    if found.place is Place.OUT and request.method == "GET":
        return redirect(f"{reverse('sign_in', kwargs={'school': request.school.slug})}?pupil={pupil.id}")
    contacts, today = tuple(contacts_of(pupil.id)), clock.today()
    who_may = deciders(request.school, today)
    sent = request.POST if request.method == "POST" else None
    form = SignOutForm(sent, day=today, contacts=contacts, who_may=who_may, initial=now_words(now))
    if form.is_valid() and _sign_out(request, pupil, form, now):
        return redirect("on_site", school=request.school.slug)
    page = SignOutPage(
        pupil, form, key_of(data.get("key", "")), contacts=contacts, fetch=who_may.fetch, whereabouts=found,
        clauses=_clauses(request, now), ahead=_ahead(request, pupil, now),
    )  # fmt: skip
    return render(request, "site/sign_out.html", {"page": page}, status=422 if form.errors else 200)


def _find(request: StaffRequest, now: datetime) -> HttpResponse:
    search, found = find(request, now)
    if len(found) == 1:
        return redirect(f"{request.path}?pupil={found[0].pupil.id}")
    out = queries.out_now(request.school, clock.today())
    page = {"search": search, "found": found, "out": out}
    return render(request, "site/find.html", {"page": page})


def _ahead(request: StaffRequest, pupil: RollPupil, now: datetime) -> tuple:
    """What the afternoon can be given now: for an appointment, and for a child who is ill."""
    kinds = (Crossing.Why.APPOINTMENT, Crossing.Why.ILL)
    offered = (afternoon_ahead(request.school, pupil, why, now=now) for why in kinds)
    return tuple(one for one in offered if one)


def _clauses(request: StaffRequest, now: datetime) -> tuple[str, ...]:
    """The clauses of the school's policy about signing out and sending home; none where it says nothing."""
    policy = setting_of(request.school).policy_on(clock.today())
    duties = (*policy.duties(DutyKind.SIGN_OUT), *policy.duties(DutyKind.SEND_HOME))
    return tuple(dict.fromkeys(clause for duty in duties for clause in duty.clause or duty.source))


def _sign_out(request: StaffRequest, pupil: RollPupil, form: SignOutForm, now: datetime) -> bool:
    result = actions.sign_out(
        school=request.school, pupil=pupil, out=form.out, level=request.staff.level(request.school),
        key=key_of(request.POST.get("key", "")), by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if not kept(result, form):
        return False
    messages.success(request, f"{pupil.name}: {result.kind} at {clock_time(result.crossed_at)}.{_then(request, form)}")
    return True


def _then(request: StaffRequest, form: SignOutForm) -> str:
    """What else was done, and what is owed next."""
    entered = " This afternoon is entered ahead." if form.cleaned_data["afternoon"] else ""
    if form.cleaned_data["why"] != Crossing.Why.ILL:
        return entered
    by = setting_of(request.school).policy_on(clock.today()).parents_report_by
    told = "" if form.cleaned_data["back_on"] else f" Ask for word tomorrow{f' by {clock_time(by)}' if by else ''}."
    return entered + told


@needs(Right.SIGN_OUT)
@says_what_is_missing
def sign_in(request: StaffRequest) -> HttpResponse:
    """A pupil who was out is back."""
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    if not data.get("pupil"):
        return redirect("sign_out", school=request.school.slug)
    pupil = pupil_or_404(request, data["pupil"], now)
    form = SignInForm(request.POST if request.method == "POST" else None, day=clock.today(), initial=now_words(now))
    if form.is_valid() and _sign_in(request, pupil, form, now):
        return redirect("on_site", school=request.school.slug)
    out = queries.out_now(request.school, clock.today()).get(pupil.id)
    page = SignInPage(pupil, form, key_of(data.get("key", "")), out)
    return render(request, "site/sign_in.html", {"page": page}, status=422 if form.errors else 200)


def _sign_in(request: StaffRequest, pupil: RollPupil, form: SignInForm, now: datetime) -> bool:
    result = actions.sign_in(
        school=request.school, pupil=pupil, at=form.instant("at"), says=form.cleaned_data["says"],
        key=key_of(request.POST.get("key", "")), by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if not kept(result, form):
        return False
    messages.success(
        request,
        f"{pupil.name}: back at {clock_time(result.crossed_at)}. No mark was changed: if the afternoon’s register "
        "has opened without them, record the late arrival too.",
    )
    return True
