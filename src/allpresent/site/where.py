"""Who is on site now, and the fire list: on a phone, on paper, and as a page that opens when the line is down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.onsite import Place
from allpresent.shared import clock
from allpresent.shared.clock import LONDON
from allpresent.site import queries
from allpresent.site.pages import SitePage


@needs(Right.SEE_SITE)
def on_site(request: StaffRequest) -> HttpResponse:
    """Where everybody is; a search and a place narrow the list. A class teacher reads why for her own groups alone."""
    page = SitePage(
        queries.on_site(request.school, now=clock.now()),
        search=request.GET.get("q", "").strip()[:100],
        place=_place(request),
        reads=_reads(request),
    )
    missing = len(queries.open_incidents(request.school))
    return render(request, "site/on_site.html", {"page": page, "missing": missing})


@needs(Right.SEE_SITE)
def fire_list(request: StaffRequest) -> HttpResponse:
    """Names by class with a box each. All staff see it whole: names and classes, for the children's safety."""
    return render(request, "site/fire_list.html", {"page": _list(request)})


@needs(Right.SEE_SITE)
def fire_list_saved(request: StaffRequest) -> HttpResponse:
    """The fire list as one plain file, to be kept on the device."""
    page = _list(request)
    html = render_to_string("site/fire_list_saved.html", {"page": page, "school": request.school}, request)
    answer = HttpResponse(html)
    stamp = page.at.astimezone(LONDON).strftime("%Y-%m-%d-%H%M")
    answer.headers["Content-Disposition"] = f'attachment; filename="fire-list-{request.school.slug}-{stamp}.html"'
    return answer


def _list(request: StaffRequest) -> SitePage:
    return SitePage(queries.on_site(request.school, now=clock.now()), reads=frozenset())


def _place(request: HttpRequest) -> Place | None:
    asked = request.GET.get("show", "")
    return next((place for place in Place if place.name.lower() == asked), None)


def _reads(request: StaffRequest) -> frozenset[int] | None:
    if request.staff.reaches_all(Right.SEE_SITE, request.school):
        return None
    return request.staff.own_groups(request.school)
