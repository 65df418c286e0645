"""The office's page for a pupil who comes in late: the time and the reason go in, the rule proposes the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.london import at as london_instant
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import Code, EnteredBy, Statistical, code_set_on
from allpresent.core.register.arrival import ArrivalCode
from allpresent.core.register.problems import Fault
from allpresent.people.queries import RollPupil, pupil_on_roll, pupils_on_roll
from allpresent.registers import actions
from allpresent.registers.actions.arrive import earned_code
from allpresent.schools.models import School
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import clock_time, count_of

MOST_FOUND = 12


class ArrivalForm(forms.Form):
    """Time and reason. What they earn is for core.register.arrival."""

    at = forms.TimeField(
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        error_messages={"required": "Give the time of arrival", "invalid": "Give the time as 9:25"},
    )
    said = forms.CharField(max_length=200, required=False)
    because = forms.CharField(max_length=3, required=False)


@dataclass(frozen=True)
class ArrivalPage:
    """What the page shows: a search, or one pupil with what the arrival earns."""

    search: str
    found: tuple[RollPupil, ...]
    pupil: RollPupil | None = None
    session: Session | None = None
    form: ArrivalForm | None = None
    earned: ArrivalCode | None = None
    fault: Fault | None = None
    reasons: tuple[Code, ...] = ()


@needs(Right.RECORD_LATE)
def late_arrival(request: StaffRequest) -> HttpResponse:
    now = clock.now()
    chosen = request.POST.get("pupil") or request.GET.get("pupil", "")
    if not chosen:
        search = request.GET.get("q", "").strip()
        return _draw(request, ArrivalPage(search, find(request.school, search, now)))
    pupil = _pupil(request.school, chosen, now)
    data = request.POST if request.method == "POST" else request.GET
    form = ArrivalForm({"at": clock_time(now), **data.dict()})
    if not form.is_valid():
        return _draw(request, ArrivalPage("", (), pupil=pupil, form=form, reasons=_reasons(request, now)), 422)
    session = session_at(request.school, pupil, now, form.cleaned_data["at"])
    if session is None:
        return _draw(request, ArrivalPage("", (), pupil=pupil, form=form), 422)
    if request.method == "POST" and "look" not in data:
        return _record(request, pupil, session, form, now)
    return _show(request, pupil, session, form, now)


def find(school: School, search: str, now: datetime) -> tuple[RollPupil, ...]:
    """Pupils on the roll today whose name has these letters, most alike first."""
    wanted = search.casefold()
    if not wanted:
        return ()
    day = now.astimezone(clock.LONDON).date()
    alike = [pupil for pupil in pupils_on_roll(school, day) if wanted in f"{pupil.name} {pupil.called} {pupil.surname}".casefold()]
    return tuple(sorted(alike, key=lambda pupil: not pupil.surname.casefold().startswith(wanted))[:MOST_FOUND])


def session_at(school: School, pupil: RollPupil, now: datetime, wall: time) -> Session | None:
    """Today's session that a time belongs to: the afternoon from the moment its register opens."""
    setting = setting_of(school)
    sessions = setting.calendar.sessions_on(now.astimezone(clock.LONDON).date())
    begun = [session for session in sessions if session.half is Half.AM or wall >= setting.window(session, pupil.year_group).opens]
    return begun[-1] if begun else None


def _pupil(school: School, chosen: str, now: datetime) -> RollPupil:
    day = now.astimezone(clock.LONDON).date()
    pupil = pupil_on_roll(school, int(chosen), day) if chosen.isdigit() and len(chosen) < 18 else None
    if pupil is None:
        raise Http404
    return pupil


def _show(request: StaffRequest, pupil: RollPupil, session: Session, form: ArrivalForm, now: datetime) -> HttpResponse:
    wanted = form.cleaned_data
    earned = earned_code(
        school=request.school, pupil=pupil, session=session, arrived_at=london_instant(session.day, wanted["at"]),
        better_reason=wanted["because"] or None,
    )  # fmt: skip
    fault = earned if isinstance(earned, Fault) else None
    page = ArrivalPage(
        "", (), pupil, session, form, None if fault else earned, fault, _reasons(request, now)
    )  # fmt: skip
    return _draw(request, page, 422 if fault else 200)


def _record(request: StaffRequest, pupil: RollPupil, session: Session, form: ArrivalForm, now: datetime) -> HttpResponse:
    wanted = form.cleaned_data
    result = actions.record_arrival(
        school=request.school, pupil=pupil, session=session, arrived_at=london_instant(session.day, wanted["at"]),
        better_reason=wanted["because"] or None, said=wanted["said"], by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if isinstance(result, Fault):
        page = ArrivalPage("", (), pupil, session, form, fault=result, reasons=_reasons(request, now))
        return _draw(request, page, 422)
    late = f", {count_of(result.minutes_late, 'minute')} late" if result.minutes_late else ""
    messages.success(request, f"{pupil.name}: {result.letter} entered for the {session.half.word}{late}.")
    return redirect("late_arrival", school=request.school.slug)


def _reasons(request: StaffRequest, now: datetime) -> tuple[Code, ...]:
    """The better reasons that this person may enter: authorised, or not possible, in Table 3."""
    level = request.staff.level(request.school) or EnteredBy.TEACHER
    codes = code_set_on(now.astimezone(clock.LONDON).date())
    kinds = (Statistical.AUTH, Statistical.NOT_POSSIBLE)
    return tuple(code for code in codes.offered_to(level, Half.AM) if code.table == 3 and code.statistical in kinds)


def _draw(request: StaffRequest, page: ArrivalPage, status: int = 200) -> HttpResponse:
    return render(request, "registers/late_arrival.html", {"page": page}, status=status)
