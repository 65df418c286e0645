"""The pages of settling: what is to be settled, and one pupil's absences with the explanation beside the decision."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.calls.queries import tries_of
from allpresent.core.settle.evidence import may_ask
from allpresent.people.changing import pupil_or_404
from allpresent.people.models import Pupil
from allpresent.people.queries.record import contacts_of
from allpresent.registers.mark_pages import choices, named_reasons
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.settling import actions
from allpresent.settling.forms import SettleForm
from allpresent.settling.loading import Loaded, load_pupils
from allpresent.settling.open import open_among
from allpresent.settling.pages import Card, card, sections, sessions_in_words
from allpresent.settling.queries import evidence_owed, open_absences
from allpresent.settling.support_views import supports
from allpresent.settling.weighing import flag_on, illness_run, to_agree_on
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settling(request: StaffRequest) -> HttpResponse:
    """Everything that is to be settled, the soonest first."""
    school, now, level = request.school, clock.now(), request.staff.level(request.school)
    setting = setting_of(school)
    cards = tuple(card(absence, setting, level) for absence in open_absences(school, now=now))
    page = {
        "sections": sections(cards),
        "count": len(cards),
        "owed": evidence_owed(school, now=now),
        "today": clock.today(),
    }
    return render(request, "settling/settling.html", page)


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle(request: StaffRequest, pupil: int) -> HttpResponse:
    """One pupil's open absences: the explanation beside the decision. One that is decided is sent back to the list."""
    found, now = pupil_or_404(request, pupil), clock.now()
    setting, level = setting_of(request.school), request.staff.level(request.school)
    loaded = load_pupils(request.school, [found.id], now=now)
    cards = tuple(card(absence, setting, level) for absence in open_among(loaded))
    form = None
    if request.method == "POST":
        form = _form(request, cards)
        if form.is_valid() and _decided(request, found, cards, form, now):
            return redirect("settling", school=request.school.slug)
    return _draw(request, found, loaded, cards, form)


def _form(request: StaffRequest, cards: tuple[Card, ...]) -> SettleForm:
    level, setting = request.staff.level(request.school), setting_of(request.school)
    reasons = (reason for one in cards for reason in named_reasons(_first(one), level, setting)) if level else ()
    return SettleForm(request.POST, open_sessions=[v for one in cards for v, _ in one.values], reasons=reasons)


def _first(one: Card):
    return one.absence.sessions[0].session


def _decided(request: StaffRequest, found: Pupil, cards: tuple[Card, ...], form: SettleForm, now: datetime) -> bool:
    """Carry the decision out; False with the problems beside their boxes."""
    given, versions = form.cleaned_data, form.versions
    of = next((one for one in cards if _first(one) in versions or one.place == given["place"]), cards[0])
    code = given["code"].strip().upper()
    result = actions.settle(
        school=request.school, pupil=of.absence.pupil, sessions=tuple(versions), code=code,
        reason=given["reason"] or of.why_of(code), notice_id=given["notice"],
        evidence_ids=[held.id for held in of.absence.evidence],
        level=request.staff.level(request.school), key=form.number, by=request.staff.signer(request.school), now=now,
        detail=given["detail"], seen=given["seen"], versions=versions,
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    messages.success(request, f"{found}: {sessions_in_words(sorted(versions))} settled as {result.code}.")
    return True


def _draw(
    request: StaffRequest, found: Pupil, loaded: Loaded, cards: tuple[Card, ...], form: SettleForm | None
) -> HttpResponse:
    (child,) = loaded.children
    first = min((held.day for held in child.marks), default=loaded.today)
    level, setting = request.staff.level(request.school), loaded.setting
    page = {
        "pupil": found, "child": child, "cards": cards, "form": form, "today": loaded.today,
        "picker": {one.place: choices(_first(one), level, setting) for one in cards} if level else {},
        "named": {one.place: named_reasons(_first(one), level, setting) for one in cards} if level else {},
        "contacts": [adult for adult in contacts_of(found.id) if adult.restriction],
        "tries": tries_of([found.id], first, loaded.today).get(found.id, ())[-10:],
        "run": illness_run(child, setting, loaded.today), "flag": flag_on(child, loaded.today),
        "agreeable": to_agree_on(child), "known": request.staff.may(Right.SEE_RESTRICTED, request.school),
        "grounds": may_ask(setting.policy_on(loaded.today)), "supports": supports(request, found),
    }  # fmt: skip
    return render(request, "settling/settle.html", page, status=422 if form and form.errors else 200)
