"""Who is elsewhere today; asking a provider; writing down what it said on the telephone."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.elsewhere.heard import Says, Standing
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.actions import Told
from allpresent.elsewhere.forms import WordForm
from allpresent.elsewhere.pages import DayPage, by_standing, silences
from allpresent.elsewhere.views.reading import arrangement_or_404, provider_or_404
from allpresent.people.changing import change, sent
from allpresent.people.queries import pupil_on_roll
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.words import short_day


@needs(Right.KEEP_PROVIDERS)
@says_what_is_missing
def elsewhere(request: StaffRequest) -> HttpResponse:
    """The pupils who are elsewhere today, whom nobody has confirmed first."""
    school, now, today = request.school, clock.now(), clock.today()
    aways = queries.elsewhere_on(school, today, now=now)
    restricted = request.staff.may(Right.SEE_RESTRICTED, school)
    page = DayPage(
        day=today,
        silent=tuple(silences(aways, queries.asked_on(school, today))),
        others=tuple(by_standing(aways)),
        checks_owed=tuple(line for line in queries.providers_of(school, today) if line.check_owed and line.pupil_ids),
        provision_owed=tuple(line for line in queries.suspensions_of(school, today) if line.is_owed()),
        concerns=tuple(one for one in queries.concerns(school, today) if not one.agreed) if restricted else (),
    )
    return render(request, "elsewhere/elsewhere.html", {"page": page})


@require_POST
@needs(Right.KEEP_PROVIDERS)
def chase_provider(request: StaffRequest, provider: int, half: Half) -> HttpResponse:
    """Ask a provider for the word it owes on a session of today."""
    found, session = provider_or_404(request, provider), Session(clock.today(), half)
    now = clock.now()
    owed = [
        one
        for one in queries.elsewhere_on(request.school, session.day, now=now)
        if one.standing is Standing.OWED and one.session == session and one.provider.id == found.id
    ]
    if not owed:
        messages.success(request, f"{found.name} has spoken meanwhile: nothing was sent.")
        return redirect("elsewhere", school=request.school.slug)
    result = actions.chase(
        school=request.school, provider=found, session=session, names=[one.pupil.name for one in owed],
        clauses=owed[0].owed.clauses, by=request.staff.signer(request.school), now=now,
    )  # fmt: skip
    said = " ".join(problem.message for problem in result.problems) if isinstance(result, Refused) else ""
    messages.success(request, f"Nothing was sent. {said} Ring them." if said else f"{found.name} was asked.")
    return redirect("elsewhere", school=request.school.slug)


@needs(Right.KEEP_PROVIDERS)
@says_what_is_missing
def provider_word(request: StaffRequest, arrangement: int, day: date, half: Half) -> HttpResponse:
    """What a provider said of one session: all of it, and a form for what it says now."""
    one, session, now = arrangement_or_404(request, arrangement), Session(day, half), clock.now()
    pupil = pupil_on_roll(request.school, one.pupil_id, day)
    if pupil is None or not one.covers(session):
        raise Http404
    form = WordForm(sent(request), initial={"says": Says.THERE.value})
    words = queries.words_about(request.school, day, day, pupil_ids=[pupil.id])
    signer = request.staff.signer(request.school)
    return change(
        request, form, lambda given: _record(request, one, session, given, signer, now),
        title=f"{pupil.name} at {one.provider_name}, {short_day(day)}, {half.word}",
        button="Keep what they said", done=f"{pupil.name}: what {one.provider_name} said is kept.",
        back=reverse("elsewhere", kwargs={"school": request.school.slug}), template="elsewhere/word.html",
        pupil=pupil, arranged=one, said=[word for word in words if word.half == half.value],
    )  # fmt: skip


def _record(request: StaffRequest, one, session: Session, given: dict, signer, now):
    told = Told(
        says=Says(given["says"]), told_by=given["told_by"], told_at=now, channel=given["channel"],
        reason=given["reason"], words=given["words"], concern=given["concern"],
    )  # fmt: skip
    return actions.record_word(
        school=request.school, arrangement=one, session=session, told=told, key=given["key"], by=signer, now=now
    )
