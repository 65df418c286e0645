"""The school's calendar: terms, closures, and the days left of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.core.calendar.bank_holidays import BankHoliday, BankHolidaysNotKnown, england
from allpresent.core.calendar.calendar_checks import CalendarError
from allpresent.schools import actions
from allpresent.schools.forms import TermForm
from allpresent.schools.models import Closure
from allpresent.schools.queries import Setting, setting_of
from allpresent.shared import clock


@dataclass(frozen=True)
class TermRow:
    """A term with what it comes to."""

    name: str
    starts: object
    ends: object
    days: int
    weeks: int


@dataclass(frozen=True)
class CalendarPage:
    year: AcademicYear
    terms: tuple[TermRow, ...]
    closures: tuple[Closure, ...]
    holidays: tuple[BankHoliday, ...]
    sessions: int
    years: tuple[AcademicYear, ...]

    @property
    def days(self) -> int:
        return sum(term.days for term in self.terms)


@needs(Right.SEE_SCHOOL)
def calendar(request: StaffRequest) -> HttpResponse:
    """A school year, this one unless another is asked for: its terms, closures and bank holidays."""
    setting = setting_of(request.school)
    years = _years(setting, academic_year_of(clock.today()))
    year = next((year for year in years if year.label == request.GET.get("year")), academic_year_of(clock.today()))
    page = CalendarPage(
        year=year,
        terms=tuple(_term(setting, term) for term in setting.calendar.terms if year.holds(term.starts)),
        closures=tuple(Closure.objects.filter(school=request.school, starts__gte=year.starts, starts__lte=year.ends)),
        holidays=tuple(day for day in england() if year.holds(day.day)),
        sessions=len(setting.calendar.sessions_between(year.starts, year.ends)),
        years=years,
    )
    may = {
        "may_keep": request.staff.may(Right.KEEP_CALENDAR, request.school),
        "may_close": request.staff.may(Right.CLOSE_SCHOOL, request.school),
    }
    return render(request, "handbook/calendar.html", {"page": page} | may)


def _years(setting: Setting, present: AcademicYear) -> tuple[AcademicYear, ...]:
    """The school years that the calendar knows of, this one among them, in order."""
    known = {academic_year_of(term.starts) for term in setting.calendar.terms}
    return tuple(sorted(known | {present}))


def _term(setting: Setting, term) -> TermRow:
    days = setting.calendar.school_days_between(term.starts, term.ends)
    weeks = {day.isocalendar()[:2] for day in days}
    return TermRow(term.name, term.starts, term.ends, len(days), len(weeks))


@needs(Right.KEEP_CALENDAR)
def new_term(request: StaffRequest) -> HttpResponse:
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_term(
                school=request.school, by=request.staff.signer(request.school), now=clock.now(), **form.cleaned_data
            )
        except (CalendarError, BankHolidaysNotKnown) as problem:
            form.add_error("starts", str(problem))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is in the calendar.")
            return redirect("calendar", school=request.school.slug)
    return render(request, "handbook/new_term.html", {"form": form}, status=422 if form.errors else 200)
