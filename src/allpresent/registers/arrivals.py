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
from allpresent.registers.missing import says_what_is_missing
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
    """What the page shows: a search, or one pupil with what the arrival earns. `none`: why no session can be meant."""

    search: str = ""
    found: tuple[RollPupil, ...] = ()
    pupil: RollPupil | None = None
    session: Session | None = None
    form: ArrivalForm | None = None
    earned: ArrivalCode | None = None
    fault: Fault | None = None
    reasons: tuple[Code, ...] = ()
    none: str = ""

    @property
    def wrong(self) -> str:
        """What is wrong with what was given, in a sentence."""
        said = self.fault.message if self.fault else next(iter(self.form.errors.get("at", ())), "") if self.form else ""
        return said[:1].upper() + said[1:]


@needs(Right.RECORD_LATE)
@says_what_is_missing
def late_arrival(request: StaffRequest) -> HttpResponse:
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    chosen = data.get("pupil", "")
    if not chosen:
        search = request.GET.get("q", "").strip()[:100]
        return _draw(request, ArrivalPage(search, find(request.school, search, now)))
    pupil = _pupil(request.school, chosen, now)
    form = ArrivalForm({"at": clock_time(now), **data.dict()})
    wall = form.cleaned_data["at"] if form.is_valid() else now.astimezone(clock.LONDON).time()
    session = session_at(request.school, pupil, now, wall)
    if session is None:
        return _draw(request, ArrivalPage(pupil=pupil, none=_no_session(request.school, now)))
    if not form.is_valid():
        page = ArrivalPage(pupil=pupil, session=session, form=form, reasons=_reasons(request, session))
        return _draw(request, page, 422)
    if request.method == "POST" and "look" not in data:
        return _record(request, pupil, session, form, now)
    return _show(request, pupil, session, form)


def find(school: School, search: str, now: datetime) -> tuple[RollPupil, ...]:
    """Pupils on the roll today whose name has these letters, most alike first."""
    wanted = search.casefold()
    if not wanted:
        return ()
    on_roll = pupils_on_roll(school, now.astimezone(clock.LONDON).date())
    alike = [pupil for pupil in on_roll if wanted in f"{pupil.name} {pupil.called} {pupil.surname}".casefold()]
    return tuple(sorted(alike, key=lambda pupil: not pupil.surname.casefold().startswith(wanted))[:MOST_FOUND])


def session_at(school: School, pupil: RollPupil, now: datetime, wall: time) -> Session | None:
    """Today's session that a time belongs to: the afternoon from the moment its register opens."""
    setting = setting_of(school)
    sessions = setting.calendar.sessions_on(now.astimezone(clock.LONDON).date())
    begun = [one for one in sessions if one.half is Half.AM or wall >= setting.window(one, pupil.year_group).opens]
    return begun[-1] if begun else None


def _no_session(school: School, now: datetime) -> str:
    """Why nobody can be late: no session today, or the school's morning is closed and its afternoon has not begun."""
    if setting_of(school).calendar.sessions_on(now.astimezone(clock.LONDON).date()):
        return "The school is closed this morning, and the afternoon has not begun: nobody can be late yet."
    return "There is no session today, so nobody can be late for one."


def _pupil(school: School, chosen: str, now: datetime) -> RollPupil:
    day = now.astimezone(clock.LONDON).date()
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 18
    pupil = pupil_on_roll(school, int(chosen), day) if is_number else None
    if pupil is None:
        raise Http404
    return pupil


def _show(request: StaffRequest, pupil: RollPupil, session: Session, form: ArrivalForm) -> HttpResponse:
    """What the arrival would earn, before anybody says yes to it."""
    given = form.cleaned_data
    earned = earned_code(
        school=request.school, pupil=pupil, session=session, arrived_at=london_instant(session.day, given["at"]),
        better_reason=given["because"] or None,
    )  # fmt: skip
    if isinstance(earned, Fault):
        return _refuse(request, pupil, session, form, earned)
    page = ArrivalPage(pupil=pupil, session=session, form=form, earned=earned, reasons=_reasons(request, session))
    return _draw(request, page)


def _record(
    request: StaffRequest, pupil: RollPupil, session: Session, form: ArrivalForm, now: datetime
) -> HttpResponse:
    given = form.cleaned_data
    result = actions.record_arrival(
        school=request.school, pupil=pupil, session=session, arrived_at=london_instant(session.day, given["at"]),
        better_reason=given["because"] or None, said=given["said"], by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    if isinstance(result, Fault):
        return _refuse(request, pupil, session, form, result)
    late = f", {count_of(result.minutes_late, 'minute')} late" if result.minutes_late else ""
    messages.success(request, f"{pupil.name}: {result.letter} entered for the {session.half.word}{late}.")
    return redirect("late_arrival", school=request.school.slug)


def _refuse(request: StaffRequest, pupil: RollPupil, session: Session, form: ArrivalForm, fault: Fault) -> HttpResponse:
    page = ArrivalPage(pupil=pupil, session=session, form=form, fault=fault, reasons=_reasons(request, session))
    return _draw(request, page, 422)


def _reasons(request: StaffRequest, session: Session) -> tuple[Code, ...]:
    """The better reasons that this person may enter: authorised, or not possible, in Table 3."""
    level = request.staff.level(request.school) or EnteredBy.TEACHER
    kinds = (Statistical.AUTH, Statistical.NOT_POSSIBLE)
    codes = code_set_on(session.day).offered_to(level, session.half)
    return tuple(code for code in codes if code.table == 3 and code.statistical in kinds)


def _draw(request: StaffRequest, page: ArrivalPage, status: int = 200) -> HttpResponse:
    return render(request, "registers/late_arrival.html", {"page": page}, status=status)
