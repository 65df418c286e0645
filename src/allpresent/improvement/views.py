"""The first page of improvement, and the school's account of itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.improvement import pages, queries
from allpresent.improvement.actions import say_of_ourselves
from allpresent.improvement.forms import EvaluationForm
from allpresent.improvement.goal_views import shown_goals
from allpresent.improvement.queries.evaluation import evaluations_of
from allpresent.improvement.reading import keeps, policy_of, sets_goals, shown, signed
from allpresent.improvement.trained import trained
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SEE_FIGURES)
def improvement(request: StaffRequest) -> HttpResponse:
    """What is aimed at, where the goals stand, what is overdue, who owes training."""
    school, today = request.school, clock.today()
    progress, hidden = shown_goals(request, queries.goals_of(school))
    training = trained(school, policy_of(request), today)
    page = pages.overview(
        today=today,
        leader=pages.leader_of(policy_of(request), (line.member for line in training.members)),
        targets=queries.targets_on(school, today),
        goals=progress,
        aims=queries.plan_of(school),
        steps=queries.steps_of(school),
        trained=training,
        evaluation=queries.self_evaluation(school),
    )
    facts = {"page": page, "hidden": hidden, "sets_goals": sets_goals(request), "keeps": keeps(request)}
    return render(request, "improvement/improvement.html", facts)


@needs(Right.SEE_FIGURES)
def evaluation(request: StaffRequest) -> HttpResponse:
    """The paragraph for the committee: as it stands, before, and a form for those who write it."""
    said = evaluations_of(request.school)
    newest = said[0] if said else None
    sent = request.POST if request.method == "POST" and keeps(request) else None
    form = EvaluationForm(sent, initial={"words": newest.words if newest else ""})
    if form.is_valid():
        given = form.cleaned_data
        result = say_of_ourselves(
            school=request.school, words=given["words"], seen=given["seen"], key=given["key"], **signed(request)
        )
        if not isinstance(result, Refused):
            messages.success(request, "Kept, with your name and the day.")
            return redirect("evaluation", school=request.school.slug)
        form.refuse(result)
    page = {"said": said, "seen": newest.number if newest else 0, "keeps": keeps(request), "policy": policy_of(request)}
    return shown(request, "evaluation", form, clauses=pages.committee_clauses(page.pop("policy")), **page)
