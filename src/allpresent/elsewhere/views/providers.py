"""The list of providers, one provider, its safeguards and its link."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.elsewhere import actions, queries
from allpresent.elsewhere.forms import CheckForm, ProviderForm, a_year_on
from allpresent.elsewhere.models import Provider
from allpresent.elsewhere.views.reading import MOST, provider_or_404
from allpresent.people.changing import change, sent
from allpresent.people.queries import placed_by, pupils_on_roll
from allpresent.shared import clock

_FACTS = ("name", "kind", "nature", "contact_name", "phone", "email")


@needs(Right.KEEP_PROVIDERS)
def providers(request: StaffRequest) -> HttpResponse:
    """The school's providers."""
    page = {"lines": queries.providers_of(request.school, clock.today())}
    return render(request, "elsewhere/providers.html", page)


@needs(Right.KEEP_PROVIDERS)
def new_provider(request: StaffRequest) -> HttpResponse:
    """Add a provider."""
    form = ProviderForm(sent(request), settings=_settings(request))
    return _keep(request, form, None, "Add a provider", reverse("providers", kwargs=_at(request)))


@needs(Right.KEEP_PROVIDERS)
def change_provider(request: StaffRequest, provider: int) -> HttpResponse:
    """Change what is kept of a provider."""
    found = provider_or_404(request, provider)
    initial = {field: getattr(found, field) for field in _FACTS} | {"setting": str(found.setting_id or "")}
    form = ProviderForm(sent(request), initial=initial, settings=_settings(request))
    return _keep(request, form, found, f"Change {found.name}", _address(request, found))


@needs(Right.KEEP_PROVIDERS)
def provider(request: StaffRequest, provider: int) -> HttpResponse:
    """One provider: how to reach it, its safeguards, who is placed there, its link."""
    return _draw(request, provider_or_404(request, provider))


@needs(Right.KEEP_PROVIDERS)
def new_check(request: StaffRequest, provider: int) -> HttpResponse:
    """Record that safeguards were seen."""
    found, now, today = provider_or_404(request, provider), clock.now(), clock.today()
    by = request.staff.signer(request.school)
    initial = {"seen_on": today, "seen_by": by.name, "valid_until": a_year_on(today)}
    return change(
        request, CheckForm(sent(request), initial=initial),
        lambda given: actions.record_check(provider=found, by=by, now=now, **given),
        title=f"Safeguards at {found.name}", button="Keep", done="The check is kept.",
        back=_address(request, found), template="elsewhere/form.html", clauses=("O-B-5.2",),
        intro="No pupil is placed where nobody has seen how they are kept safe.",
    )  # fmt: skip


@require_POST
@needs(Right.KEEP_PROVIDERS)
def provider_link(request: StaffRequest, provider: int) -> HttpResponse:
    """Make a link and show it, this once: it is kept nowhere."""
    found = provider_or_404(request, provider)
    _, token = actions.make_link(provider=found, by=request.staff.signer(request.school), now=clock.now())
    return _draw(request, found, request.build_absolute_uri(reverse("holder", kwargs={"token": token})))


@require_POST
@needs(Right.KEEP_PROVIDERS)
def revoke_link(request: StaffRequest, link: int) -> HttpResponse:
    """Take a link back."""
    found = queries.link_of_school(request.school, link) if link < MOST else None
    if found is None:
        raise Http404
    actions.revoke_link(link=found, by=request.staff.signer(request.school), now=clock.now())
    messages.success(request, "The link opens nothing any more.")
    return redirect(_address(request, found.provider))


def _keep(request: StaffRequest, form: ProviderForm, found: Provider | None, title: str, back: str) -> HttpResponse:
    by, now = request.staff.signer(request.school), clock.now()
    return change(
        request, form,
        lambda _: actions.keep_provider(school=request.school, facts=form.facts, provider=found, by=by, now=now),
        title=title, button="Keep", done="The provider is kept.", back=back, template="elsewhere/form.html",
        clauses=("O-B-5.1", "O-B-5.3", "O-B-5.4"),
        intro="What it is decides the code: D where the pupil is registered there too, B at a place that is no school.",
    )  # fmt: skip


def _settings(request: StaffRequest) -> list[tuple[int, str]]:
    """The settings of this installation that teach pupils of this school."""
    placed = placed_by(request.school, clock.today())
    return sorted({(one.school_id_there, one.school_name_there) for one in placed})


def _draw(request: StaffRequest, found: Provider, link: str = "") -> HttpResponse:
    today = clock.today()
    names = {pupil.id: pupil for pupil in pupils_on_roll(request.school, today)}
    arranged = [one for one in queries.arrangements_with(found) if one.pupil_id in names]
    line = queries.provider_line(found, today)
    page = {"line": line, "provider": found, "pupils": names, "arranged": arranged, "link": link, "today": today}
    return render(request, "elsewhere/provider.html", {"page": page})


def _at(request: StaffRequest) -> dict[str, str]:
    return {"school": request.school.slug}


def _address(request: StaffRequest, found: Provider) -> str:
    return reverse("provider", kwargs=_at(request) | {"provider": found.id})
