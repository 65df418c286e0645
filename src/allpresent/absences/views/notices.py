"""Pages of messages: recording one with the telephone in the other hand, and the messages of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from allpresent.absences import queries
from allpresent.absences.actions import Said, record_also, record_from_mail, record_notice
from allpresent.absences.forms import NoticeForm, as_mailed, as_now, as_said
from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.absences.pages import Kept, NewNoticePage, deadline_on, half_at, notices_page
from allpresent.absences.queries import MailLine
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.people.changing import pupil_or_404
from allpresent.people.models import Pupil
from allpresent.people.queries import (
    RollPupil,
    pupil_on_roll,
    pupils_on_roll,
    search_pupils,
    siblings_of,
    ties_by_address,
)
from allpresent.people.queries.record import contacts_of
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of

KEPT = "{}: the message is kept. No mark was changed."


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
    shown = {"page": page, "kept": kept(request), "mail": queries.mail_waits(school) if _records(request) else 0}
    return render(request, "absences/notices.html", shown)


def _records(request: StaffRequest) -> bool:
    return request.staff.may(Right.RECORD_NOTICE, request.school)


def kept(request: StaffRequest) -> Kept | None:
    """The message just kept, and the brothers and sisters about whom the same may be said."""
    asked = request.GET.get("kept", "")
    line = queries.notice_of(request.school, number(asked)) if asked and _records(request) else None
    if line is None or line.contact_id is None:
        return None
    others = siblings_of(request.school, line.contact_id, clock.today())
    held = queries.notices_for(request.school, line.day)
    return Kept(line, tuple(other for other in others if other.pupil.id not in held))


@require_POST
@needs(Right.RECORD_NOTICE)
def notice_also(request: StaffRequest, notice: int) -> HttpResponse:
    """Record about a brother or sister what a message says."""
    school = request.school
    line = queries.notice_of(school, notice)
    if line is None or line.contact_id is None:
        raise Http404
    wanted = request.POST.get("pupil", "")
    others = siblings_of(school, line.contact_id, clock.today())
    sibling = next((other for other in others if str(other.pupil.id) == wanted), None)
    if sibling is None:
        raise Http404
    by = request.staff.signer(school)
    result = record_also(school=school, notice_id=line.id, sibling=sibling, by=by, now=clock.now())
    if isinstance(result, Refused):
        messages.error(request, f"{sibling.pupil.name}: {result.problems[0].message}")
    else:
        messages.success(request, KEPT.format(sibling.pupil.name))
    return redirect(f"{_address(request, 'notices')}?kept={line.id}")


@needs(Right.RECORD_NOTICE)
def new_notice(request: StaffRequest) -> HttpResponse:
    """Record a message, or correct one: first whom it is about, then what was said."""
    now, posted = clock.now(), request.method == "POST"
    data = request.POST if posted else request.GET
    older, mail = _older(request, data.get("replaces", "")), _mail(request, data.get("mail", ""))
    chosen = data.get("pupil", "")
    if not chosen:
        return _find(request, older, mail)
    whole = pupil_or_404(request, number(chosen))
    pupil = pupil_on_roll(request.school, whole.id, clock.today())
    if pupil is None:
        return _gone(request, whole, mail)
    contacts = tuple(contacts_of(pupil.id))
    initial = as_said(older, contacts) if older else _begun(request, pupil, contacts, mail, now)
    form = NoticeForm(request.POST if posted else None, contacts=contacts, initial=initial)
    page = NewNoticePage(
        clock.today(), pupil=pupil, contacts=contacts, form=form, key=key_of(data.get("key", "")), older=older,
        mail=mail, deadline=deadline_on(setting_of(request.school), clock.today()),
    )  # fmt: skip
    return _take(request, page, now) if form.is_valid() else _draw(request, page, 422 if form.errors else 200)


def _begun(request: StaffRequest, pupil: RollPupil, contacts: tuple, mail: MailLine | None, now: datetime) -> dict:
    """The likely answers: of an e-mail, or of a call that comes now."""
    if mail:
        return as_mailed(mail, now, contacts)
    return as_now(now, half_at(setting_of(request.school), now, pupil.year_group), contacts)


def _take(request: StaffRequest, page: NewNoticePage, now: datetime) -> HttpResponse:
    """Keep a sound message, unless it looks like a call that a colleague has just written down."""
    said = page.form.said
    twin = None
    if not page.older and not request.POST.get("again"):
        twin = queries.same_call(request.school, page.pupil.id, said, page.key, now)
    if twin:
        return _draw(request, replace(page, twin=twin), 409)
    result = _record(request, page, said, now)
    if isinstance(result, Refused):
        page.form.refuse(result)
        return _draw(request, page, 422)
    messages.success(request, KEPT.format(page.pupil.name))
    return redirect(f"{_address(request, 'mail' if page.mail else 'notices')}?kept={result.id}")


def _record(request: StaffRequest, page: NewNoticePage, said: Said, now: datetime) -> Notice | Refused:
    facts = {
        "school": request.school, "pupil": page.pupil, "said": said, "key": page.key, "now": now,
        "by": request.staff.signer(request.school), "replaces": page.older.id if page.older else None,
    }  # fmt: skip
    return record_from_mail(mail_id=page.mail.id, **facts) if page.mail else record_notice(**facts)


def _address(request: StaffRequest, name: str) -> str:
    return reverse(name, kwargs={"school": request.school.slug})


def _older(request: StaffRequest, asked: str) -> NoticeLine | None:
    """The message to be corrected; None when none is named. One that does not stand any more does not exist."""
    if not asked:
        return None
    found = queries.notice_of(request.school, number(asked))
    if found is None:
        raise Http404
    return found


def _mail(request: StaffRequest, asked: str) -> MailLine | None:
    """The e-mail that a message is made of; None when none is named."""
    if not asked:
        return None
    found = queries.mail_of(request.school, number(asked))
    if found is None:
        raise Http404
    return found


def number(text: str) -> int:
    """A number of an address; anything else does not exist."""
    if not (text.isascii() and text.isdigit() and len(text) < 18):
        raise Http404
    return int(text)


def _find(request: StaffRequest, older: NoticeLine | None, mail: MailLine | None) -> HttpResponse:
    """Search; where one pupil fits, straight to the form. An e-mail's sender is known by their address."""
    search = request.GET.get("q", "").strip()[:100]
    found = search_pupils(request.school, search, clock.today(), with_contacts=True) if search else ()
    ties = ties_by_address(request.school, [mail.from_address]).get(mail.from_address, ()) if mail else ()
    on_roll = {pupil.id: pupil for pupil in pupils_on_roll(request.school, clock.today())} if ties else {}
    known = tuple((on_roll[tie.pupil_id], tie) for tie in ties if tie.pupil_id in on_roll)
    page = NewNoticePage(clock.today(), search, found, known=known, older=older, mail=mail)
    if len(found) == 1:
        return redirect(f"{request.path}?pupil={found[0].pupil.id}{page.carried}")
    return _draw(request, page)


def _gone(request: StaffRequest, pupil: Pupil, mail: MailLine | None) -> HttpResponse:
    """Nothing can be kept about a pupil who is not on the roll today; what was typed is given back."""
    page = NewNoticePage(clock.today(), gone=pupil, typed=request.POST.get("says", "")[:300], mail=mail)
    return _draw(request, page, 422 if request.method == "POST" else 200)


def _draw(request: StaffRequest, page: NewNoticePage, status: int = 200) -> HttpResponse:
    return render(request, "absences/new_notice.html", {"page": page}, status=status)
