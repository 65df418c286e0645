"""Comings and goings of a day, kept apart from the register; and mending one that was recorded wrongly."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.people.queries import RollPupil, pupil_on_roll, pupils_on_roll
from allpresent.registers.days import read_day
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.sending import key_of
from allpresent.shared.words import clock_time
from allpresent.site import actions, queries
from allpresent.site.finding import kept
from allpresent.site.forms import CorrectForm
from allpresent.site.lines import CrossingLine


class Coming(NamedTuple):
    """A crossing of a day's list. `stands`: nothing corrected it since."""

    pupil: RollPupil
    line: CrossingLine
    stands: bool


@needs(Right.SIGN_OUT)
def comings(request: StaffRequest) -> HttpResponse:
    """Everybody who went or came during a day, in order of time, with what was corrected."""
    today = clock.today()
    day, wrong = read_day(request.GET.get("day", ""), today)
    days = setting_of(request.school).calendar.previous_school_days(day, 1)
    page = {"day": day, "today": today, "wrong": wrong, "lines": _comings(request, day), "before": days}
    return render(request, "site/comings.html", {"page": page}, status=400 if wrong else 200)


def _comings(request: StaffRequest, day: date) -> tuple[Coming, ...]:
    known = {pupil.id: pupil for pupil in pupils_on_roll(request.school, day)}
    found = [
        Coming(known[pupil_id], line, line in queries.standing_lines(held))
        for pupil_id, held in queries.crossings_on(request.school, day).items()
        if pupil_id in known
        for line in held
    ]
    return tuple(sorted(found, key=lambda coming: (coming.line.crossed_at, coming.line.at)))


@needs(Right.SIGN_OUT)
def correct(request: StaffRequest, crossing: int) -> HttpResponse:
    """Another time, or it did not happen. Both rows stay."""
    now = clock.now()
    older = queries.crossing_of(request.school, crossing) if crossing < 2**62 else None
    pupil = pupil_on_roll(request.school, older.pupil_id, older.day) if older else None
    if older is None or pupil is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = CorrectForm(sent, day=older.day, initial={"at": clock_time(older.crossed_at), "happened": "yes"})
    if form.is_valid() and _correct(request, pupil, older, form, now):
        return redirect(f"{reverse('comings', kwargs={'school': request.school.slug})}?day={older.day}")
    page = {"pupil": pupil, "older": older, "form": form, "key": key_of(request.POST.get("key", ""))}
    return render(request, "site/correct.html", {"page": page}, status=422 if form.errors else 200)


def _correct(request: StaffRequest, pupil: RollPupil, older: CrossingLine, form: CorrectForm, now: datetime) -> bool:
    result = actions.correct_crossing(
        school=request.school, pupil=pupil, older=older, at=form.moment, reason=form.cleaned_data["reason"],
        key=key_of(request.POST.get("key", "")), by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if not kept(result, form):
        return False
    messages.success(request, f"{pupil.name}: corrected. What was recorded first stays beside it.")
    return True
