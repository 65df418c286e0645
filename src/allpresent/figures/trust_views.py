"""The figures of every school of a trust, for whoever leads it (O-A-1.1, O-B-23)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures.charts import line_chart, picture
from allpresent.figures.files import as_xlsx
from allpresent.figures.trust import TrustFigures
from allpresent.figures.trust_pages import ORDERS, TrustPage, table
from allpresent.schools.queries import schools_of
from allpresent.shared import clock

SOURCES = ("O-A-1.1", "O-B-23")


@needs(Right.SEE_TRUST)
def trust_page(request: StaffRequest) -> HttpResponse:
    """The schools side by side; with `format=xlsx`, as a file."""
    page = _page(request)
    if request.GET.get("format") == "xlsx":
        return as_xlsx(table(page), "trust")
    return render(request, "figures/trust.html", {"page": page, "trust": request.school.trust, "sources_of": SOURCES})


@needs(Right.SEE_TRUST)
def trust_picture(request: StaffRequest) -> HttpResponse:
    """The chart: all schools together, week by week, this year and last."""
    return picture(line_chart(*_page(request).chart))


def _page(request: StaffRequest) -> TrustPage:
    """The schools of this school's trust, for somebody whose right reaches over the whole of it."""
    trust_id = request.school.trust_id
    over = {held.trust_id for held in request.staff.held if Right.SEE_TRUST in held.role.rights}
    if trust_id is None or trust_id not in over:
        raise Http404("There is no such page.")
    order = request.GET.get("order", "")
    found = TrustFigures(schools_of(set(), {trust_id}), clock.today())
    return TrustPage(found, order if order in ORDERS else next(iter(ORDERS)))
