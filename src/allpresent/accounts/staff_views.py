"""The staff list: who holds which role, and the appointing, covering and ending of it."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts import actions
from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.models import Appointment
from allpresent.accounts.pages import role_label, staff_page
from allpresent.accounts.queries import appointment_of, former_staff_of, staff_of
from allpresent.accounts.reach import reach_at
from allpresent.accounts.rights import Right
from allpresent.accounts.staff_forms import NOW, AppointForm, CoverForm, EndForm, GroupsForm
from allpresent.schools.models import Group
from allpresent.shared import clock
from allpresent.shared.problems import Refused


@needs(Right.KEEP_STAFF)
def staff(request: StaffRequest) -> HttpResponse:
    """Everybody who may open something here, and who once could."""
    today = clock.today()
    reach = reach_at(request.staff, request.school)
    present, former = staff_of(request.school, today), former_staff_of(request.school, today)
    page = staff_page(present, former, reach=reach, words=request.words, today=today)
    return render(request, "accounts/staff.html", {"page": page})


@needs(Right.KEEP_STAFF)
def appoint(request: StaffRequest) -> HttpResponse:
    """Appoint somebody to a role here; the password of a new account is shown on the answer, once."""
    reach = reach_at(request.staff, request.school)
    form = AppointForm(
        request.POST or None,
        groups=_groups(request),
        roles=[(role, role_label(role, request.words)) for role in reach.roles],
        initial={"begins": _typed(clock.today())},
    )
    if form.is_valid():
        given = form.cleaned_data
        post = actions.Post(given["role"], given["position"], given["begins"], given["ends"], tuple(given["groups"]))
        done = actions.appoint(
            email=given["email"], name=given["name"], post=post, place=request.school, **_signed(request)
        )
        if not isinstance(done, Refused):
            return _appointed(request, done)
        form.refuse(done)
    return _shown(request, "appoint", form)


def _appointed(request: StaffRequest, done: actions.Appointed) -> HttpResponse:
    user = done.appointment.user
    if done.password:
        return _password_shown(request, f"{user.name} is appointed", user.email, done.password)
    messages.success(request, f"{user.name} is appointed, and signs in as before with {user.email}.")
    return redirect("staff", school=request.school.slug)


@needs(Right.KEEP_STAFF)
def staff_groups(request: StaffRequest, appointment: int) -> HttpResponse:
    """Set which groups an appointment goes with."""
    found = _appointment(request, appointment)
    form = GroupsForm(
        request.POST if request.method == "POST" else None,
        groups=_groups(request),
        initial={"groups": [group.id for group in found.groups.all()]},
    )
    if form.is_valid():
        actions.change_groups(appointment=found, groups=form.cleaned_data["groups"], **_signed(request))
        messages.success(request, f"{found.user.name}'s groups are changed.")
        return redirect("staff", school=request.school.slug)
    return _shown(request, "groups", form, found)


@needs(Right.KEEP_STAFF)
def staff_cover(request: StaffRequest, appointment: int) -> HttpResponse:
    """Give a teacher other groups for some days."""
    found = _appointment(request, appointment)
    today = _typed(clock.today())
    form = CoverForm(request.POST or None, groups=_groups(request), initial={"begins": today, "ends": today})
    if form.is_valid():
        actions.cover(appointment=found, **form.cleaned_data, **_signed(request))
        messages.success(request, f"{found.user.name} covers until the last day, beside the groups of before.")
        return redirect("staff", school=request.school.slug)
    return _shown(request, "cover", form, found)


@needs(Right.KEEP_STAFF)
def staff_end(request: StaffRequest, appointment: int) -> HttpResponse:
    """End an appointment now or after a last day."""
    found = _appointment(request, appointment)
    form = EndForm(request.POST or None)
    if form.is_valid():
        yesterday = clock.today() - timedelta(days=1)
        last_day = yesterday if form.cleaned_data["when"] == NOW else form.cleaned_data["ends"]
        refusal = actions.end_appointment(appointment=found, last_day=last_day, **_signed(request))
        if refusal is None:
            messages.success(request, f"{found.user.name}'s appointment is ended.")
            return redirect("staff", school=request.school.slug)
        form.refuse(refusal)
    return _shown(request, "end", form, found)


@needs(Right.KEEP_STAFF)
def staff_password(request: StaffRequest, appointment: int) -> HttpResponse:
    """Make a password for somebody who lost theirs, shown on the answer, once."""
    found = _appointment(request, appointment)
    if request.method == "POST":
        user = found.user
        password = actions.renew_password(user=user, school=request.school, **_signed(request))
        return _password_shown(request, f"{user.name} has a new password", user.email, password)
    return render(request, "accounts/password.html", {"appointment": found})


def _appointment(request: StaffRequest, id: int) -> Appointment:
    """An appointment at this school, within the reach of whoever asks."""
    found = appointment_of(request.school, id, clock.today())
    if found is None:
        raise Http404
    actions.check_reach(found, reach_at(request.staff, request.school))
    return found


def _signed(request: StaffRequest) -> dict:
    by = request.staff.signer(request.school)
    return {"reach": reach_at(request.staff, request.school), "by": by, "now": clock.now()}


def _typed(day: date) -> str:
    """A day as people type it."""
    return f"{day.day}/{day.month}/{day.year}"


def _groups(request: StaffRequest):
    return Group.objects.filter(school=request.school, closed_on__isnull=True)


def _shown(request: StaffRequest, template: str, form, appointment: Appointment | None = None) -> HttpResponse:
    context = {"form": form, "appointment": appointment}
    return render(request, f"accounts/{template}.html", context, status=422 if form.errors else 200)


def _password_shown(request: StaffRequest, title: str, email: str, password: str) -> HttpResponse:
    """No redirect: a password that is to be seen once is kept nowhere between two pages."""
    context = {"title": title, "email": email, "password": password}
    return render(request, "accounts/password_shown.html", context)
