"""How the year may end for each pupil: a chance, said to those who help, and switched off where it is not wanted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.chances import model
from allpresent.figures.actions import show_chances
from allpresent.figures.chances import chances_of
from allpresent.figures.chances_before import last_year_of
from allpresent.figures.chances_known import years_of
from allpresent.figures.chances_pages import ChancesPage, lines_of, rows_of
from allpresent.figures.charts import line_chart, picture
from allpresent.figures.queries.switches import chances_shown, chances_switches
from allpresent.figures.views import reaches_pupils
from allpresent.schools.queries import groups_of
from allpresent.shared import clock

SWITCHED = {"on": True, "off": False}
DONE = {True: "Chances are shown again.", False: "Chances are no longer shown, to anybody at this school."}


@needs(Right.SEE_FIGURES)
def chances_page(request: StaffRequest) -> HttpResponse:
    """What chances are, whom they are about, the model on one page and how it did. Switched off, none of it."""
    switches = chances_switches(request.school)
    shown = switches[0].shown if switches else True
    about = request.GET.get("about", "")
    facts = {
        "shown": shown,
        "switches": switches,
        "may_switch": request.staff.may(Right.KEEP_POLICY, request.school),
        "model": model(),
        "rows_of": rows_of,
        "page": _page(request, about) if shown and reaches_pupils(request) else None,
    }
    return render(request, "figures/chances.html", facts, status=400 if about and _tenths(about) is None else 200)


@needs(Right.SEE_FIGURES)
def chances_picture(request: StaffRequest) -> HttpResponse:
    """What the curve said of pupils it had not seen, beside what came."""
    if not chances_shown(request.school):
        raise Http404
    return picture(line_chart(*lines_of(model().with_last_year)))


@require_POST
@needs(Right.KEEP_POLICY)
def chances_switch(request: StaffRequest) -> HttpResponse:
    """Have them shown, or not."""
    shown = SWITCHED.get(request.POST.get("shown", ""))
    if shown is None:
        raise BadRequest("shown is neither on nor off")
    show_chances(school=request.school, shown=shown, by=request.staff.signer(request.school), now=clock.now())
    messages.success(request, DONE[shown])
    return redirect("chances", school=request.school.slug)


def _page(request: StaffRequest, about: str) -> ChancesPage:
    groups = {group.id: group.name for group in groups_of(request.school)}
    years = years_of(request.school, clock.today())
    nouns = (request.words.pupil, request.words.pupils)
    return ChancesPage(model(), chances_of(years, model()), groups, _tenths(about), nouns, last_year_of(years, model()))


def _tenths(about: str) -> int | None:
    """The chance chosen, in tenths; None where none was, or nothing that can be."""
    return int(about) if about.isascii() and about.isdecimal() and len(about) < 3 and int(about) <= 10 else None
