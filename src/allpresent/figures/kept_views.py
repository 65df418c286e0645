"""Questions kept under a name: keeping one, opening it, letting it go."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.figures.asking import address_of, asked, left_out, offered
from allpresent.figures.kept_actions import keep_question, let_go
from allpresent.figures.kept_forms import KeepForm
from allpresent.figures.queries.kept import Kept, kept_question
from allpresent.figures.views import sees_restricted
from allpresent.shared import clock
from allpresent.shared.problems import Refused

LEFT_OUT = (
    "This question has a condition that is not shown to you. It was left out, so these figures are of more pupils."
)


@needs(Right.SEE_FIGURES)
def keep_page(request: StaffRequest) -> HttpResponse:
    """The question in the address, to be given a name."""
    form = KeepForm(request.POST if request.method == "POST" else None)
    question = asked(request.GET, clock.today(), offered(restricted=sees_restricted(request)))
    if request.method == "POST" and form.is_valid():
        query = address_of(question, moving=form.cleaned_data["moving"])
        kept = _keep(request, form, query)
        if not isinstance(kept, Refused):
            messages.success(request, f"Kept as “{kept.name}”.")
            return _to(request, query)
        for problem in kept.problems:
            form.add_error(problem.field, problem.message)
    page = {"form": form, "question": question.question, "query": address_of(question)}
    return render(request, "figures/keep.html", page, status=400 if form.errors else 200)


def _keep(request: StaffRequest, form: KeepForm, query: str):
    said = {name: form.cleaned_data[name] for name in ("name", "shared")}
    by = request.staff.signer(request.school)
    return keep_question(school=request.school, query=query, by=by, now=clock.now(), **said)


@needs(Right.SEE_FIGURES)
def kept_page(request: StaffRequest, question: int) -> HttpResponse:
    """Opens a kept question: the way to the page of any question, by what this person may see now."""
    kept = _kept(request, question)
    may = offered(restricted=sees_restricted(request))
    if left_out(QueryDict(kept.query), may):
        messages.info(request, LEFT_OUT)
    return _to(request, address_of(asked(QueryDict(kept.query), clock.today(), may)))


@needs(Right.SEE_FIGURES)
@require_POST
def let_go_of(request: StaffRequest, question: int) -> HttpResponse:
    """Keeps a question no longer: one's own, or a shared one for whoever keeps the staff list."""
    kept = _kept(request, question)
    if not may_let_go(request, kept):
        raise Http404("There is no such page.")
    let_go(school=request.school, question=kept.id)
    messages.success(request, f"“{kept.name}” is no longer kept.")
    return redirect("ask", school=request.school.slug)


def may_let_go(request: StaffRequest, kept: Kept) -> bool:
    return kept.by_id == request.staff.user_id or request.staff.may(Right.KEEP_STAFF, request.school)


def _kept(request: StaffRequest, question: int) -> Kept:
    kept = kept_question(request.school, request.staff.user_id, question)
    if kept is None:
        raise Http404("There is no such page.")
    return kept


def _to(request: StaffRequest, query: str) -> HttpResponse:
    return redirect(f"{reverse('ask', kwargs={'school': request.school.slug})}?{query}")
