"""Pages of evidence: what is held about a pupil, recording more, the copy itself, and withdrawing a mistake."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.absences import files, queries
from allpresent.absences.actions import give_evidence, withdraw_evidence
from allpresent.absences.evidence_forms import EvidenceForm, WithdrawForm, begun
from allpresent.absences.lines import NoticeLine
from allpresent.absences.queries import EvidenceHeld
from allpresent.absences.views.notices import number
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.policy.findings import PolicyProblem
from allpresent.people.changing import pupil_or_404, sent
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_on_roll
from allpresent.people.queries.record import contacts_of
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Refused
from allpresent.shared.sending import key_of


@needs(Right.SETTLE_ABSENCE)
def evidence_of_pupil(request: StaffRequest, pupil: int) -> HttpResponse:
    """What evidence is held for this year's absences of a pupil, and a form for more."""
    today = clock.today()
    found = pupil_or_404(request, pupil)
    notice = _notice(request, found)
    contacts = tuple(contacts_of(found.id))
    kinds = _kinds(request, today)
    posted = request.method == "POST"
    form = EvidenceForm(
        request.POST if posted else None, request.FILES if posted else None, kinds=kinds, contacts=contacts,
        initial=begun(*_days(notice, today), contacts),
    )  # fmt: skip
    if form.is_valid() and _kept(request, found, form, notice):
        return redirect("evidence_of_pupil", school=request.school.slug, pupil=found.id)
    year = academic_year_of(today)
    held = queries.evidence_of([found.id], year.starts, year.ends, with_withdrawn=True).get(found.id, ())
    shown = {
        "pupil": found, "on_roll": pupil_on_roll(request.school, found.id, today) is not None, "held": held,
        "form": form, "key": key_of(request.POST.get("key", "")), "notice": notice, "year": year, "today": today,
        "clauses": tuple(dict.fromkeys(clause for clauses in kinds.values() for clause in clauses)),
        "restricted": [adult for adult in contacts if adult.restriction],
    }  # fmt: skip
    return render(request, "absences/evidence.html", shown, status=422 if form.errors else 200)


def _kinds(request: StaffRequest, day: date) -> dict[str, tuple[str, ...]]:
    try:
        return queries.evidence_kinds(setting_of(request.school).policy_on(day))
    except PolicyProblem:
        return {"other suitable evidence": ()}


def _notice(request: StaffRequest, pupil: Pupil) -> NoticeLine | None:
    """The message that the evidence bears out; None when none is named."""
    asked = (request.POST if request.method == "POST" else request.GET).get("notice", "")
    if not asked:
        return None
    found = queries.notice_of(request.school, number(asked))
    if found is None or found.pupil_id != pupil.id:
        raise Http404
    return found


def _days(notice: NoticeLine | None, today: date) -> tuple[date, date]:
    """The days of the message, else today."""
    if notice is None:
        return today, today
    return notice.day, notice.expected_back - timedelta(days=1) if notice.expected_back else notice.day


def _kept(request: StaffRequest, pupil: Pupil, form: EvidenceForm, notice: NoticeLine | None) -> bool:
    result = give_evidence(
        school=request.school, pupil=pupil, given=form.given(notice.id if notice else None),
        key=key_of(request.POST.get("key", "")), by=request.staff.signer(request.school), now=clock.now(),
        file=form.cleaned_data["file"],
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    messages.success(request, f"{pupil}: the evidence is kept. No mark was changed.")
    return True


@needs(Right.SETTLE_ABSENCE)
def evidence_copy(request: StaffRequest, evidence: int) -> HttpResponse:
    """A copy, to be saved and looked at; never drawn inside a page of ours. Looking is recorded."""
    held = _one(request, evidence)
    path = files.folder() / held.file_path
    if not held.file_path:
        return redirect("evidence_of_pupil", school=request.school.slug, pupil=held.pupil_id)
    if not path.is_file():
        raise Http404
    record_event(
        Kind.EVIDENCE_OPENED, by=request.staff.signer(request.school), at=clock.now(), school_id=request.school.id,
        subject=f"pupil:{held.pupil_id}", evidence=held.id,
    )  # fmt: skip
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=held.file_name, content_type=held.file_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@needs(Right.SETTLE_ABSENCE)
def evidence_withdraw(request: StaffRequest, evidence: int) -> HttpResponse:
    """Say that evidence was kept by mistake."""
    held = _one(request, evidence)
    pupil = pupil_or_404(request, held.pupil_id)
    form = WithdrawForm(sent(request))
    if form.is_valid():
        result = withdraw_evidence(
            school=request.school, evidence_id=held.id, reason=form.cleaned_data["reason"],
            by=request.staff.signer(request.school), now=clock.now(),
        )  # fmt: skip
        if not isinstance(result, Refused):
            messages.success(request, f"{pupil}: the evidence is withdrawn. It stays on record.")
            return redirect("evidence_of_pupil", school=request.school.slug, pupil=pupil.id)
        form.refuse(result)
    shown = {"form": form, "held": held, "pupil": pupil}
    return render(request, "absences/evidence_withdraw.html", shown, status=422 if form.errors else 200)


def _one(request: StaffRequest, evidence_id: int) -> EvidenceHeld:
    """Evidence of the school."""
    found = queries.evidence_one(request.school, evidence_id)
    if found is None:
        raise Http404
    return found
