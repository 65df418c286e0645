"""The pages of part-time timetables."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.leave.grounds import ground_rule
from allpresent.core.leave.part_time import part_time_of, week_words
from allpresent.core.policy.model.words import Ground
from allpresent.leave.actions import agree_part_time, end_part_time, review_part_time
from allpresent.leave.choosing import chosen_pupil, find_pupil, part_time_or_404
from allpresent.leave.forms import EndPartTimeForm, PartTimeForm, ReviewForm
from allpresent.leave.pages import PartTimePage
from allpresent.leave.permissions import deciders, may_decide
from allpresent.leave.views import policy_today, sees_restricted
from allpresent.leave.weighing import has_social_worker
from allpresent.leave.weighing_views import FORM, decider_or_403, signed
from allpresent.people.changing import change, sent
from allpresent.people.queries import RollPupil
from allpresent.people.queries.record import contacts_of
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock
from allpresent.shared.problems import Refused
from allpresent.shared.words import count_of


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def new_part_time(request: StaffRequest) -> HttpResponse:
    """Write down a part-time timetable that was agreed with a parent."""
    policy = policy_today(request)
    who = deciders(policy, part_time=True)
    pupil = chosen_pupil(request)
    if pupil is None:
        return find_pupil(request, "Who is the part-time timetable for?")
    decider_or_403(request, who)
    parents = tuple(adult for adult in contacts_of(pupil.id) if adult.is_parent and not adult.restriction)
    form = PartTimeForm(sent(request), parents=parents, initial={"agreed_on": clock.today()})
    if form.is_valid() and (address := _agreed(request, pupil, form)):
        return redirect(address)
    rule, stated = ground_rule(Ground.PART_TIME.value), part_time_of(policy)
    worker = sees_restricted(request) and has_social_worker(pupil, clock.now())
    page = {"pupil": pupil, "form": form, "parents": parents, "who": who, "rule": rule, "stated": stated}
    return render(request, "leave/new_part_time.html", page | {"worker": worker}, status=422 if form.errors else 200)


def _agreed(request: StaffRequest, pupil: RollPupil, form: PartTimeForm) -> str:
    """Keep the agreement: the address of its page, or '' where something stands in the way."""
    result = agree_part_time(
        school=request.school, pupil=pupil, agreed=form.agreed, key=form.cleaned_data["key"], **signed(request)
    )
    if isinstance(result, Refused):
        form.refuse(result)
        return ""
    kept = f" {count_of(len(result.kept), 'session')} had a mark already, and keep it." if result.kept else ""
    messages.success(
        request, f"The timetable is kept. C2 is entered ahead for {count_of(len(result.planned), 'session')}.{kept}"
    )
    if result.unwritten:
        messages.success(request, f"No letter could be written to {', '.join(result.unwritten)}. Tell them yourself.")
    return _address(request, result.part_time.id)


def _address(request: StaffRequest, part_time: int) -> str:
    return reverse("part_time", kwargs={"school": request.school.slug, "part_time": part_time})


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def part_time(request: StaffRequest, part_time: int) -> HttpResponse:
    """One part-time timetable: what was agreed, its reviews, its end."""
    line, pupil = part_time_or_404(request, part_time)
    restricted = sees_restricted(request)
    page = PartTimePage(
        line=line,
        pupil=pupil,
        state=line.state_on(clock.today()),
        week=week_words(line.agreement.attends),
        may_end=may_decide(request.staff, request.school, deciders(policy_today(request), part_time=True)),
        worker_told_on=line.worker_told_on if restricted else None,
    )
    return render(request, "leave/part_time.html", {"page": page})


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def part_time_review(request: StaffRequest, part_time: int) -> HttpResponse:
    """Write down a review that was held."""
    line, pupil = part_time_or_404(request, part_time)
    return change(
        request,
        ReviewForm(sent(request), initial={"on_day": clock.today()}),
        lambda answers: review_part_time(line=line, **answers, **signed(request)),
        title=f"Review of the part-time timetable, {pupil.name}",
        button="Keep the review",
        done="The review is kept.",
        back=_address(request, line.id),
        template=FORM,
        pupil=pupil,
        intro="Say who was there, how it goes, and whether it goes on as agreed. For other hours, end this one and "
        "agree another.",
    )


@needs(Right.ASK_LEAVE)
@says_what_is_missing
def part_time_end(request: StaffRequest, part_time: int) -> HttpResponse:
    """End a part-time timetable before its day."""
    line, pupil = part_time_or_404(request, part_time)
    decider_or_403(request, deciders(policy_today(request), part_time=True))
    return change(
        request,
        EndPartTimeForm(sent(request), initial={"last_day": clock.today()}),
        lambda answers: end_part_time(school=request.school, pupil=pupil, line=line, **answers, **signed(request)),
        title=f"End the part-time timetable of {pupil.name}",
        button="End it",
        done="It is ended. C2 entered ahead for later sessions is given back: they are expected again.",
        back=_address(request, line.id),
        template=FORM,
        pupil=pupil,
        intro="By itself it ends on its last day: nothing has to be done for that.",
    )
