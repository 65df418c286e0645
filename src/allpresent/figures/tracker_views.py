"""The class tracker: for a class teacher her own classes, for others all of those that they may see."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures.lists_words import RESTRICTED, label, stated
from allpresent.figures.queries.lists import restrictions
from allpresent.figures.tracker import (
    Child,
    HalfTerms,
    Tracker,
    celebrated,
    half_terms,
    listings,
    talked_about,
    wall_line,
)
from allpresent.figures.tracker_pages import ClassPage, Row, class_row, wall
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.models import Group
from allpresent.schools.queries import group_of, groups_of
from allpresent.shared import clock

MOST = 100


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def classes_page(request: StaffRequest) -> HttpResponse:
    """Every class that this person may see, this half-term."""
    terms = half_terms(request.school, clock.today())
    tracker = Tracker(request.school, clock.today(), terms) if terms else None
    shown = [group for group in groups_of(request.school) if _may_see(request, group)]
    rows = [class_row(group, tracker.children(group)) for group in shown] if tracker else []
    return render(request, "figures/tracker.html", {"rows": rows, "terms": terms})


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def class_page(request: StaffRequest, group: str) -> HttpResponse:
    """One class: who was here every session, who is going up, and each pupil's half-term."""
    found, terms = _group(request, group), half_terms(request.school, clock.today())
    if terms is None:
        return render(request, "figures/tracker.html", {"rows": [], "terms": None})
    page = {"page": _class_page(request, found, terms), "label": label, "stated": stated}
    return render(request, "figures/tracker_class.html", page)


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def wall_page(request: StaffRequest, group: str) -> HttpResponse:
    """The class for a wall: no number below the line that the school chooses, and no arrow down."""
    found, terms = _group(request, group), half_terms(request.school, clock.today())
    if terms is None:
        return render(request, "figures/tracker.html", {"rows": [], "terms": None})
    tracker = Tracker(request.school, clock.today(), terms)
    asked = request.GET.get("line", "")
    line = min(int(asked), MOST) if re.fullmatch(r"[0-9]{1,3}", asked) else wall_line(tracker.policy)
    rows = _rows(request, tracker.children(found))
    return render(request, "figures/tracker_wall.html", {"wall": wall(found, rows, line), "terms": terms})


def _class_page(request: StaffRequest, group: Group, terms: HalfTerms) -> ClassPage:
    school, today = request.school, clock.today()
    tracker = Tracker(school, today, terms)
    good, asked = celebrated(tracker.policy), talked_about(tracker.policy)
    sees = request.staff.may(Right.SEE_RESTRICTED, school)
    open_to = [each for each in (*good, *asked) if sees or RESTRICTED.isdisjoint(each.for_)]
    found = listings(school, group, today, open_to)
    praised = {each.id for each in good}
    return ClassPage(
        group=group,
        terms=terms,
        rows=_rows(request, tracker.children(group)),
        good=tuple(each for each in found if each.threshold.id in praised),
        asked=tuple(each for each in found if each.threshold.id not in praised),
        steps=tracker.steps,
    )


def _rows(request: StaffRequest, children: tuple[Child, ...]) -> tuple[Row, ...]:
    held = restrictions(request.school)
    return tuple(Row(child, held.get(child.pupil.id, "")) for child in children)


def _group(request: StaffRequest, slug: str) -> Group:
    """The group of this address; another school's, or one that this person may not see, does not exist."""
    group = group_of(request.school, slug)
    if group is None or not _may_see(request, group):
        raise Http404("There is no such class.")
    return group


def _may_see(request: StaffRequest, group: Group) -> bool:
    return request.staff.may_with_group(Right.SEE_REGISTERS, request.school, group.id)
