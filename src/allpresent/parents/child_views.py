"""The page of one child."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.parents import child_page
from allpresent.parents.child_page import ChildPage, decided_words
from allpresent.parents.day_words import Day
from allpresent.parents.door import ParentRequest, open_to_parents
from allpresent.parents.queries import told
from allpresent.registers.queries import marks_between
from allpresent.schools.queries import setting_of
from allpresent.settling.queries import decisions_of
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event


@open_to_parents
def family_child(request: ParentRequest) -> HttpResponse:
    """One child's attendance. Looking is recorded."""
    child, now = request.child, clock.now()
    year = academic_year_of(clock.today())
    marks = marks_between([child.id], year.starts, clock.today())[child.id]
    notices = told([child.id], year.starts, year.ends).get(child.id, ())
    decided = decisions_of([child.id], year.starts, year.ends).get(child.id, ())
    page = ChildPage(Day(child, setting_of(child.school), now, marks, notices), decided_words(decided))
    by = request.parent.signer(child)
    facts = {"school_id": child.school.id, "subject": f"pupil:{child.id}", "page": "parents"}
    record_event(Kind.PUPIL_VIEWED, by=by, at=now, **facts)
    shown = {"page": page, "child": child, "in_halves": child_page.in_halves, "about": child_page.about}
    return render(request, "parents/child.html", shown | {"shown": child_page.shown})
