"""Practice against policy: for the head and the governors, with the cases behind each number."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.practice import Practice
from allpresent.people.models import Pupil
from allpresent.practice import pages
from allpresent.practice.periods import Chosen, choices, chosen
from allpresent.practice.queries import practice
from allpresent.practice.reading import Period
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.models import Group
from allpresent.schools.queries import setting_of
from allpresent.shared import clock

Names = Mapping[tuple[str, int], str]


@needs(Right.SEE_PRACTICE)
@says_what_is_missing
def practice_page(request: StaffRequest) -> HttpResponse:
    """Every clock over a period; with `?clock=`, the cases of one."""
    setting, today = setting_of(request.school), clock.today()
    offered = choices(setting.calendar, today)
    period = chosen(request.GET, offered, today)
    found = practice(request.school, Period(period.first, period.last, setting), now=clock.now())
    if request.GET.get("format") == "csv":
        return _csv(request, found, period)
    one = next((each for each in found if each.clock.key == request.GET.get("clock")), None)
    page = {
        "period": period,
        "offered": offered,
        "rows": pages.rows(found),
        "one": one,
        "row": pages.rows([one])[0] if one else None,
        "cases": pages.case_lines(one, _names(request)) if one else (),
    }
    return render(request, "practice/practice.html", page, status=400 if period.wrong else 200)


def _names(request: StaffRequest) -> Names:
    """The names that this person may know: classes, and pupils to whoever may open their pages."""
    groups = Group.objects.filter(school=request.school).values_list("id", "name")
    names = {("group", id): name for id, name in groups}
    if request.staff.reaches_all(Right.SEE_PUPIL, request.school):
        names |= {("pupil", pupil.id): str(pupil) for pupil in Pupil.objects.filter(school=request.school)}
    return names


def _csv(request: StaffRequest, found: tuple[Practice, ...], period: Chosen) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="practice-{period.first}-{period.last}.csv"'
    csv.writer(answer).writerows(pages.table(found, _names(request)))
    return answer
