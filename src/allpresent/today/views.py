"""The first page: where a person begins, and what their day asks of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs, open_to_signed_in
from allpresent.accounts.rights import Right
from allpresent.schools.queries import schools_of
from allpresent.shared import clock
from allpresent.today.day import school_day
from allpresent.today.pages import today_page


@open_to_signed_in
def begin(request: StaffRequest) -> HttpResponse:
    """Straight to Today where there is one school; otherwise a choice of schools."""
    held = request.staff.held
    schools = schools_of({h.school_id for h in held if h.school_id}, {h.trust_id for h in held if h.trust_id})
    if len(schools) == 1:
        return redirect("today", school=schools[0].slug)
    return render(request, "today/schools.html", {"schools": schools})


@needs(Right.SEE_SCHOOL)
def today(request: StaffRequest) -> HttpResponse:
    """Today at one school, as the person's roles see it."""
    now = clock.now()
    day = school_day(request.school, request.staff, now=now)
    return render(request, "today/today.html", {"page": today_page(day, request.school, request.staff, now=now)})
