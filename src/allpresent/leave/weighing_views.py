"""The pages on which a request is weighed and answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.codes import code_set_on
from allpresent.core.leave.consulting import CHECK, Finding, party_words
from allpresent.core.leave.deciding import Answer
from allpresent.core.leave.grounds import leave_of
from allpresent.leave.actions import Decided, consult, decide_leave, record_check, withdraw_leave
from allpresent.leave.actions.decide import problems_of
from allpresent.leave.choosing import request_or_404
from allpresent.leave.forms import CheckForm, ConsultForm, DecideForm, WithdrawForm, as_asked
from allpresent.leave.letters import TEMPLATES, Letter, answer_fields, preview
from allpresent.leave.lines import RequestLine, span_words
from allpresent.leave.pages import DecidePage, shown_needs
from allpresent.leave.permissions import Deciders, deciders, may_decide
from allpresent.leave.story import parties
from allpresent.leave.views import address_of, policy_today, sees_restricted
from allpresent.leave.weighing import needs_of
from allpresent.people.changing import change, sent
from allpresent.people.queries import RollPupil
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.words import count_of

FORM = "leave/form.html"


def signed(request: StaffRequest) -> dict:
    return {"by": request.staff.signer(request.school), "now": clock.now()}


@needs(Right.CONSULTED_ON_LEAVE)
@says_what_is_missing
def leave_consult(request: StaffRequest, leave: int) -> HttpResponse:
    """Write down what somebody said when asked about a request."""
    line, pupil = request_or_404(request, leave)
    policy = policy_today(request)
    wanted = shown_needs(needs_of(request.school, pupil, line, clock.now()), restricted=sees_restricted(request))
    who = parties(policy, wanted, observance=policy.content.observance is not None)
    form = ConsultForm(sent(request), parties=who, initial={"on_day": clock.today()})
    return change(
        request,
        form,
        lambda answers: consult(line=line, **answers, **signed(request)),
        title=f"What was said about leave for {pupil.name}",
        button="Keep it",
        done="What was said is kept.",
        back=address_of(request, line.id),
        template=FORM,
        pupil=pupil,
    )


@needs(Right.SEE_RESTRICTED)
@says_what_is_missing
def leave_check(request: StaffRequest, leave: int) -> HttpResponse:
    """The safeguarding check before the reply."""
    line, pupil = request_or_404(request, leave)
    wanted = needs_of(request.school, pupil, line, clock.now())
    asked = next((need for need in wanted if need.key == CHECK), None)
    return change(
        request,
        CheckForm(sent(request)),
        lambda answers: record_check(
            line=line, finding=Finding(answers["finding"]), says=answers["says"], key=answers["key"], **signed(request)
        ),
        title=f"Safeguarding check, leave for {pupil.name}",
        button="Keep the check",
        done="The check is kept.",
        back=address_of(request, line.id),
        template=FORM,
        pupil=pupil,
        intro=asked.words if asked else "",
        clauses=asked.clauses if asked else (),
    )


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def leave_withdraw(request: StaffRequest, leave: int) -> HttpResponse:
    """Write down that a request was taken back."""
    line, pupil = request_or_404(request, leave)
    return change(
        request,
        WithdrawForm(sent(request), initial={"told_by": line.told_by}),
        lambda answers: withdraw_leave(school=request.school, pupil=pupil, line=line, **answers, **signed(request)),
        title=f"Leave for {pupil.name} is not wanted any more",
        button="Take the request back",
        done="The request is taken back. Sessions still to come are expected again.",
        back=address_of(request, line.id),
        template=FORM,
        pupil=pupil,
        intro="Marks entered ahead for sessions still to come are given back." if line.given else "",
    )


def decider_or_403(request: StaffRequest, who: Deciders) -> None:
    if not may_decide(request.staff, request.school, who):
        says = f" ({', '.join(who.clauses)})" if who.clauses else ""
        raise PermissionDenied(f"This is decided by {who.words}{says}.")


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def leave_decide(request: StaffRequest, leave: int) -> HttpResponse:
    """Decide: first the form, then the letter as it will go, then both are kept."""
    line, pupil = request_or_404(request, leave)
    who = deciders(policy_today(request))
    decider_or_403(request, who)
    if request.method == "GET" and (line.decision or line.withdrawal):
        return redirect(address_of(request, line.id))
    form = DecideForm(sent(request), rule=line.rule, asked=line.span, initial=as_asked(line.span))
    letter = None
    if form.is_valid():
        step = request.POST.get("step", "")
        if step == "send" and _decided(request, line, pupil, form):
            return redirect(address_of(request, line.id))
        if step == "letter":
            letter = _letter(request, line, pupil, form)
    page = _page(request, line, pupil, form, letter, who)
    return render(request, "leave/decide.html", {"page": page}, status=422 if form.errors else 200)


def _letter(request: StaffRequest, line: RequestLine, pupil: RollPupil, form: DecideForm) -> Letter | None:
    """The letter as it will go; None where something stands in the way, which the form then says."""
    answer: Answer = form.answer
    if problems := problems_of(request.school, pupil, line, answer, clock.now()):
        form.refuse(Refused(problems))
        return None
    fields = answer_fields(request.school, pupil, line, answer, **signed(request))
    return preview(request.school, pupil, TEMPLATES[answer.outcome], fields)


def _decided(request: StaffRequest, line: RequestLine, pupil: RollPupil, form: DecideForm) -> bool:
    result = decide_leave(
        school=request.school, pupil=pupil, line=line, answer=form.answer, key=form.cleaned_data["key"],
        **signed(request),
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    for says in _done(result):
        messages.success(request, says)
    return True


def _done(result: Decided):
    """What came of a decision, in sentences."""
    marks = (
        f" {result.decision.code} is entered ahead for {count_of(len(result.planned), 'session')}."
        if result.planned
        else ""
    )
    yield f"The decision is kept.{marks}"
    if result.kept:
        held = ", ".join(f"{one.day:%a} {one.day.day} {one.day:%b}, {one.half.word}" for one in result.kept)
        yield f"These sessions hold a mark already and keep it: {held}. Amend them if they should change."
    if result.unwritten:
        yield f"No letter could be written to {', '.join(result.unwritten)}: there is no address. Tell them yourself."


def _page(request, line, pupil, form: DecideForm, letter: Letter | None, who: Deciders) -> DecidePage:
    policy = policy_today(request)
    length = leave_of(policy).length_set_by
    wanted = needs_of(request.school, pupil, line, clock.now())
    code = code_set_on(line.span.first.day)[line.rule.code]
    return DecidePage(
        line=line,
        pupil=pupil,
        days=span_words(line.span),
        needs=shown_needs(wanted, restricted=sees_restricted(request)),
        form=form,
        letter=letter,
        who=who,
        code=f"{code.letter}, {code.name[:1].lower()}{code.name[1:]}",
        sets_length=party_words(policy, length) if length else "",
        length_clauses=policy.why("leave.length-set-by") if length else (),
        unconfirmed=line.rule.unconfirmed,
    )
