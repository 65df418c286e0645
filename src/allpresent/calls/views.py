"""The pages of calls: the worklist, and one pupil's absence of today."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences.actions import Said
from allpresent.absences.models import Notice
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.calls.actions import log_reason, log_try, skip_step
from allpresent.calls.forms import LogForm, WordsForm
from allpresent.calls.models import Try
from allpresent.calls.pages import RowView, calls_page
from allpresent.calls.queries import Row, board, board_of, day_facts
from allpresent.core.policy.model.words import Channel
from allpresent.core.response import Kind, Result, Step
from allpresent.core.settle.reasons import Reason
from allpresent.people.forms import RollForm
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of

_BACK = frozenset({"calls", "today"})


@needs(Right.LOG_CALL)
@says_what_is_missing
def calls(request: StaffRequest) -> HttpResponse:
    """Whom to call, in which order, what was tried and what is owed today."""
    now = clock.now()
    facts = day_facts(request.school, request.staff, now=now)
    known = request.staff.may(Right.SEE_RESTRICTED, request.school)
    late = request.staff.may(Right.RECORD_LATE, request.school)
    page = calls_page(board_of(facts, now=now), facts, request.words, known=known, records_late=late)
    return render(request, "calls/calls.html", {"page": page})


@needs(Right.LOG_CALL)
@says_what_is_missing
def call(request: StaffRequest, pupil: int) -> HttpResponse:
    """One pupil's absence of today: every step, and a call logged."""
    now = clock.now()
    row = _row(request, pupil, now)
    if request.method != "POST" or row is None:
        return _draw(request, pupil, row, now)
    step = _step(row, request.POST.get("step", ""))
    form = LogForm(request.POST, step=step, day=row.missing.day)
    if form.is_valid() and _kept(request, form, _log(request, row, step, form, now)):
        messages.success(request, f"{row.pupil.name}: {step.label.lower()}, {form.cleaned_data['result']}. Logged.")
        return _back(request, pupil)
    return _draw(request, pupil, row, now, form=form, step=step)


@needs(Right.LOG_CALL)
@says_what_is_missing
def skip_call(request: StaffRequest, pupil: int) -> HttpResponse:
    """Leave a step out, with the reason."""
    return _with_words(request, pupil, Result.SKIPPED)


@needs(Right.DECIDE_WELFARE)
@says_what_is_missing
def decide_welfare(request: StaffRequest, pupil: int) -> HttpResponse:
    """Decide whether the police or a welfare check is asked for, in words."""
    return _with_words(request, pupil, Result.DECIDED)


def _with_words(request: StaffRequest, pupil: int, result: Result) -> HttpResponse:
    now = clock.now()
    row = _row(request, pupil, now)
    if request.method != "POST" or row is None:
        return redirect("call", school=request.school.slug, pupil=pupil)
    step = _step(row, request.POST.get("step", ""))
    if step.kind is not Kind.DECIDE and result is Result.DECIDED:
        raise Http404
    if step.kind is Kind.DECIDE and not request.staff.may(Right.DECIDE_WELFARE, request.school):
        raise PermissionDenied(f"Your role here does not include: {Right.DECIDE_WELFARE}.")
    form = WordsForm(request.POST)
    if form.is_valid() and _kept(request, form, _leave_out_or_decide(request, row, step, form, result, now)):
        done = "left out" if result is Result.SKIPPED else "decided"
        messages.success(request, f"{row.pupil.name}: {step.label.lower()} {done}. Kept.")
        return redirect("call", school=request.school.slug, pupil=pupil)
    return _draw(request, pupil, row, now, form=form, step=step)


def _row(request: StaffRequest, pupil: int, now: datetime) -> Row | None:
    """The pupil's row; None for a pupil who is accounted for."""
    found = board(request.school, request.staff, now=now).of(pupil)
    if found is None and pupil_on_roll(request.school, pupil, clock.today()) is None:
        raise Http404
    return found


def _step(row: Row, key: str) -> Step:
    found = next((step for step in row.steps if step.key == key), None)
    if found is None:
        raise Http404
    return found


def _log(request: StaffRequest, row: Row, step: Step, form: LogForm, now: datetime) -> Try | Refused:
    name, number, contact_id = form.person
    given, tried_at = form.cleaned_data, form.tried_at(now)
    result = Result(given["result"])
    tried = {
        "school": request.school, "pupil": row.pupil, "day": row.missing.day, "half": row.halves[0], "step": step.key,
        "party": _party(step, form), "name": name, "number": number, "channel": _channel(number, result),
        "tried_at": tried_at, "by": request.staff.signer(request.school), "now": now, "contact_id": contact_id,
    }  # fmt: skip
    key = key_of(request.POST.get("key", ""))
    if result is not Result.EXPLAINED:
        return log_try(result=result, says=given["says"], key=key, **tried)
    said = Said(
        about=Notice.About.ABSENCE, day=row.missing.day, half=row.halves[0], reason=Reason(given["reason"]),
        says=given["says"], channel=Notice.Channel.EMAIL if "@" in number else Notice.Channel.TELEPHONE,
        told_by=name or "Somebody at the number", relation=form.relation, told_at=tried_at,
        expected_back=given["expected_back"], contact_id=contact_id,
    )  # fmt: skip
    return log_reason(said=said, key=key, **tried)


def _party(step: Step, form: LogForm) -> str:
    one = form.reached.get(form.cleaned_data["who"])
    return one.person.party if one else step.parties[0]


def _channel(number: str, result: Result) -> str:
    if "@" in number:
        return Channel.EMAIL
    return Channel.TEXT if result is Result.SENT else Channel.PHONE


def _leave_out_or_decide(
    request: StaffRequest, row: Row, step: Step, form: WordsForm, result: Result, now: datetime
) -> Try | Refused:
    shared = {
        "school": request.school, "pupil": row.pupil, "day": row.missing.day, "half": row.halves[0], "step": step.key,
        "party": step.parties[0], "key": key_of(request.POST.get("key", "")), "now": now,
        "by": request.staff.signer(request.school),
    }  # fmt: skip
    says = form.cleaned_data["says"]
    if result is Result.SKIPPED:
        return skip_step(reason=says, **shared)
    return log_try(result=result, says=says, name="", number="", channel="", tried_at=now, **shared)


def _kept(request: StaffRequest, form: RollForm, result: Try | Refused) -> bool:
    if isinstance(result, Refused):
        form.refuse(result)
    return not isinstance(result, Refused)


def _back(request: StaffRequest, pupil: int) -> HttpResponse:
    """To the list that the form was on, or to the pupil's page."""
    back = request.POST.get("back", "")
    if back in _BACK:
        return redirect(back, school=request.school.slug)
    return redirect("call", school=request.school.slug, pupil=pupil)


def _draw(
    request: StaffRequest, pupil: int, row: Row | None, now: datetime, form: RollForm | None = None,
    step: Step | None = None,
) -> HttpResponse:  # fmt: skip
    known = request.staff.may(Right.SEE_RESTRICTED, request.school)
    page = {
        "view": RowView(row, known, now) if row else None,
        "pupil": row.pupil if row else pupil_on_roll(request.school, pupil, clock.today()),
        "form": form,
        "wrong": step,
        "decides": request.staff.may(Right.DECIDE_WELFARE, request.school),
    }
    return render(request, "calls/call.html", page, status=422 if form and form.errors else 200)
