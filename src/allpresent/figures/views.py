"""Pages of figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures import ask_pages
from allpresent.figures.answer import answered
from allpresent.figures.asking import asked, known_then, offered
from allpresent.figures.charts import line_chart, picture
from allpresent.figures.dashboard import Dashboard
from allpresent.figures.dimensions import DIMENSIONS
from allpresent.figures.files import as_csv, as_xlsx
from allpresent.figures.queries.kept import kept_questions
from allpresent.shared import clock


@needs(Right.SEE_FIGURES)
def dashboard_page(request: StaffRequest) -> HttpResponse:
    """The school's figures on one page."""
    kept = kept_questions(request.school, request.staff.user_id)
    return render(request, "figures/dashboard.html", {"board": _dashboard(request), "kept": kept})


@needs(Right.SEE_FIGURES)
def trend_picture(request: StaffRequest) -> HttpResponse:
    """The chart of the dashboard: week by week, this year and last."""
    return picture(line_chart(*_dashboard(request).lines))


@needs(Right.SEE_FIGURES)
def ask_page(request: StaffRequest) -> HttpResponse:
    """Any cohort and dates, by what the address says; with `format=csv` or `xlsx`, as a file."""
    may = offered(restricted=sees_restricted(request))
    question = asked(request.GET, clock.today(), may)
    grounds = ask_pages.grounds_of_question(request.school, question, clock.today())
    answer = answered(request.school, ask_pages.as_shown(question), today=clock.today(), grounds=grounds)
    names = reaches_pupils(request)
    if question.wrong == "" and request.GET.get("format") in ("csv", "xlsx"):
        write = as_csv if request.GET["format"] == "csv" else as_xlsx
        return write(ask_pages.table(question, answer, names=names), "figures")
    page = ask_pages.ask_page(grounds, request.GET, question, answer, may, names=names)
    kept = kept_questions(request.school, request.staff.user_id)
    facts = {"page": page, "kept": kept, "may_set_goals": request.staff.may(Right.SET_GOALS, request.school)}
    return render(request, "figures/ask.html", facts, status=400 if question.wrong else 200)


def sees_restricted(request: StaffRequest) -> bool:
    return request.staff.may(Right.SEE_RESTRICTED, request.school)


def reaches_pupils(request: StaffRequest) -> bool:
    """Whether who looks may know every pupil of the school by name."""
    return request.staff.reaches_all(Right.SEE_PUPIL, request.school)


def _dashboard(request: StaffRequest) -> Dashboard:
    seen = frozenset(DIMENSIONS) if sees_restricted(request) else frozenset()
    day, known = known_then(request.GET, clock.today())
    return Dashboard(request.school, day, seen, reaches_pupils(request), known)
