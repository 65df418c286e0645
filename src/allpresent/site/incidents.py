"""Pupils who left without permission: recording it, telling those the policy names, and the whole story (M-4.7d)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.calls.actions import log_try, skip_step
from allpresent.calls.models import Try
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.response import Result
from allpresent.people.queries import RollPupil, pupil_on_roll, pupils_on_roll
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.clock import LONDON
from allpresent.shared.sending import key_of
from allpresent.shared.words import clock_time
from allpresent.site import actions, queries
from allpresent.site.finding import find, kept, pupil_or_404
from allpresent.site.forms import EndForm, LeftForm, now_words
from allpresent.site.incident_forms import CallForm
from allpresent.site.incident_pages import IncidentPage, StepPart, incident_page, session_of

LISTED = timedelta(days=28)
"""How far back the list of ended incidents reaches: four weeks. Open ones stay until they are ended."""


@needs(Right.LOG_CALL)
def left(request: StaffRequest) -> HttpResponse:
    """Who left and was not found yet; and who was, in the last weeks."""
    today = clock.today()
    still_out = queries.open_incidents(request.school)
    recent = queries.incidents_between(request.school, today - LISTED, today)
    known = {pupil.id: pupil for pupil in pupils_on_roll(request.school, today)}
    ended = tuple(line for line in recent if line not in still_out)
    page = {"open": still_out, "ended": ended, "known": known, "today": today}
    return render(request, "site/left.html", {"page": page})


@needs(Right.LOG_CALL)
def new_left(request: StaffRequest) -> HttpResponse:
    """First whom, then when they left, when they were last seen, and who noticed."""
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    if not data.get("pupil"):
        search, found = find(request, now)
        return render(request, "site/find_left.html", {"page": {"search": search, "found": found}})
    pupil = pupil_or_404(request, data["pupil"], now)
    sent = request.POST if request.method == "POST" else None
    form = LeftForm(sent, day=clock.today(), initial=now_words(now) | {"noticed_by": request.staff.name})
    if form.is_valid() and (crossing := _leave(request, pupil, form, now)):
        return redirect("incident", school=request.school.slug, incident=crossing.id)
    page = {"pupil": pupil, "form": form, "key": key_of(data.get("key", ""))}
    return render(request, "site/new_left.html", {"page": page}, status=422 if form.errors else 200)


def _leave(request: StaffRequest, pupil: RollPupil, form: LeftForm, now: datetime):
    result = actions.leave_without_permission(
        school=request.school, pupil=pupil, gone=form.gone, key=key_of(request.POST.get("key", "")),
        by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if not kept(result, form):
        return None
    messages.success(
        request, f"{pupil.name}: recorded as gone at {clock_time(result.crossed_at)}. Now tell those below."
    )
    return result


@needs(Right.LOG_CALL)
@says_what_is_missing
def incident(request: StaffRequest, incident: int) -> HttpResponse:
    """The whole story: what happened, who was told, what is owed now; and, sent, how it ended."""
    now = clock.now()
    found, pupil = _incident_or_404(request, incident)
    first = {**now_words(now), "found_day": clock.today()}
    form = EndForm(request.POST if request.method == "POST" else None, day=found.left.day, initial=first)
    if form.is_valid() and _end(request, found, pupil, form, now):
        return redirect("incident", school=request.school.slug, incident=found.left.id)
    page = incident_page(request.school, request.staff, found, pupil, form, now=now)
    return _draw(request, page, 422 if form.errors else 200)


def _incident_or_404(request: StaffRequest, asked: int) -> tuple[queries.Incident, RollPupil]:
    found = queries.incident_of(request.school, asked) if asked < 2**62 else None
    pupil = pupil_on_roll(request.school, found.left.pupil_id, found.left.day) if found else None
    if found is None or pupil is None:
        raise Http404
    return found, pupil


def _end(request: StaffRequest, found: queries.Incident, pupil: RollPupil, form: EndForm, now: datetime) -> bool:
    result = actions.end_incident(
        school=request.school, pupil=pupil, incident=found, ended=form.outcome,
        key=key_of(request.POST.get("key", "")), by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if not kept(result, form):
        return False
    messages.success(request, f"{pupil.name}: {result.kind} at {clock_time(result.crossed_at)}.")
    return True


@needs(Right.LOG_CALL)
@says_what_is_missing
def call(request: StaffRequest, incident: int) -> HttpResponse:
    """Keep one try of one step. The police are a decision of those who may decide on welfare."""
    now = clock.now()
    found, pupil = _incident_or_404(request, incident)
    back = redirect("incident", school=request.school.slug, incident=found.left.id)
    if request.method != "POST":
        return back
    end = EndForm(None, day=found.left.day, initial={**now_words(now), "found_day": clock.today()})
    page = incident_page(request.school, request.staff, found, pupil, end, now=now, sent=request.POST)
    part = page.answered
    if part is None or not part.may_log:
        raise Http404
    if part.form.is_valid() and _log(request, found, pupil, part, now):
        return back
    return _draw(request, page, 422)


def _log(request: StaffRequest, found: queries.Incident, pupil: RollPupil, part: StepPart, now: datetime) -> bool:
    form: CallForm = part.form
    given, step = form.cleaned_data, part.progress.step
    session = session_of(request.school, pupil, found.left)
    about = {
        "school": request.school, "pupil": pupil, "day": session.day, "half": session.half, "step": step.key,
        "party": step.party, "key": key_of(request.POST.get("key", "")),
        "by": request.staff.signer(request.school), "now": now, "about": Try.About.LEFT_SITE,
    }  # fmt: skip
    if given["result"] == Result.SKIPPED:
        return kept(skip_step(**about, reason=given["says"]), form)
    person = form.called
    tried_at = london_instant(now.astimezone(LONDON).date(), given["tried_time"])
    result = log_try(
        **about, name=person.name, number=next(iter(person.numbers), ""), channel=form.channel(step),
        result=Result(given["result"]), says=given["says"], tried_at=tried_at, contact_id=form.contact_id,
    )  # fmt: skip
    return kept(result, form)


def _draw(request: StaffRequest, page: IncidentPage, status: int) -> HttpResponse:
    return render(request, "site/incident.html", {"page": page}, status=status)
