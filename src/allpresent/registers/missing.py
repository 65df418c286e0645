"""When a register cannot be drawn because the school has not said something: what is missing, and who can mend it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from allpresent.core.policy.findings import PolicyProblem

SAYS = (
    "The policy in force on that day gives no opening and closing times for the register. The head or the senior "
    "attendance lead can load a policy that does. What the problem is: "
)


def says_what_is_missing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of registers that needs the day's policy."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PolicyProblem as problem:
            facts = {"title": "No register times are set for this day", "says": f"{SAYS}{problem}."}
            return render(request, "shared/fault.html", facts, status=409)

    return shown
