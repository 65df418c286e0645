"""Pages for what went wrong: what happened, and the way on. No dead ends."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(request: HttpRequest, status: int, title: str, says: str) -> HttpResponse:
    return render(request, "shared/fault.html", {"title": title, "says": says}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, "That could not be read", "Go back and try again. Nothing was changed.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, "Your role does not open this page", str(exception) or "Ask the office who can help.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, "There is no such page", "Check the address, or begin again from Today.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without asking who is there: what went wrong may be the database itself."""
    says = "Nothing was half-saved. Try again in a moment."
    facts = {"title": "Something went wrong on our side", "says": says, "request": None}
    return HttpResponse(render_to_string("shared/fault.html", facts), status=500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        "The page had been open too long to send",
        "Nothing was changed. Go back, load the page again and send it once more: what you typed on a register is "
        "still on this device.",
    )
