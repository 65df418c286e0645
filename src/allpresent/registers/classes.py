"""A class's register over a week or a term, now or as it was known at a past moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.closures import Term
from allpresent.core.calendar.school_calendar import SchoolCalendar, monday_of
from allpresent.registers import queries
from allpresent.registers.class_pages import GridPage, attendance_words, grid_page
from allpresent.registers.known import Known, known_on
from allpresent.registers.missing import says_what_is_missing
from allpresent.registers.views import group_asked_for
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.words import plain_day


@dataclass(frozen=True)
class Stretch:
    """The days shown: what they are called, and a day of the stretch before and of the one after."""

    kind: str
    title: str
    first: date
    last: date
    before: date | None
    after: date | None


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def week(request: StaffRequest, group: str, day: date) -> HttpResponse:
    return _draw(request, group, _week(setting_of(request.school).calendar, _within_reason(day)))


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def term(request: StaffRequest, group: str, day: date) -> HttpResponse:
    return _draw(request, group, _term(setting_of(request.school).calendar, _within_reason(day)))


def _within_reason(day: date) -> date:
    if not 2000 <= day.year < 2100:
        raise Http404
    return day


def _week(calendar: SchoolCalendar, day: date) -> Stretch:
    monday = monday_of(day)
    before = calendar.previous_school_days(monday, 1)
    sunday = monday + timedelta(days=6)
    title = f"week of {plain_day(monday)}"
    return Stretch("week", title, monday, sunday, next(iter(before), None), calendar.next_school_day(sunday))


def _term(calendar: SchoolCalendar, day: date) -> Stretch:
    """The term that holds the day; between terms, the one before."""
    terms = sorted(calendar.terms, key=lambda term: term.starts)
    begun = [place for place, term in enumerate(terms) if term.starts <= day] or [0]
    if not terms:
        return Stretch("term", "term", day, day, None, None)
    at = begun[-1]
    return Stretch(
        "term", _term_title(terms[at]), terms[at].starts, terms[at].ends,
        terms[at - 1].starts if at else None,
        terms[at + 1].starts if at + 1 < len(terms) else None,
    )  # fmt: skip


def _term_title(term: Term) -> str:
    return f"{term.name}, {plain_day(term.starts)} to {plain_day(term.ends)}"


def _draw(request: StaffRequest, slug: str, stretch: Stretch) -> HttpResponse:
    group = group_asked_for(request, slug)
    known, now = known_on(request), clock.now()
    setting = setting_of(request.school)
    grid = queries.class_between(request.school, group, stretch.first, stretch.last, known=known.moment)
    page = grid_page(grid, setting, stretch.first, stretch.last, now=known.moment or now)
    return _render(request, page, stretch, known)


def _render(request: StaffRequest, page: GridPage, stretch: Stretch, known: Known) -> HttpResponse:
    facts = {"page": page, "stretch": stretch, "known": known, "attendance": attendance_words}
    return render(request, "registers/class.html", facts, status=400 if known.wrong else 200)
