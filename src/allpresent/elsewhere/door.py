"""The door of signed links: whoever holds one sees that provider's page and nothing else; no account is needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from allpresent.accounts.door import HOLDERS
from allpresent.elsewhere.queries import LinkHeld, link_of
from allpresent.shared import clock

MOST_WRONG = 20
"""Wrong links from one address within `WINDOW` seconds; then none opens from there for as long."""
WINDOW = 300
HolderView = Callable[[HttpRequest, LinkHeld], HttpResponse]


def open_to_holders(view: HolderView) -> Callable[..., HttpResponse]:
    """The view is given the link of the token in its address. One that is wrong, ended or taken back: 404."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        tried = f"wrong-links:{get_adapter(request).get_client_ip(request)}"
        if cache.get(tried, 0) >= MOST_WRONG:
            facts = {"title": "Too many wrong links", "says": "Wait five minutes, then open your link again."}
            return render(request, "shared/fault.html", facts, status=429)
        link = link_of(token, now=clock.now())
        if link is None:
            cache.set(tried, cache.get(tried, 0) + 1, WINDOW)
            raise Http404("There is no such page.")
        return view(request, link)

    opened.opens_to = HOLDERS
    return opened
