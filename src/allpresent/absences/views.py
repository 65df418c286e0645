"""The pages of messages: recording one with the telephone in the other hand, and the messages of today."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences import queries
from allpresent.absences.actions import record_notice
from allpresent.absences.forms import NoticeForm, as_now, as_said
from allpresent.absences.lines import NoticeLine
from allpresent.absences.pages import NewNoticePage, deadline_on, notices_page
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.people.queries import RollPupil, pupil_on_roll, pupils_on_roll, search_pupils
from allpresent.people.queries.record import contacts_of
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SEE_REGISTERS)
def notices(request: StaffRequest) -> HttpResponse:
    """The messages of today, for the pupils whom this person's registers show."""
    school, staff, today = request.school, request.staff, clock.today()
    own = None if staff.reaches_all(Right.SEE_REGISTERS, school) else staff.own_groups(school)
    page = notices_page(
        today,
        setting_of(school),
        (pupil for pupil in pupils_on_roll(school, today) if own is None or pupil.group_id in own),
        back=queries.expected_back(school, today),
        holding=queries.notices_for(school, today),
        ahead=queries.notices_ahead(school, today),
    )
    return render(request, "absences/notices.html", {"page": page})


@needs(Right.RECORD_NOTICE)
def new_notice(request: StaffRequest) -> HttpResponse:
    """Record a message, or correct one: first whom it is about, then what was said."""
    now = clock.now()
    data = request.POST if request.method == "POST" else request.GET
    older = _older(request, data.get("replaces", ""))
    chosen = data.get("pupil", "")
    if not chosen:
        return _find(request, older)
    pupil = _pupil(request, chosen)
    contacts = tuple(contacts_of(pupil.id))
    initial = as_said(older, contacts) if older else as_now(now)
    form = NoticeForm(request.POST if request.method == "POST" else None, contacts=contacts, initial=initial)
    if form.is_valid() and _record(request, pupil, form, older, now):
        return redirect("notices", school=request.school.slug)
    today = clock.today()
    page = NewNoticePage(
        today, pupil=pupil, contacts=contacts, form=form, key=_key(data.get("key", "")), older=older,
        deadline=deadline_on(setting_of(request.school), today),
    )  # fmt: skip
    return _draw(request, page, 422 if form.errors else 200)


def _older(request: StaffRequest, asked: str) -> NoticeLine | None:
    """The message to be corrected; None when none is named. One that does not stand any more does not exist."""
    if not asked:
        return None
    found = queries.notice_of(request.school, _number(asked))
    if found is None:
        raise Http404
    return found


def _pupil(request: StaffRequest, asked: str) -> RollPupil:
    found = pupil_on_roll(request.school, _number(asked), clock.today())
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Http404
    return int(text)


def _find(request: StaffRequest, older: NoticeLine | None) -> HttpResponse:
    """Search; where one pupil fits, straight to the form."""
    search = request.GET.get("q", "").strip()[:100]
    found = search_pupils(request.school, search, clock.today(), with_contacts=True) if search else ()
    page = NewNoticePage(clock.today(), search, found, older=older)
    if len(found) == 1:
        return redirect(f"{request.path}?pupil={found[0].pupil.id}" + (f"&replaces={older.id}" if older else ""))
    return _draw(request, page)


def _key(sent: str) -> str:
    """The number under which a form is kept once, however often it is sent."""
    return sent if len(sent) == 32 and sent.isascii() and sent.isalnum() else uuid4().hex


def _record(request: StaffRequest, pupil: RollPupil, form: NoticeForm, older: NoticeLine | None, now: datetime) -> bool:
    result = record_notice(
        school=request.school, pupil=pupil, said=form.said, key=_key(request.POST.get("key", "")),
        by=request.staff.signer(request.school), now=now, replaces=older.id if older else None,
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    messages.success(request, f"{pupil.name}: the message is kept. No mark was changed.")
    return True


def _draw(request: StaffRequest, page: NewNoticePage, status: int = 200) -> HttpResponse:
    return render(request, "absences/new_notice.html", {"page": page}, status=status)
