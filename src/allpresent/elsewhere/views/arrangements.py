"""Placing a pupil at a provider, and ending it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.elsewhere import actions
from allpresent.elsewhere.forms import ArrangementForm, EndForm
from allpresent.elsewhere.views.reading import arrangement_or_404, provider_or_404, pupil_asked
from allpresent.people.changing import change, sent
from allpresent.people.queries import search_pupils
from allpresent.registers.missing import says_what_is_missing
from allpresent.shared import clock


@needs(Right.KEEP_PROVIDERS)
@says_what_is_missing
def new_arrangement(request: StaffRequest, provider: int) -> HttpResponse:
    """Place a pupil at a provider: first who, then when."""
    found, pupil = provider_or_404(request, provider), pupil_asked(request)
    if pupil is None:
        return find_pupil(request, f"Who goes to {found.name}?")
    by, now = request.staff.signer(request.school), clock.now()
    form = ArrangementForm(sent(request), initial={"nature": found.nature, "begins": clock.today()})
    return change(
        request, form,
        lambda given: actions.arrange(
            school=request.school, pupil=pupil, provider=found, place=form.place, key=given["key"], by=by, now=now
        ),
        title=f"{pupil.name} at {found.name}", button="Place", done=f"{pupil.name} is placed at {found.name}.",
        back=_provider(request, found.id), template="elsewhere/form.html", pupil=pupil,
        intro="The register holds the next ten school days ahead, and follows as time goes on.",
        clauses=("O-B-5.3", "O-B-5.4", "M-4.1g"),
    )  # fmt: skip


@needs(Right.KEEP_PROVIDERS)
def end_arrangement(request: StaffRequest, arrangement: int) -> HttpResponse:
    """End an arrangement on a day."""
    one, now = arrangement_or_404(request, arrangement), clock.now()
    by = request.staff.signer(request.school)
    return change(
        request, EndForm(sent(request), initial={"last_day": clock.today()}),
        lambda given: actions.end_arrangement(school=request.school, arrangement=one, by=by, now=now, **given),
        title=f"The last day at {one.provider_name}", button="End it", done="It ends on that day.",
        back=_provider(request, one.provider_id), template="elsewhere/form.html",
        intro="Nothing is entered ahead past the last day; what is entered already for later sessions is given back.",
        clauses=("O-B-5.1",),
    )  # fmt: skip


def find_pupil(request: StaffRequest, title: str) -> HttpResponse:
    """A pupil on the roll today by a few letters; where one fits, straight on."""
    search = request.GET.get("q", "").strip()[:100]
    found = search_pupils(request.school, search, clock.today()) if search else ()
    if len(found) == 1:
        return redirect(f"{request.path}?pupil={found[0].pupil.id}")
    page = {"title": title, "search": search, "found": found, "back": reverse("elsewhere", kwargs=_at(request))}
    return render(request, "elsewhere/find.html", page)


def _at(request: StaffRequest) -> dict[str, str]:
    return {"school": request.school.slug}


def _provider(request: StaffRequest, number: int) -> str:
    return reverse("provider", kwargs=_at(request) | {"provider": number})
