"""The pages of wording: every template, and one of them in the school's own words."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.core.messages.wording import Wording, wording_faults
from allpresent.messages.actions import keep_wording
from allpresent.messages.forms import WordingForm
from allpresent.messages.models import TemplateVersion
from allpresent.messages.pages import WordingLine, wording_page
from allpresent.messages.wordings import wording_of, wordings
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.KEEP_TEMPLATES)
def wordings_of_school(request: StaffRequest) -> HttpResponse:
    """Every template, and which of them this school has in its own words."""
    own = set(TemplateVersion.objects.filter(school=request.school).values_list("template", flat=True))
    lines = sorted(
        (WordingLine(one, one.key in own) for one in wordings().values()), key=lambda line: line.wording.title
    )
    return render(request, "messages/wordings.html", {"lines": lines})


@needs(Right.KEEP_TEMPLATES)
def wording(request: StaffRequest, template: str) -> HttpResponse:
    """One template: its fields, how it looks with sample values, and the school's words to change."""
    if template not in wordings():
        raise Http404
    held = wording_of(request.school, template)
    form = WordingForm(request.POST or None, initial={"subject": held.subject, "body": held.body})
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST and _kept(request, held, form):
        return redirect("wording", school=request.school.slug, template=template)
    shown = _shown(held, form)
    versions = TemplateVersion.objects.filter(school=request.school, template=template).order_by("-id")
    page = wording_page(held, wordings()[template], shown, versions)
    facts = {"page": page, "form": form, "previewed": shown is not held}
    return render(request, "messages/wording.html", facts, status=422 if form.errors else 200)


def _kept(request: StaffRequest, held: Wording, form: WordingForm) -> bool:
    result = keep_wording(
        school=request.school, template=held.key, **form.cleaned_data, by=request.staff.signer(request.school),
        now=clock.now(),
    )  # fmt: skip
    if isinstance(result, Refused):
        form.refuse(result)
        return False
    notices.success(request, "The new words are kept." if result else "These are the words that hold already.")
    return True


def _shown(held: Wording, form: WordingForm) -> Wording:
    """The words to preview: what was typed, where it fits the fields; else what holds, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return held
    typed = replace(held, **form.cleaned_data)
    faults = tuple(wording_faults(typed))
    for part, says in faults:
        form.add_error(part, says)
    return held if faults else typed
