"""The register's pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from allpresent.absences.queries import notices_for
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.codes import code_set_on
from allpresent.core.register.problems import Problems
from allpresent.core.register.sheet import SubmittedMark, fill_blanks
from allpresent.registers import actions, permissions, queries
from allpresent.registers.forms import SentRegister, Unreadable, read_register
from allpresent.registers.missing import says_what_is_missing
from allpresent.registers.notes import notes_for
from allpresent.registers.pages import register_page
from allpresent.schools.models import Group
from allpresent.schools.queries import group_of, setting_of
from allpresent.shared import clock
from allpresent.shared.words import clock_time


@needs(Right.SEE_REGISTERS)
@says_what_is_missing
def register(request: StaffRequest, group: str, day: date, half: Half) -> HttpResponse:
    """One group's register for one session: read it, or take it."""
    session, now = Session(day, half), clock.now()
    sheet = _sheet(request, group, session, now)
    if request.method == "POST":
        return _save(request, sheet, now)
    return _draw(request, sheet)


def _sheet(request: StaffRequest, slug: str, session: Session, now: datetime) -> queries.Sheet:
    """The register of this address."""
    group, taken = queries.group_and_taken(request.school, slug, session, now) or (None, None)
    group = _shown_to(request, group)
    _check_session(request, session)
    return queries.sheet_of(request.school, group, session, taken, now=now)


def group_asked_for(request: StaffRequest, slug: str) -> Group:
    """The group of this address; another school's, or one that this person may not see, does not exist."""
    return _shown_to(request, group_of(request.school, slug))


def _shown_to(request: StaffRequest, group: Group | None) -> Group:
    if group is None or not permissions.may_see(request.staff, request.school, group):
        raise Http404
    return group


def _check_session(request: StaffRequest, session: Session) -> None:
    setting = setting_of(request.school)
    if not setting.calendar.is_session(session) and setting.closure_on(session) is None:
        raise Http404("The school does not meet then.")


def _draw(request: StaffRequest, sheet: queries.Sheet, **shown) -> HttpResponse:
    page = register_page(
        sheet,
        code_set_on(sheet.session.day),
        level=request.staff.level(request.school),
        may_take=permissions.may_take(request.staff, request.school, sheet.group),
        notices=notices_for(request.school, sheet.session.day),
        notes=notes_for(request.school, sheet.session),
        **shown,
    )
    return render(request, "registers/register.html", {"page": page}, status=409 if shown else 200)


def _save(request: StaffRequest, sheet: queries.Sheet, now: datetime) -> HttpResponse:
    level, group, session = request.staff.level(request.school), sheet.group, sheet.session
    if level is None or not permissions.may_take(request.staff, request.school, group):
        raise Http404
    try:
        sent = read_register(request.POST, sheet.rows)
    except Unreadable as error:
        return _unreadable(request, error)
    marks = _completed(sent, sheet, now)
    try:
        result = actions.take_register(
            school=request.school, group=group, session=session, marks=marks, level=level,
            by=request.staff.signer(request.school), key=sent.key, now=now, sheet=sheet,
        )  # fmt: skip
    except actions.KeyOfAnotherRegister:
        return _unreadable(request, Unreadable("The form was sent for another register. Load this one again."))
    if isinstance(result, Problems):
        newer = queries.register_sheet(request.school, group, session, now=now)
        return _refused(request, newer, marks, result, sent.key)
    if _wants_json(request):
        return JsonResponse(_receipt(request, result, marks, sheet, now))
    return redirect(request.path)


def _completed(sent: SentRegister, sheet: queries.Sheet, now: datetime) -> tuple[SubmittedMark, ...]:
    """The marks sent, with blanks filled when asked, and the minutes of an L read off the clock when not given.

    A pupil who joined the group after the page was drawn was seen by nobody: that blank stays.
    """
    marks = tuple(_with_minutes(mark, sheet, now) for mark in sent.marks)
    if not sent.fill:
        return marks
    wanted = sent.drawn - {mark.pupil for mark in marks}
    filled = (mark for mark in fill_blanks(sheet.rows, sheet.session.half) if mark.pupil in wanted)
    return (*marks, *filled)


def _with_minutes(mark: SubmittedMark, sheet: queries.Sheet, now: datetime) -> SubmittedMark:
    if mark.code != "L" or mark.minutes_late is not None:
        return mark
    row = next((row for row in sheet.rows if row.pupil == mark.pupil), None)
    if row is not None and row.code == "L":
        return mark._replace(minutes_late=row.minutes_late)
    return mark._replace(minutes_late=queries.minutes_late_at(sheet, now))


def _receipt(request, result: actions.Saved, marks, sheet: queries.Sheet, now: datetime) -> dict:
    """What the page needs to go on without being loaded again."""
    return {
        "saved": f"Saved at {clock_time(now)} by {request.staff.name}",
        "blanks": result.blanks,
        "minutes": {mark.pupil: mark.minutes_late for mark in marks if mark.code == "L"},
        "seen": _seen(sheet, result.versions),
    }


def _seen(sheet: queries.Sheet, newer: Mapping[int, int]) -> str:
    return ",".join(f"{row.pupil}:{newer.get(row.pupil, row.version)}" for row in sheet.rows)


def _refused(request, sheet: queries.Sheet, marks, problems: Problems, key: str) -> HttpResponse:
    """What is wrong, beside each name, over the register as it is now: a colleague may have saved meanwhile.

    Sending again with the versions told of now stands by one's own mark.
    """
    if _wants_json(request):
        faults = [problem._asdict() | {"kind": problem.kind.value} for problem in problems.problems]
        return JsonResponse({"problems": faults, "seen": _seen(sheet, {})}, status=409)
    return _draw(request, sheet, sent=marks, problems=problems.problems, key=key)


def _unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problems": [{"pupil": 0, "message": str(error)}], "seen": ""}, status=400)
    return render(request, "shared/fault.html", {"title": "That could not be read", "says": str(error)}, status=400)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
