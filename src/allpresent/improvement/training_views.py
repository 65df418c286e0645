"""Training: who has had what, what is due, and records for many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.improvement import training_needs
from allpresent.figures.files import as_csv
from allpresent.improvement import actions, queries
from allpresent.improvement import training_pages as pages
from allpresent.improvement.forms import TrainingForm, WhyForm
from allpresent.improvement.reading import keeps, members_of, or_404, policy_of, shown, signed, small_enough
from allpresent.improvement.trained import trained
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.SEE_FIGURES)
def training(request: StaffRequest) -> HttpResponse:
    """Gaps by role; and, for those who keep the records, everybody by name."""
    found = trained(request.school, policy_of(request), clock.today())
    if keeps(request) and request.GET.get("format") == "csv":
        return as_csv(pages.training_table(found), "training")
    page = pages.training_page(found, request.words, request.GET.get("show", ""))
    return render(request, "improvement/training.html", {"page": page, "keeps": keeps(request), "says": pages})


@needs(Right.KEEP_PLAN)
def new_training(request: StaffRequest) -> HttpResponse:
    """Record training that was held, for everyone who was there."""
    policy = policy_of(request)
    topics = pages.topics(training_needs(policy) if policy else ())
    sent = request.POST if request.method == "POST" else None
    form = TrainingForm(sent, topics=topics, members=members_of(request), initial={"on_day": clock.today()})
    if form.is_valid():
        given, there = form.cleaned_data, form.present()
        result = actions.record_training(
            school=request.school, title=given["title"], on_day=given["on_day"], topics=given["topics"], staff=there,
            key=given["key"], **signed(request),
        )  # fmt: skip
        if not isinstance(result, Refused):
            messages.success(request, f"Recorded for {len(there)}.")
            return redirect("training", school=request.school.slug)
        form.refuse(result)
    return shown(request, "form", form, **pages.NEW_TRAINING)


@needs(Right.KEEP_PLAN)
def strike(request: StaffRequest, training: int) -> HttpResponse:
    """Strike out a record that was wrong."""
    held = or_404(queries.training_of(request.school, small_enough(training)))
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        result = actions.strike_training(training=held, why=given["why"], key=given["key"], **signed(request))
        if not isinstance(result, Refused):
            messages.success(request, "Struck out. It stays below, and counts for nobody.")
            return redirect("training", school=request.school.slug)
        form.refuse(result)
    return shown(request, "form", form, **pages.strike(held))
