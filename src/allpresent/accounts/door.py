"""The door: nothing opens by itself.

Every view says what right it needs (`@needs(Right.X)`) or that anybody may see it (`@open_to_all`). A view that says
neither is not opened at all. A page of a school where the person holds nothing does not exist for them: 404.

A session begun by an e-mailed code opens the pages of parents (`parents.door`) and none of the staff's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from allpresent.accounts.code_sessions import FAMILY, begun_by_code
from allpresent.accounts.rights import Right
from allpresent.accounts.staff import Staff, staff_on
from allpresent.core.policy.words_of import Words
from allpresent.schools.models import School
from allpresent.schools.queries import school_of, setting_of
from allpresent.shared import clock

View = Callable[..., HttpResponse]
ANYBODY = "anybody"
SIGNED_IN = "signed in"
PARENTS = "parents"
"""Said of a view by `parents.door.open_to_parents`, which reads who is there by itself."""
HOLDERS = "holders of a signed link"
"""Said of a view by `elsewhere.door.open_to_holders`, which finds the link of the token by itself, or gives 404."""
CHANGE_PASSWORD = "account_change_password"
"""The one page that opens to a password somebody else has seen."""


class StaffRequest(HttpRequest):
    """A request that has come through the door (for readers and type checkers; never constructed)."""

    staff: Staff
    school: School
    words: Words


def needs(right: Right) -> Callable[[View], View]:
    """The view is opened to staff who hold the right at the school in its address."""

    def mark(view: View) -> View:
        view.opens_to = right
        return view

    return mark


def open_to_all(view: View) -> View:
    view.opens_to = ANYBODY
    return view


def open_to_signed_in(view: View) -> View:
    view.opens_to = SIGNED_IN
    return view


def opens_to(view: View) -> Right | str | None:
    """What a view says of itself. Sign-in's own views come from the library and are open to all."""
    said = getattr(view, "opens_to", None) or getattr(getattr(view, "view_class", None), "opens_to", None)
    if said is None and view.__module__.startswith("allauth."):
        return ANYBODY
    return said


class Door:
    """Middleware: reads who is asking, finds the school in the address, and asks for the view's right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: tuple, kwargs: dict[str, Any]) -> HttpResponse | None:
        said = opens_to(view)
        if said is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not say whom it opens to")
        if "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("An address holds a character that no keyboard types.")
        if said in (ANYBODY, PARENTS, HOLDERS):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if begun_by_code(request):
            return _to_the_family(said)
        if request.user.must_change_password and request.resolver_match.url_name != CHANGE_PASSWORD:
            return redirect(CHANGE_PASSWORD)
        request.staff = staff_on(request.user.id, request.user.name, clock.today())
        if said == SIGNED_IN:
            return None
        request.school = _school(request.staff, kwargs.pop("school"))
        request.words = setting_of(request.school).words_on(clock.today())
        if not request.staff.may(said, request.school):
            raise PermissionDenied(f"Your role here does not include: {said}.")
        return None


def _to_the_family(said: Right | str) -> HttpResponse:
    """Staff's pages for somebody who came with an e-mailed code: those of schools do not exist."""
    if said == SIGNED_IN:
        return redirect(FAMILY)
    raise Http404("There is no such page.")


def _school(staff: Staff, slug: str) -> School:
    school = school_of(slug)
    if school is None or not any(staff.at(school)):
        raise Http404("There is no such page.")
    return school
