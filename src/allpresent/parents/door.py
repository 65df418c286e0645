"""The parents' door: who is there by a code, and which of their children the page is about.

A session begun with a staff password does not open these pages: a staff account's address was typed by a colleague,
and only a code shows that it is the person's own. A person who is both signs in twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from allpresent.accounts.code_sessions import begun_by_code
from allpresent.accounts.door import PARENTS
from allpresent.core.policy.words_of import Words
from allpresent.parents.drafts import keep_draft
from allpresent.parents.family import Child, Parent
from allpresent.parents.queries import parent_of
from allpresent.schools.queries import setting_of
from allpresent.shared import clock

View = Callable[..., HttpResponse]
SIGN_IN = "account_request_login_code"
IDLE = timedelta(minutes=30)
"""After so long without a page, a phone that others use too is asked for a new code."""
SEEN = "family_seen"
_SEEN_EVERY = timedelta(minutes=1)


class ParentRequest(HttpRequest):
    """A request that has come through the parents' door (for readers and type checkers; never constructed).

    `child` is there where the address names one.
    """

    parent: Parent
    child: Child
    words: Words


def open_to_parents(view: View) -> View:
    """The view is opened to whoever came by a code; a child in its address is one of theirs, or does not exist."""

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not begun_by_code(request) or _has_been_idle(request, clock.now()):
            return redirect_to_login(request.get_full_path(), SIGN_IN)
        request.parent = parent_of(request.user.id, request.user.email, clock.today())
        if "child" in kwargs:
            request.child = _child(request.parent, kwargs.pop("child"))
            request.words = setting_of(request.child.school).words_on(clock.today())
        return view(request, *args, **kwargs)

    opened.opens_to = PARENTS
    return opened


def _child(parent: Parent, id: int) -> Child:
    found = parent.child(id)
    if found is None:
        raise Http404("There is no such page.")
    return found


def _has_been_idle(request: HttpRequest, now: datetime) -> bool:
    """Whether the session has lain too long; then it is over, and what was typed is kept for the same person."""
    seen = request.session.get(SEEN)
    since = now - datetime.fromisoformat(seen) if seen else timedelta()
    if since > IDLE:
        user_id = request.user.id
        logout(request)
        keep_draft(request, user_id)
        return True
    if not seen or abs(since) > _SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
    return False
