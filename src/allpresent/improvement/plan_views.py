"""The action plan, its steps, and what each member of staff has to do."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.improvement import actions, pages, queries
from allpresent.improvement.forms import AimForm, ChangeForm, ReviewForm, StepForm
from allpresent.improvement.models import Aim, Goal, Step
from allpresent.improvement.queries import GoalLine, StepLine
from allpresent.improvement.reading import (
    keeps,
    members_of,
    number_in,
    or_404,
    policy_of,
    shown,
    signed,
    small_enough,
)
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SEE_FIGURES)
def plan(request: StaffRequest) -> HttpResponse:
    """The whole plan: aims with their steps, and what was handed on by itself."""
    page = pages.plan_page(queries.plan_of(request.school), queries.steps_of(request.school), clock.today())
    clauses = pages.delegation_clauses(policy_of(request))
    return render(request, "improvement/plan.html", {"page": page, "keeps": keeps(request), "clauses": clauses})


@needs(Right.KEEP_PLAN)
def new_aim(request: StaffRequest) -> HttpResponse:
    """Put an aim into the plan."""
    goals = {str(line.id): line for line in queries.goals_of(request.school) if not line.end}
    form = AimForm(
        request.POST if request.method == "POST" else None,
        goals=[(key, line.title) for key, line in goals.items()],
        initial={"goal": request.GET.get("goal", "")},
    )
    if form.is_valid():
        given = form.cleaned_data
        result = actions.begin_aim(
            school=request.school, words=given["words"], why=given["why"], goal=_goal(goals.get(given["goal"])),
            review_on=given["review_on"], key=given["key"], **signed(request),
        )  # fmt: skip
        if not isinstance(result, Refused):
            messages.success(request, "The aim is in the plan. Now give it steps.")
            return redirect("aim", school=request.school.slug, aim=result.id)
        form.refuse(result)
    return shown(request, "form", form, **pages.NEW_AIM)


def _goal(line: GoalLine | None) -> Goal | None:
    return Goal.objects.get(id=line.id) if line else None


@needs(Right.SEE_FIGURES)
def aim(request: StaffRequest, aim: int) -> HttpResponse:
    """One aim: its steps and its reviews; and, for those who keep the plan, the next review."""
    line = or_404(queries.aim_of(request.school, small_enough(aim)))
    open_to_review = keeps(request) and not line.ended
    form = ReviewForm(request.POST if request.method == "POST" and open_to_review else None)
    if form.is_valid():
        given = form.cleaned_data
        result = actions.review_aim(
            aim=Aim.objects.select_related("school").get(id=line.id), outcome=given["outcome"], says=given["says"],
            next_on=given["next_on"], seen=given["seen"], key=given["key"], **signed(request),
        )  # fmt: skip
        if not isinstance(result, Refused):
            messages.success(request, "The review is kept.")
            return redirect("aim", school=request.school.slug, aim=line.id)
        form.refuse(result)
    page = {"aim": line, "today": clock.today(), "keeps": keeps(request), "seen": len(line.reviews)}
    return shown(request, "aim", form, may_review=open_to_review, **page)


@needs(Right.KEEP_PLAN)
def new_step(request: StaffRequest) -> HttpResponse:
    """Give somebody something to do: a step of an aim (`?aim=`), or handed on by itself, from figures (`?about=`)."""
    aim_id = number_in(request.GET.get("aim", ""))
    line = or_404(queries.aim_of(request.school, aim_id)) if aim_id is not None else None
    form = StepForm(request.POST if request.method == "POST" else None, members=members_of(request))
    if form.is_valid():
        given = form.cleaned_data
        about = request.GET.get("about", "")[:500].replace("\x00", "")
        step = actions.StepSet(given["words"], form.chosen_owner(), given["due"], about)
        of = Aim.objects.get(id=line.id) if line else None
        result = actions.take_step(school=request.school, aim=of, step=step, key=given["key"], **signed(request))
        if not isinstance(result, Refused):
            messages.success(request, f"Given to {result.owner_name}, who finds it under My actions.")
            return redirect("aim", school=request.school.slug, aim=line.id) if line else _to_plan(request)
        form.refuse(result)
    return shown(request, "form", form, **pages.new_step(line, pages.delegation_clauses(policy_of(request))))


def _to_plan(request: StaffRequest) -> HttpResponse:
    return redirect("plan", school=request.school.slug)


@needs(Right.SEE_SCHOOL)
def my_actions(request: StaffRequest) -> HttpResponse:
    """What whoever looks has to do, by when; what they have done; and the goals they answer for."""
    me = request.staff.user_id
    goals = tuple(line for line in queries.goals_of(request.school) if line.owner_id == me and not line.end)
    page = pages.my_page(queries.steps_of(request.school, me), goals, clock.today())
    return render(request, "improvement/my_actions.html", {"page": page, "sees_plan": _sees_plan(request)})


@needs(Right.SEE_SCHOOL)
def step(request: StaffRequest, step: int) -> HttpResponse:
    """One step: its story, and, for its owner and those who keep the plan, what became of it."""
    line = or_404(queries.step_of(request.school, small_enough(step)))
    if not _may_read(request, line):
        raise Http404
    may_change = not line.ended and (line.owner_id == request.staff.user_id or keeps(request))
    sent = request.POST if request.method == "POST" and may_change else None
    form = ChangeForm(sent, members=members_of(request))
    if form.is_valid():
        result = _change(request, line, form)
        if not isinstance(result, Refused):
            messages.success(request, "Kept, with your name and the time.")
            return redirect("step", school=request.school.slug, step=line.id)
        form.refuse(result)
    page = {"step": line, "today": clock.today(), "seen": len(line.changes), "may_change": may_change}
    return shown(request, "step", form, sees_plan=_sees_plan(request), **page)


def _may_read(request: StaffRequest, line: StepLine) -> bool:
    """Whoever sees the plan, its owner, and whoever it was handed on by or to."""
    return _sees_plan(request) or request.staff.user_id in line.owners


def _sees_plan(request: StaffRequest) -> bool:
    return request.staff.may(Right.SEE_FIGURES, request.school)


def _change(request: StaffRequest, line: StepLine, form: ChangeForm) -> object:
    given = form.cleaned_data
    return actions.change_step(
        step=Step.objects.select_related("school").get(id=line.id), kind=given["kind"], says=given["says"],
        due=given["due"], owner=form.chosen_owner(), seen=given["seen"], key=given["key"], **signed(request),
    )  # fmt: skip
