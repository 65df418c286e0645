"""Asking for leave, and sending a letter or a photo of one."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences.queries import evidence_kinds, evidence_of
from allpresent.absences.queries.evidence import CONVERSATION, PERMISSION
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.policy.policy import Policy
from allpresent.leave.queries import requests_of
from allpresent.parents.actions import ask_for_leave, send_evidence
from allpresent.parents.asking_forms import WHOLE_DAYS, EvidenceForm, LeaveForm
from allpresent.parents.door import ParentRequest, open_to_parents
from allpresent.parents.drafts import take_draft
from allpresent.parents.leave import ahead_of, asked_by, grounds, is_late, policy_of
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of

A_YEAR = timedelta(days=366)
OTHER = "other suitable evidence"
LATE = "It is later than the policy asks, so there may not be time to decide before the day: ring the school as well."


@open_to_parents
def family_leave(request: ParentRequest) -> HttpResponse:
    """Ask for leave of absence; what became of what was asked before."""
    child, today = request.child, clock.today()
    setting = setting_of(child.school)
    policy = policy_of(setting, today)
    sent = request.POST if request.method == "POST" else None
    form = LeaveForm(sent, grounds=grounds(policy), initial=WHOLE_DAYS | _typed(request))
    if not child.left and form.is_valid():
        key = key_of(request.POST.get("key", ""))
        result = ask_for_leave(parent=request.parent, child=child, wish=form.wish, key=key, now=clock.now())
        if not isinstance(result, Refused):
            late = is_late(setting, policy, result.first_day, today)
            messages.success(request, _thanks(child.called) + (f" {LATE}" if late else ""))
            return redirect("family_leave", child=child.id)
        form.refuse(result)
    shown = {
        "form": form,
        "child": child,
        "key": key_of(request.POST.get("key", "")),
        "ahead": ahead_of(policy),
        "asked": asked_by(child, requests_of([child.id], today - A_YEAR, today + A_YEAR)),
    }
    return render(request, "parents/leave.html", shown, status=422 if form.errors else 200)


def _thanks(called: str) -> str:
    return f"The school has your request for {called}. It is not leave yet: wait for the answer, which comes here too."


@open_to_parents
def family_evidence(request: ParentRequest) -> HttpResponse:
    """Send a photo or a PDF that bears out an absence; what was sent before, without the other parent's."""
    child, today = request.child, clock.today()
    policy = policy_of(setting_of(child.school), today)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    days = _asked_days(request, today)
    form = EvidenceForm(*sent, kinds=_kinds(policy), initial=days | _typed(request))
    if not child.left and form.is_valid():
        result = send_evidence(
            parent=request.parent,
            child=child,
            given=form.given_by(child),
            file=form.cleaned_data["file"],
            key=key_of(request.POST.get("key", "")),
            now=clock.now(),
        )
        if not isinstance(result, Refused):
            messages.success(request, f"The school has what you sent about {child.called}. Keep the paper for now.")
            return redirect("family_evidence", child=child.id)
        form.refuse(result)
    year = academic_year_of(today)
    held = evidence_of([child.id], year.starts, year.ends).get(child.id, ())
    shown = {
        "form": form,
        "child": child,
        "key": key_of(request.POST.get("key", "")),
        "sent": [one for one in held if child.is_said_by(one.given_by)],
    }
    return render(request, "parents/evidence.html", shown, status=422 if form.errors else 200)


def _kinds(policy: Policy | None) -> tuple[str, ...]:
    """What the policy takes as evidence, but for what is no paper."""
    named = evidence_kinds(policy) if policy else {}
    kinds = tuple(kind for kind in named if kind not in (CONVERSATION, PERMISSION))
    return kinds if OTHER in kinds else (*kinds, OTHER)


def _asked_days(request: ParentRequest, today: date) -> dict[str, object]:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    return {"first": day, "last": day}


def _typed(request: ParentRequest) -> dict[str, str]:
    """What was typed before the session ended; a file has to be chosen again."""
    return {name: values[0] for name, values in take_draft(request).items() if values}
