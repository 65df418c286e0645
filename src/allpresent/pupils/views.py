"""Finding a pupil, and the page of one."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.absences.queries import notices_of
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import AcademicYear, academic_year_of
from allpresent.people.changing import pupil_or_404
from allpresent.people.queries import PupilRecord, record_of, search_pupils
from allpresent.pupils.pages import Asked, PupilPage
from allpresent.pupils.queries import entries_in
from allpresent.pupils.story import Of, story
from allpresent.schools.queries import groups_of, setting_of
from allpresent.settling.queries import SupportLine, decisions_of, seen_by, support_of
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event


@needs(Right.SEE_PUPIL)
def pupils(request: StaffRequest) -> HttpResponse:
    """Search by a few letters of a name, a contact, a number; or by group."""
    school, staff = request.school, request.staff
    whole = staff.reaches_all(Right.SEE_PUPIL, school)
    own = None if whole else staff.own_groups(school)
    groups = tuple(group for group in groups_of(school) if whole or group.id in own)
    text, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("group", "")
    picked = {group.id for group in groups if group.slug == chosen}
    found = search_pupils(
        school,
        text,
        clock.today(),
        group_ids=picked if chosen else own,
        with_contacts=staff.may(Right.SEE_CONTACTS, school),
    )
    shown = {
        "text": text,
        "chosen": chosen,
        "groups": groups,
        "found": found,
        "asked": bool(text or chosen),
        "whole": whole,
    }
    return render(request, "pupils/pupils.html", shown | {"names": {group.id: group.name for group in groups}})


@needs(Right.SEE_PUPIL)
def pupil(request: StaffRequest, pupil: int) -> HttpResponse:
    """One pupil's page. Looking is recorded."""
    today, staff, school = clock.today(), request.staff, request.school
    found = pupil_or_404(request, pupil)
    restricted = staff.may(Right.SEE_RESTRICTED, school)
    record = record_of(found, restricted=restricted)
    _check_reach(request, record, today)
    asked = _asked(request, today)
    page = PupilPage(
        record=record,
        entries=entries_in(found.id, asked.year),
        notices=notices_of(found.id, asked.year.starts, asked.year.ends),
        decisions=decisions_of([found.id], asked.year.starts, asked.year.ends).get(found.id, ()),
        story=story(Of(school, staff, found.id, asked.year.starts, asked.year.ends)),
        support=_support(request, found.id, asked.year),
        calendar=setting_of(school).calendar.for_year_group(found.year_group),
        asked=asked,
        today=today,
        sees_contacts=staff.may(Right.SEE_CONTACTS, school),
        restricted=restricted,
    )
    by = staff.signer(school)
    record_event(
        Kind.PUPIL_VIEWED, by=by, at=clock.now(), school_id=school.id, subject=f"pupil:{found.id}", page="pupil"
    )
    return render(request, "pupils/pupil.html", {"page": page})


def _support(request: StaffRequest, pupil_id: int, year: AcademicYear) -> tuple[SupportLine, ...]:
    """Support offered and referrals of a year, for those who settle absences or see restricted facts."""
    staff, school = request.staff, request.school
    restricted = staff.may(Right.SEE_RESTRICTED, school)
    if not restricted and not staff.may(Right.SETTLE_ABSENCE, school):
        return ()
    lines = support_of([pupil_id]).get(pupil_id, ())
    return seen_by((line for line in lines if year.holds(line.day)), restricted=restricted, user_id=staff.user_id)


def _check_reach(request: StaffRequest, record: PupilRecord, today: date) -> None:
    """A class teacher reaches the pupils of her own groups; a leaver and another's pupil do not exist for her."""
    group = record.group_on(today)
    reached = 0 if group is None else group.ref
    if not request.staff.may_with_group(Right.SEE_PUPIL, request.school, reached):
        raise Http404


def _asked(request: StaffRequest, today: date) -> Asked:
    """What the address asks for; what cannot be read is taken as not asked."""
    year, week = request.GET.get("year", ""), request.GET.get("week", "")
    return Asked(
        year=AcademicYear(int(year)) if _is_year(year) else academic_year_of(today),
        part=request.GET.get("show", ""),
        week=_day(week),
        kind=request.GET.get("kind", ""),
    )


KEPT_FOR = range(1990, 2101)
"""The years that are looked at."""


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and int(text) in KEPT_FOR


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in KEPT_FOR else None
