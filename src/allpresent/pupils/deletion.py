"""Deleting a name: choose the last day and the ground, answer what the ground asks, see what is missing.

It stands in this room because some grounds are proved by the attendance register.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.roll.grounds import Ground, GroundsList, NeedKind, grounds_for
from allpresent.people.actions import Proposal, check_proposal, delete_from_roll
from allpresent.people.changing import change, pupil_or_404, sent
from allpresent.people.models import Pupil
from allpresent.people.queries import workers_of
from allpresent.pupils.deletion_forms import DayForm, GroundForm
from allpresent.pupils.queries import attendance_until
from allpresent.shared import clock


@needs(Right.DELETE_FROM_ROLL)
def roll_delete(request: StaffRequest, pupil: int) -> HttpResponse:
    """The last day, and the grounds there are for a pupil of that age then."""
    found = pupil_or_404(request, pupil)
    on = _day(request)
    shown = {
        "pupil": found,
        "form": DayForm(initial={"on": on}),
        "on": on,
        "held": _grounds(found, on),
        "back": _address("roll_pupil", found),
    }
    return render(request, "pupils/delete.html", shown)


@needs(Right.DELETE_FROM_ROLL)
def roll_delete_on(request: StaffRequest, pupil: int, ground: str) -> HttpResponse:
    """One ground: its questions, what the register proves, who must be told first."""
    found, on, now = pupil_or_404(request, pupil), _day(request), clock.now()
    held = _grounds(found, on)
    chosen = held.ground(ground)
    if chosen is None:
        raise Http404
    form = GroundForm(sent(request), ground=chosen, workers=workers_of(found.id, clock.today(), on), initial={"on": on})
    return change(
        request,
        form,
        lambda _: delete_from_roll(
            pupil=found,
            proposal=form.proposal(),
            attendance=partial(attendance_until, today=clock.today()),
            by=request.staff.signer(request.school),
            now=now,
        ),
        title=f"Delete {found} from the register",
        button="Delete the name from the register",
        done="The name leaves the register after the day given. What was in hand is kept with it.",
        back=_address("roll_pupil", found),
        template="pupils/delete_on.html",
        ground=chosen,
        regulation=held.regulation,
        proved=_proved(found, chosen, on, now),
    )


def _proved(pupil: Pupil, ground: Ground, on: date, now) -> tuple[tuple[str, str], ...]:
    """What the register itself proves or does not yet: each computed need with what is missing, '' if nothing."""
    needs = {need.key: need.question for need in ground.needs if need.kind is NeedKind.COMPUTED}
    if not needs:
        return ()
    attendance = attendance_until(pupil.id, clock.today())
    checked = check_proposal(pupil, Proposal(ground.letter, on), attendance=attendance, now=now)
    missing = {problem.key: problem.message for problem in getattr(checked, "problems", ())}
    return tuple((question, missing.get(key, "")) for key, question in needs.items())


def _grounds(pupil: Pupil, on: date) -> GroundsList:
    try:
        return grounds_for(pupil.born, on)
    except ValueError as error:
        raise Http404(str(error)) from error


def _day(request: StaffRequest) -> date:
    """The last day proposed; today unless another is asked for."""
    form = DayForm(request.POST if request.method == "POST" else request.GET)
    return form.cleaned_data["on"] if form.is_valid() else clock.today()


def _address(name: str, pupil: Pupil) -> str:
    return reverse(name, kwargs={"school": pupil.school.slug, "pupil": pupil.id})
