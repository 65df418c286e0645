"""Targets: what holds, every pupil against it, setting one and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.improvement import Measure
from allpresent.figures.dimensions import YEAR_GROUPS, year_words
from allpresent.figures.files import as_csv
from allpresent.improvement import actions, aiming, pages, queries
from allpresent.improvement.actions.targets import Aimed
from allpresent.improvement.forms import TargetForm, WhyForm
from allpresent.improvement.reading import keeps, or_404, sees_names, shown, signed, small_enough
from allpresent.people.queries import pupils_on_roll
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SEE_FIGURES)
def targets(request: StaffRequest) -> HttpResponse:
    """What is aimed at, and who is there: by year group, and child by child for those who may know them."""
    school, today, names = request.school, clock.today(), sees_names(request)
    held = queries.targets_on(school, today)
    lines = aiming.pupils_against(school, held, today)
    if names and request.GET.get("format") == "csv":
        return as_csv(pages.target_table(lines), "targets")
    years = aiming.year_lines(lines, small=not names, today=today)
    page = {
        "targets": held,
        "numbered": any(target.percent for target in held),
        "set": queries.targets_of(school),
        "today": today,
        "measures": aiming.SHOWN,
        "years": years,
        "withheld": any(line.is_withheld for line in years),
        "lines": pages.chosen_lines(lines, request.GET.get("show", "")) if names else (),
        "show": request.GET.get("show", ""),
        "below": sum(line.is_below for line in lines),
        "of": len(lines),
        "names": names,
        "keeps": keeps(request),
        "starts": academic_year_of(today).starts,
    }
    return render(request, "improvement/targets.html", page)


@needs(Right.KEEP_PLAN)
def new_target(request: StaffRequest) -> HttpResponse:
    """Set a target, for everyone or for a year group."""
    today = clock.today()
    present = {pupil.year_group for pupil in pupils_on_roll(request.school, today)}
    years = [(year, year_words(year)) for year in YEAR_GROUPS if year in present]
    initial = {"measure": Measure.ATTENDANCE.value, "first": today, "last": academic_year_of(today).ends}
    form = TargetForm(request.POST if request.method == "POST" else None, years=years, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        aimed = Aimed(Measure(given["measure"]), given["year_group"], given["percent"], given["first"], given["last"])
        result = actions.set_target(school=request.school, aimed=aimed, key=given["key"], **signed(request))
        if not isinstance(result, Refused):
            messages.success(request, "The target is set. A later one for the same children takes its place.")
            return redirect("targets", school=request.school.slug)
        form.refuse(result)
    return shown(request, "form", form, **pages.NEW_TARGET)


@needs(Right.KEEP_PLAN)
def end_target(request: StaffRequest, target: int) -> HttpResponse:
    """Take a target back."""
    held = or_404(queries.target_of(request.school, small_enough(target)))
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        result = actions.end_target(target=held, why=given["why"], key=given["key"], **signed(request))
        if not isinstance(result, Refused):
            messages.success(request, "The target is taken back. It stays in the list below with your reason.")
            return redirect("targets", school=request.school.slug)
        form.refuse(result)
    return shown(request, "form", form, **pages.END_TARGET)
