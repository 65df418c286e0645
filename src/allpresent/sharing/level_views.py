"""Telling parents how their child attends: the round, a preview, one press (M-4.6a, O-A-2.9.4)."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.messages.wordings import wording_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.words import count_of
from allpresent.sharing.level_actions import Reported, report_levels, tell_levels
from allpresent.sharing.level_forms import RoundForm, ToldForm
from allpresent.sharing.level_words import fields_of
from allpresent.sharing.levels import LEVELS, Levels, levels_due
from allpresent.sharing.models import Share


@needs(Right.SEND_MESSAGE)
@says_what_is_missing
def levels(request: StaffRequest) -> HttpResponse:
    """The round that is to be sent: who will be written to, what it says, and the press that sends it."""
    found, now = levels_due(request.school, clock.today()), clock.now()
    initial = {"round": found.round.ends if found.round else None}
    form = RoundForm(request.POST if request.method == "POST" else None, families=found.to_write, initial=initial)
    if form.is_valid() and _sent(request, form, now):
        return redirect("levels", school=request.school.slug)
    page = {
        "levels": found, "form": form, "today": clock.today(), "preview": _preview(request, found),
        "no_address": [(one, to) for one in found.families if not one.left_out for to in one.no_address],
        "no_figure": [one for one in found.families if not one.figure.possible],
        "restricted": [one for one in found.families if one.restricted],
        "nobody": [one for one in found.families if not (one.to or one.no_address or one.told or one.left_out)],
        "left_out": [one for one in found.families if one.left_out],
        "told": sum(one.told for one in found.families),
    }  # fmt: skip
    return render(request, "sharing/levels.html", page, status=422 if form.errors else 200)


@require_POST
@needs(Right.SEND_MESSAGE)
@says_what_is_missing
def levels_told(request: StaffRequest) -> HttpResponse:
    """A parent without an address was told by a person."""
    form = ToldForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    told = tell_levels(
        school=request.school, pupil_id=given["pupil"], contact_id=given["contact"], how=Share.Channel(given["how"]),
        by=request.staff.signer(request.school), now=clock.now(),
    )  # fmt: skip
    if isinstance(told, Refused):
        messages.warning(request, told.problems[0].message)
    else:
        messages.success(request, f"Written down: {told.name} was told.")
    return redirect("levels", school=request.school.slug)


def _sent(request: StaffRequest, form: RoundForm, now: datetime) -> bool:
    """Queue the round; False with the problems on the form."""
    result = report_levels(
        school=request.school, round_ends=form.cleaned_data["round"], left_out=form.left_out,
        by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    _say(request, result)
    return True


def _say(request: StaffRequest, result: Reported) -> None:
    left_out = f" {count_of(result.left_out, 'pupil')} left out, with the reason." if result.left_out else ""
    queued = f"{count_of(result.messages, 'message')} on the way.{left_out}"
    messages.success(request, queued[0].upper() + queued[1:])
    for problem in result.problems[:20]:
        messages.warning(request, problem)


def _preview(request: StaffRequest, found: Levels) -> tuple[str, str] | None:
    """Subject and body of the first message, as it would go."""
    if not found.to_write:
        return None
    family, by = found.to_write[0], request.staff.signer(request.school)
    fields = fields_of(request.school, family, family.to[0], found.period, by)
    return wording_of(request.school, LEVELS).rendered(fields)
