"""The pages beside settling: telling a parent first, asking for evidence, needing it from now on, agreeing on word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.settle.evidence import Why, may_ask
from allpresent.messages.queries import recipients_of
from allpresent.people.changing import change, pupil_or_404, sent
from allpresent.people.models import Pupil
from allpresent.people.queries import RollPupil
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.settling import actions
from allpresent.settling.forms import AgreeForm, AskForm, EndForm, FlagForm, TellForm, one_press
from allpresent.settling.loading import Child, load_pupils
from allpresent.settling.models import ParentTold
from allpresent.settling.queries import OpenAbsence, open_absences_of
from allpresent.settling.weighing import illness_run, to_agree_on
from allpresent.shared import clock
from allpresent.shared.words import long_day


def _child(request: StaffRequest, found: Pupil) -> Child:
    (child,) = load_pupils(request.school, [found.id], now=clock.now()).children
    return child


def _names(request: StaffRequest, found: Pupil) -> list[str]:
    """The parents who may be written to."""
    return [recipient.name for recipient in recipients_of(request.school, found.id)]


def _change(request: StaffRequest, found: Pupil, form: Any, act: Any, **shown: Any) -> HttpResponse:
    back = reverse("settle", kwargs={"school": request.school.slug, "pupil": found.id})
    return change(request, form, act, back=back, template="settling/act.html", pupil=found, **shown)


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle_tell(request: StaffRequest, pupil: int) -> HttpResponse:
    """Tell the parents that an absence will not be authorised, before the mark is changed (M-4.2d)."""
    found, now = pupil_or_404(request, pupil), clock.now()
    of = _explained(request, found, now)
    initial = {"key": one_press(), "notice": of.explanation.id if of.explanation else None, "why": _why_not(of)}
    form = TellForm(sent(request), writable=_names(request, found), nobody=True, initial=initial)

    def act(given: dict[str, Any]) -> Any:
        days = ", ".join(dict.fromkeys(long_day(one.session.day) for one in of.sessions))
        telling = actions.Telling(
            about=ParentTold.About.CHANGE, how=given["how"], to=given["to"], says=given["spoke"],
            notice_id=of.explanation.id if of.explanation else None, clauses=of.proposal.tell_first,
            fields={"pupil": _called(of.pupil), "days": days, "why": given["why"]},
        )  # fmt: skip
        by = request.staff.signer(request.school)
        return actions.tell_parent(
            school=request.school, pupil=of.pupil, telling=telling, key=form.number, by=by, now=now
        )

    return _change(
        request, found, form, act, title=f"Tell the parent: {found}", button="Tell them",
        done="The parent has been told. The mark can be changed now.", clauses=of.proposal.tell_first,
    )  # fmt: skip


def _explained(request: StaffRequest, found: Pupil, now: datetime) -> OpenAbsence:
    """The open absence whose explanation is not accepted: the one asked for, else the first. None: there is no page."""
    asked = request.POST.get("notice") or request.GET.get("notice", "")
    explained = [a for a in open_absences_of(request.school, found.id, now=now) if a.explanation]
    chosen = [a for a in explained if str(a.explanation.id) == asked] or explained
    if not chosen:
        raise Http404
    return chosen[0]


def _why_not(of: OpenAbsence) -> str:
    return " ".join(because.says for because in of.proposal.because) if of.proposal.tell_first else ""


def _called(pupil: RollPupil) -> str:
    return f"{pupil.called} {pupil.surname}"


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle_ask(request: StaffRequest, pupil: int) -> HttpResponse:
    """Ask for evidence of the present absence, on a ground of the policy, once (M-4.2c, O-B-7.2)."""
    found, now, today = pupil_or_404(request, pupil), clock.now(), clock.today()
    setting = setting_of(request.school)
    child, grounds = _child(request, found), may_ask(setting.policy_on(today))
    run = illness_run(child, setting, today)
    absences = open_absences_of(request.school, found.id, now=now)
    first = absences[0].facts.first_day if absences else run.first if run else today
    why = Why.LONG if run and not absences else Why.DOUBT
    until = setting.calendar.school_days_after(today, 5)
    initial = {"key": one_press(), "why": why.value, "until": until}
    form = AskForm(sent(request), writable=_names(request, found), grounds=grounds, initial=initial)

    def act(given: dict[str, Any]) -> Any:
        return actions.ask_evidence(
            school=request.school, pupil=child.pupil, first=first, why=Why(given["why"]), says=given["says"],
            until=given["until"], how=form.telling, key=form.number, by=request.staff.signer(request.school), now=now,
        )  # fmt: skip

    return _change(
        request, found, form, act, title=f"Ask for evidence: {found}", button="Ask for it",
        done="The parent has been asked.", clauses=tuple(dict.fromkeys(i for ask in grounds for i in ask.clauses)),
        intro=f"The absence began on {long_day(first)}. Evidence is asked for once, and only where the policy says so.",
    )  # fmt: skip


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle_flag(request: StaffRequest, pupil: int) -> HttpResponse:
    """Evidence is needed from now on; or, where it is, the end of that (O-B-7.5)."""
    found, now, today = pupil_or_404(request, pupil), clock.now(), clock.today()
    child, by = _child(request, found), request.staff.signer(request.school)
    running = next((flag for flag in child.flags if flag.ends is None or flag.ends >= today), None)
    if running:
        form: Any = EndForm(sent(request), initial={"key": one_press(), "ends": today})
    else:
        form = FlagForm(sent(request), writable=_names(request, found), initial={"key": one_press(), "begins": today})

    def act(given: dict[str, Any]) -> Any:
        given = {name: given[name] for name in ("says", "begins", "ends") if name in given}
        if running:
            return actions.end_flag(school=request.school, flag_id=running.id, key=form.number, by=by, now=now, **given)
        return actions.flag_evidence(
            school=request.school, pupil=child.pupil, how=form.telling, key=form.number, by=by, now=now, **given
        )

    title = "No more evidence is needed" if running else "Evidence needed from now on"
    return _change(
        request, found, form, act, title=f"{title}: {found}", button="End it" if running else "Tell the parent",
        done="Ended." if running else "The parent has been told.",
    )  # fmt: skip


@needs(Right.SETTLE_ABSENCE)
@says_what_is_missing
def settle_agree(request: StaffRequest, pupil: int) -> HttpResponse:
    """No daily word is needed until a day: what was said goes on holding (O-B-7.8)."""
    found, now = pupil_or_404(request, pupil), clock.now()
    child = _child(request, found)
    if (line := to_agree_on(child)) is None:
        raise Http404
    initial = {"key": one_press(), "begins": line.day, "agreed_with": line.told_by}
    form = AgreeForm(sent(request), initial=initial)

    def act(given: dict[str, Any]) -> Any:
        given = {name: given[name] for name in ("agreed_with", "begins", "until", "says")}
        return actions.agree_updates(
            school=request.school, pupil=child.pupil, notice_id=line.id, key=form.number,
            by=request.staff.signer(request.school), now=now, **given,
        )  # fmt: skip

    return _change(
        request, found, form, act, title=f"No daily word needed: {found}", button="Keep the agreement",
        done="Kept.", intro=f"What was said goes on holding: {line.in_words(line.day)}.",
    )  # fmt: skip
