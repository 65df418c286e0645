"""The pages of leave: what waits, a new request, and the story of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.sessions import Half
from allpresent.core.leave.grounds import leave_of, offers
from allpresent.core.leave.overrun import refused_and_away
from allpresent.core.policy.policy import Policy
from allpresent.leave import queries
from allpresent.leave.actions import ask_leave
from allpresent.leave.choosing import chosen_pupil, find_pupil, request_or_404
from allpresent.leave.forms import AskForm
from allpresent.leave.letters import TEMPLATES
from allpresent.leave.lines import RequestLine, span_words
from allpresent.leave.models import Request
from allpresent.leave.overruns import LOOKED_BACK, overstayed
from allpresent.leave.pages import StoryPage, leave_page, shown_needs
from allpresent.leave.permissions import deciders, may_decide
from allpresent.leave.story import story_of
from allpresent.leave.weighing import needs_of, needs_of_each
from allpresent.messages.queries import Sent, messages_about
from allpresent.people.queries import pupils_on_roll
from allpresent.people.queries.record import contacts_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.schools.queries import setting_of
from allpresent.shared import clock
from allpresent.shared.problems import Refused


def policy_today(request: StaffRequest) -> Policy:
    return setting_of(request.school).policy_on(clock.today())


def sees_restricted(request: StaffRequest) -> bool:
    return request.staff.may(Right.SEE_RESTRICTED, request.school)


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def leave(request: StaffRequest) -> HttpResponse:
    """Who waits for an answer, who is away on leave, on a part-time timetable, or away longer than granted."""
    school, now, today = request.school, clock.now(), clock.today()
    pupils = {pupil.id: pupil for pupil in pupils_on_roll(school, today)}
    lines = queries.requests_since(school, today - LOOKED_BACK)
    waiting = [line for line in lines if not line.decision and not line.withdrawal and line.pupil_id in pupils]
    page = leave_page(
        now,
        deciders(policy_today(request)),
        pupils,
        lines=lines,
        needs=needs_of_each(school, ((pupils[line.pupil_id], line) for line in waiting), now),
        part_times=queries.part_times_since(school, today),
        overstayed=overstayed(school, lines, pupils, now),
        restricted=sees_restricted(request),
    )
    return render(request, "leave/leave.html", {"page": page})


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def new_leave(request: StaffRequest) -> HttpResponse:
    """Write down a request: first for whom, then what was asked."""
    pupil = chosen_pupil(request)
    if pupil is None:
        return find_pupil(request, "Who is the leave for?")
    policy = policy_today(request)
    offered = tuple(offer for offer in offers(policy) if not offer.rule.is_part_time)
    contacts = tuple(contacts_of(pupil.id))
    initial = {"asked_on": clock.today(), "first_half": Half.AM, "last_half": Half.PM, "channel": Request.Channel.EMAIL}
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, contacts=contacts, offers=offered, initial=initial)
    if form.is_valid():
        result = _ask(request, pupil, form)
        if not isinstance(result, Refused):
            messages.success(request, f"{pupil.name}: the request is kept. No mark was entered.")
            return redirect("leave_request", school=request.school.slug, leave=result.id)
        form.refuse(result)
    shown = {"pupil": pupil, "form": form, "contacts": contacts, "offers": offered, "leave": leave_of(policy)}
    why = {"ahead": policy.why("leave.ahead") if leave_of(policy).ahead else (), "grounds": policy.why("leave.grounds")}
    page = shown | {"why": why, "examples": policy.why("leave.examples") if leave_of(policy).examples else ()}
    return render(request, "leave/new.html", page, status=422 if form.errors else 200)


def _ask(request: StaffRequest, pupil, form: AskForm) -> Request | Refused:
    now = clock.now()
    asked, key = form.asked(pupil.name, now), form.cleaned_data["key"]
    signer = request.staff.signer(request.school)
    return ask_leave(school=request.school, pupil=pupil, asked=asked, key=key, by=signer, now=now)


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def leave_request(request: StaffRequest, leave: int) -> HttpResponse:
    """The whole story of one request, and what can be done next."""
    line, pupil = request_or_404(request, leave)
    policy, restricted = policy_today(request), sees_restricted(request)
    note, note_clauses = _note(policy, line)
    page = StoryPage(
        line=line,
        pupil=pupil,
        days=span_words(line.span),
        needs=shown_needs(needs_of(request.school, pupil, line, clock.now()), restricted=restricted),
        story=story_of(line, policy, restricted=restricted),
        acts=frozenset(_acts(request, line, policy)),
        who=deciders(policy),
        note=note,
        note_clauses=note_clauses,
        letters=_letters(request, line),
        others=tuple(one for one in _others(line) if one.id != line.id),
    )
    return render(request, "leave/request.html", {"page": page})


def _note(policy: Policy, line: RequestLine) -> tuple[str, tuple[str, ...]]:
    """What the policy says of such a wish; of leave refused, how days away all the same are marked."""
    if line.state == "refused":
        proposal = refused_and_away(policy, line.ground)
        return f"Away on these days all the same: {proposal.code} is proposed, and a person decides.", proposal.clauses
    offer = next((offer for offer in offers(policy) if offer.rule.id == line.ground), None)
    return (f"The policy: {offer.note}.", offer.clauses) if offer and offer.note else ("", ())


def _acts(request: StaffRequest, line: RequestLine, policy: Policy):
    if line.withdrawal:
        return
    yield "withdraw"
    if line.decision:
        return
    if request.staff.may(Right.CONSULTED_ON_LEAVE, request.school):
        yield "consult"
    if sees_restricted(request):
        yield "check"
    if may_decide(request.staff, request.school, deciders(policy)):
        yield "decide"


def _letters(request: StaffRequest, line: RequestLine) -> tuple[Sent, ...]:
    """The letters that went with the decision, as they stand now."""
    if line.decision is None:
        return ()
    day = line.decision.signed.at.date()
    written = messages_about(request.school, [line.pupil_id], day, clock.today())
    own = TEMPLATES[line.decision.outcome]
    return tuple(sent for sent in written if sent.template == own and sent.at == line.decision.signed.at)


def _others(line: RequestLine) -> tuple[RequestLine, ...]:
    """The requests for the same days."""
    return queries.requests_of([line.pupil_id], line.span.first.day, line.span.last.day)


def address_of(request: StaffRequest, leave: int) -> str:
    return reverse("leave_request", kwargs={"school": request.school.slug, "leave": leave})
