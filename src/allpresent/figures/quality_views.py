"""The quality of registers, for those who answer for them (M-3.1b)."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures import quality_cases as cases
from allpresent.figures.charts import line_chart, picture
from allpresent.figures.files import Table, as_workbook
from allpresent.figures.quality import Quality, quality
from allpresent.figures.quality_pages import QualityPage, RegisterRow
from allpresent.people.models import Pupil
from allpresent.practice.periods import Choice, Chosen, choices, chosen
from allpresent.practice.reading import Period
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.models import Group
from allpresent.schools.queries import setting_of
from allpresent.shared import clock

SOURCES = ("M-3.1b",)


class Asked(NamedTuple):
    """The period, those that one press chooses, and what was found in it (None: the school did not meet)."""

    period: Chosen
    offered: tuple[Choice, ...]
    found: Quality | None


@needs(Right.SEE_FIGURES)
@says_what_is_missing
def quality_page(request: StaffRequest) -> HttpResponse:
    """The registers of a period; with `see`, the cases behind one number; with `format=xlsx`, all of it as a file."""
    asked = _asked(request)
    if asked.found and request.GET.get("format") == "xlsx":
        return as_workbook(_sheets(request, asked.found), f"registers-{asked.period.first}-{asked.period.last}")
    view = cases.VIEWS.get(request.GET.get("see", ""))
    facts = {
        "period": asked.period,
        "offered": asked.offered,
        "page": QualityPage(asked.found) if asked.found else None,
        "view": view,
        "lines": tuple(_lines(request, asked.found, view)) if view and asked.found else (),
        "narrowed": _narrowed(request, asked.found) if view and asked.found else "",
        "sources_of": SOURCES,
    }
    return render(request, "figures/quality.html", facts, status=400 if asked.period.wrong else 200)


@needs(Right.SEE_FIGURES)
@says_what_is_missing
def quality_picture(request: StaffRequest) -> HttpResponse:
    """The chart: registers in on time, week by week."""
    found = _asked(request).found
    return picture(line_chart(*QualityPage(found).lines) if found else line_chart([], []))


def _asked(request: StaffRequest) -> Asked:
    setting, today = setting_of(request.school), clock.today()
    offered = choices(setting.calendar, today)
    period = chosen(request.GET, offered, today)
    days = Period(period.first, period.last, setting)
    return Asked(period, offered, quality(request.school, days, now=clock.now()))


def _lines(request: StaffRequest, found: Quality, view: cases.View):
    asked = request.GET
    want = cases.wanted(asked.get("group", ""), asked.get("weekday", ""), asked.get("week", ""))
    return view.lines(found, _reader(request), want)


def _narrowed(request: StaffRequest, found: Quality) -> str:
    """Which class, day or week the list is of, in words; '' for all."""
    page = QualityPage(found)
    rows = {"group": page.by_group, "weekday": page.by_weekday, "week": page.by_week}
    return ", ".join(row.words for name, some in rows.items() for row in some if row.key == request.GET.get(name))


def _reader(request: StaffRequest) -> cases.Reader:
    names = request.staff.reaches_all(Right.SEE_PUPIL, request.school)
    pupils = Pupil.objects.filter(school=request.school) if names else ()
    return cases.Reader(
        school=request.school,
        pupils={pupil.id: str(pupil) for pupil in pupils},
        groups={group.id: group for group in Group.objects.filter(school=request.school)},
        opens=request.staff.reaches_all(Right.SEE_REGISTERS, request.school),
    )


_HEADINGS = (
    "",
    "registers due",
    "complete",
    "on time",
    "late",
    "how late",
    "not taken",
    "marks missing",
    "marks amended",
)


def _sheets(request: StaffRequest, found: Quality) -> dict[str, Table]:
    page, reader = QualityPage(found), _reader(request)
    tables = {"Classes": page.by_group, "Weekdays": page.by_weekday, "Weeks": page.by_week}
    every = cases.wanted("", "", "")
    return {name: [_HEADINGS, *map(_cells, rows)] for name, rows in tables.items()} | {
        view.words: tuple(cases.table(view.lines(found, reader, every))) for view in cases.VIEWS.values()
    }


def _cells(row: RegisterRow) -> tuple[str | int, ...]:
    return row[1:]
