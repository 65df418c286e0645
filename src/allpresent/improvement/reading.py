"""What the views of this room read of a request."""

from __future__ import annotations

from typing import TypeVar

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import StaffRequest
from allpresent.accounts.rights import Right
from allpresent.core.policy.policy import Policy
from allpresent.improvement.permissions import may_set_goals
from allpresent.improvement.queries import Member, staff_to_train
from allpresent.improvement.queries.targets import policy_or_none
from allpresent.shared import clock

T = TypeVar("T")
BIGGEST = 2**62


def policy_of(request: StaffRequest) -> Policy | None:
    return policy_or_none(request.school, clock.today())


def members_of(request: StaffRequest) -> tuple[Member, ...]:
    """Everyone to whom something can be given."""
    return staff_to_train(request.school, clock.today())


def signed(request: StaffRequest) -> dict[str, object]:
    """Who does it, and when."""
    return {"by": request.staff.signer(request.school), "now": clock.now()}


def keeps(request: StaffRequest) -> bool:
    """Whether whoever looks keeps the targets, the plan and the training."""
    return request.staff.may(Right.KEEP_PLAN, request.school)


def sets_goals(request: StaffRequest) -> bool:
    return may_set_goals(request.staff, request.school, policy_of(request))


def sees_names(request: StaffRequest) -> bool:
    """Whether they may know every child of the school by name."""
    return request.staff.reaches_all(Right.SEE_PUPIL, request.school)


def sees_restricted(request: StaffRequest) -> bool:
    return request.staff.may(Right.SEE_RESTRICTED, request.school)


def or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def small_enough(number: int) -> int:
    """A number that a database can look for; there is no page of any other."""
    if number > BIGGEST:
        raise Http404
    return number


def number_in(text: str) -> int | None:
    """A number that an address or a form gives; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def shown(request: StaffRequest, template: str, form: Form, **page: object) -> HttpResponse:
    """A page with a form: 422 where something in it is to be mended."""
    facts = {"form": form, "draft": request.path, **page}
    return render(request, f"improvement/{template}.html", facts, status=422 if form.errors else 200)
