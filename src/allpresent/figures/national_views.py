"""The school beside the nation, as DfE counts, and why DfE's figure for it is not its own."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.calendar.london import at
from allpresent.core.figures.published import Phase
from allpresent.core.figures.small import limit_on
from allpresent.figures.forms import DfeFigureForm
from allpresent.figures.gap import Gap, Measure, Window
from allpresent.figures.ground import Ground
from allpresent.figures.national import first_day_of, phase_of
from allpresent.figures.national_pages import NationalPage
from allpresent.figures.views import reaches_pupils
from allpresent.shared import clock


@needs(Right.SEE_FIGURES)
def national_page(request: StaffRequest) -> HttpResponse:
    """The year to date beside the national view of it; with a figure of DfE's, what explains the gap and what not."""
    today = clock.today()
    given = "figure" in request.GET
    start, start_is_known = first_day_of(academic_year_of(today))
    usual = Window(min(start, today), today)
    initial = {"first": usual.first, "last": usual.last, "known": today, "measure": Measure.ATTENDANCE}
    form = DfeFigureForm(request.GET if given else None, initial=initial, today=today)
    asked = given and form.is_valid()
    gap = _gap(request, _window(form) if asked else usual, today)
    words = request.words
    page = NationalPage(
        gap=gap,
        measure=_measure(request.GET),
        phase=_phase(request.GET, gap.ground),
        below=1 if reaches_pupils(request) else limit_on(today),
        noun=(words.pupil, words.pupils),
    )
    shown = {
        "page": page,
        "form": form,
        "measures": Measure,
        "phases": Phase,
        "asked": asked,
        "verdict": page.verdict(form.cleaned_data["figure"]) if asked else None,
        "start_is_known": start_is_known,
        "kept": _without(request.GET, "phase"),
        "who": page.named and request.GET.get("show") == "counted",
    }
    return render(request, "figures/national.html", shown, status=400 if given and not asked else 200)


def _window(form: DfeFigureForm) -> Window:
    found = form.cleaned_data
    read = at(found["known"] + timedelta(days=1), time(0)) - timedelta(microseconds=1)
    return Window(found["first"], found["last"], read)


def _gap(request: StaffRequest, window: Window, today: date) -> Gap:
    """The gap of the year of the window, up to today or to the year's end."""
    year = academic_year_of(window.last)
    return Gap(Ground(request.school, year, today=today), window, min(today, year.ends))


def _measure(query: QueryDict) -> Measure:
    return Measure(query["measure"]) if query.get("measure") in set(Measure) else Measure.ATTENDANCE


def _phase(query: QueryDict, ground: Ground) -> Phase:
    return Phase(query["phase"]) if query.get("phase") in set(Phase) else phase_of(ground)


def _without(query: QueryDict, name: str) -> str:
    """The address's question but for one part of it."""
    kept = query.copy()
    kept.pop(name, None)
    return kept.urlencode()
