"""Whom it is about, and finding what an address names: through the school, or it does not exist."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest
from allpresent.leave import queries
from allpresent.leave.lines import PartTimeLine, RequestLine
from allpresent.people.queries import RollPupil, pupil_on_roll, search_pupils
from allpresent.shared import clock

BIGGEST = 2**62


def chosen_pupil(request: StaffRequest) -> RollPupil | None:
    """The pupil that the address names; None where it names none."""
    asked = (request.POST if request.method == "POST" else request.GET).get("pupil", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        raise Http404
    return roll_pupil(request, int(asked), clock.today())


def roll_pupil(request: StaffRequest, pupil_id: int, *days: date) -> RollPupil:
    """A pupil of the school, on the roll on one of some days. Otherwise there is no such page."""
    found = (pupil_on_roll(request.school, pupil_id, day) for day in days)
    pupil = next((pupil for pupil in found if pupil), None)
    if pupil is None:
        raise Http404
    return pupil


def find_pupil(request: StaffRequest, title: str) -> HttpResponse:
    """Search; where one pupil fits, straight on."""
    search = request.GET.get("q", "").strip()[:100]
    found = search_pupils(request.school, search, clock.today(), with_contacts=True) if search else ()
    if len(found) == 1:
        return redirect(f"{request.path}?pupil={found[0].pupil.id}")
    return render(request, "leave/find.html", {"title": title, "search": search, "found": found})


def request_or_404(request: StaffRequest, leave: int) -> tuple[RequestLine, RollPupil]:
    """A request and its pupil, on the roll today or when it begins."""
    line = queries.request_of(request.school, leave) if leave < BIGGEST else None
    if line is None:
        raise Http404
    return line, roll_pupil(request, line.pupil_id, clock.today(), line.span.first.day)


def part_time_or_404(request: StaffRequest, part_time: int) -> tuple[PartTimeLine, RollPupil]:
    """A part-time timetable and its pupil."""
    line = queries.part_time_of(request.school, part_time) if part_time < BIGGEST else None
    if line is None:
        raise Http404
    return line, roll_pupil(request, line.pupil_id, clock.today(), line.agreement.begins)
