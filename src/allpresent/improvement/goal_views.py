"""Goals: setting one, where it stands, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.calendar.academic_year import academic_year_of
from allpresent.core.improvement import Measure
from allpresent.figures.answer import Question
from allpresent.figures.asking import asked, offered
from allpresent.figures.charts import picture
from allpresent.improvement import actions, queries
from allpresent.improvement import goal_pages as pages
from allpresent.improvement.forms import EndGoalForm, GoalForm
from allpresent.improvement.models import Goal
from allpresent.improvement.permissions import boards_of
from allpresent.improvement.progress import (
    Progress,
    address_of,
    cohort_of,
    grounds_of,
    is_restricted,
    looked,
    progress_of,
    week_by_week,
)
from allpresent.improvement.queries import GoalLine
from allpresent.improvement.reading import (
    members_of,
    or_404,
    policy_of,
    sees_names,
    sees_restricted,
    sets_goals,
    shown,
    signed,
    small_enough,
)
from allpresent.shared import clock
from allpresent.shared.problems import Refused

NOT_GIVEN = (
    "The policy in force does not give the setting of goals to your board: the {head} or the attendance lead does."
)


def shown_goals(request: StaffRequest, lines: Iterable[GoalLine]) -> tuple[tuple[Progress, ...], int]:
    """Where the goals stand that whoever looks may see, and how many there are besides."""
    lines, today = tuple(lines), clock.today()
    seen = [line for line in lines if sees_restricted(request) or not is_restricted(cohort_of(line, today))]
    return progress_of(request.school, seen, today, small=not sees_names(request)), len(lines) - len(seen)


@needs(Right.SEE_FIGURES)
def goal(request: StaffRequest, goal: int) -> HttpResponse:
    """One goal: its start, where it stands, week by week, and what is planned for it."""
    progress = _progress(request, goal)
    page = {
        "progress": progress,
        "weeks": week_by_week(request.school, progress.line, clock.today(), small=not sees_names(request)),
        "aims": [aim for aim in queries.plan_of(request.school) if aim.goal_id == goal],
        "names": sees_names(request),
        "sets_goals": sets_goals(request),
    }
    return render(request, "improvement/goal.html", page)


@needs(Right.SEE_FIGURES)
def goal_picture(request: StaffRequest, goal: int) -> HttpResponse:
    """The chart of a goal: where it stood at the end of each week, and where it should be."""
    line = _progress(request, goal).line
    weeks = week_by_week(request.school, line, clock.today(), small=not sees_names(request))
    return picture(pages.goal_chart(line, weeks))


def _progress(request: StaffRequest, goal: int) -> Progress:
    line = or_404(queries.goal_of(request.school, small_enough(goal)))
    found, _ = shown_goals(request, [line])
    if not found:
        raise Http404
    return found[0]


@needs(Right.SET_GOALS)
def new_goal(request: StaffRequest) -> HttpResponse:
    """Set a goal: of whom, in what, from where, to where, by when."""
    _may_set(request)
    today = clock.today()
    may = offered(restricted=sees_restricted(request))
    question = asked(request.GET, today, may).question
    form = GoalForm(
        request.POST if request.method == "POST" else None,
        cohorts=pages.cohorts(grounds_of(request.school, today, today)[academic_year_of(today).first], may),
        bodies=pages.bodies(boards_of(policy_of(request)), request.words),
        members=members_of(request),
        initial=pages.goal_begins(question, today),
    )
    if form.is_valid():
        result = _set(request, form, today)
        if not isinstance(result, Refused):
            messages.success(request, "The goal is set. Where it stands is counted from the registers from now on.")
            return redirect("goal", school=request.school.slug, goal=result.id)
        form.refuse(result)
    return shown(request, "new_goal", form, measures=tuple(Measure), boards=boards_of(policy_of(request)))


def _may_set(request: StaffRequest) -> None:
    if not sets_goals(request):
        raise PermissionDenied(NOT_GIVEN.format(head=request.words.head))


def _set(request: StaffRequest, form: GoalForm, today: date) -> Goal | Refused:
    given = form.cleaned_data
    measure = Measure(given["measure"])
    start = Question(given["since"], min(today, given["first"]), only=tuple(form.only.items()))
    grounds = grounds_of(request.school, max(start.first, pages.oldest(today)), today)
    question = Question(max(start.first, pages.oldest(today)), start.last, only=start.only)
    stands = looked(request.school, measure, question, today=today, grounds=grounds, small=False)
    goal = actions.GoalSet(
        title=given["title"], why=given["why"], question=address_of(question), measure=measure, start=stands.share,
        pupils=stands.pupils, percent=given["percent"], first=given["first"], last=given["last"],
        set_by=given["set_by"], owner=form.chosen_owner(),
    )  # fmt: skip
    return actions.set_goal(school=request.school, goal=goal, key=given["key"], **signed(request))


@needs(Right.SET_GOALS)
def end_goal(request: StaffRequest, goal: int) -> HttpResponse:
    """End a goal, as met, missed or dropped."""
    progress = _progress(request, goal)
    _may_set(request)
    form = EndGoalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        result = _end(request, goal, form)
        if not isinstance(result, Refused):
            messages.success(request, "The goal is ended. It stays in the list with your reason.")
            return redirect("goal", school=request.school.slug, goal=goal)
        form.refuse(result)
    return shown(request, "form", form, **pages.end_goal(progress))


def _end(request: StaffRequest, goal: int, form: EndGoalForm) -> object:
    """It is ended at what the figures say, whoever looks."""
    line, given = or_404(queries.goal_of(request.school, goal)), form.cleaned_data
    [progress] = progress_of(request.school, [line], clock.today(), small=False)
    return actions.end_goal(
        goal=Goal.objects.select_related("school").get(id=goal), outcome=given["outcome"],
        now_at=progress.now.share, why=given["why"], key=given["key"], **signed(request),
    )  # fmt: skip
