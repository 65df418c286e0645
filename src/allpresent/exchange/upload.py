"""Receiving a file. What is too big is refused by its announced length, before a byte of it is kept.

The check against forged forms reads the form, and so the file with it: here it runs after the length has been seen.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from allpresent.accounts.door import StaffRequest, needs
from allpresent.accounts.rights import Right
from allpresent.exchange import actions, queries
from allpresent.exchange.files.table import Refused
from allpresent.exchange.forms import SendForm, too_big
from allpresent.shared import clock

_FORM_ROOM = 100_000
"""Bytes that the form takes beside the file."""

_CHUNK = 1_000_000


@csrf_exempt
@needs(Right.IMPORT_ROLL)
def send(request: StaffRequest) -> HttpResponse:
    """Take a file in, or say why not."""
    if request.method != "POST":
        return redirect("roll_import", school=request.school.slug)
    if _announced(request) > settings.ROLL_FILE_MAX_BYTES + _FORM_ROOM:
        _pass_over(request)
        return front_page(request, {"file": [too_big()]}, "", status=413)
    return _receive(request)


@csrf_protect
def _receive(request: StaffRequest) -> HttpResponse:
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return front_page(request, form.errors, request.POST.get("day", ""), status=400)
    result = actions.take_in(
        school=request.school,
        file=form.cleaned_data["file"],
        day=form.cleaned_data["day"],
        by=request.staff.signer(request.school),
        now=clock.now(),
    )
    if isinstance(result, Refused):
        return front_page(request, {"file": [str(result)]}, request.POST.get("day", ""), status=400)
    return redirect("roll_columns", school=request.school.slug, run=result.id)


def front_page(request: HttpRequest, errors: dict[str, list[str]], day: str, status: int = 200) -> HttpResponse:
    """The form, and the last imports."""
    shown = {
        "errors": errors,
        "day": day or f"{clock.today():%d/%m/%Y}",
        "runs": queries.recent_runs(request.school),
        "most": settings.ROLL_FILE_MAX_BYTES // 1_000_000,
    }
    return render(request, "exchange/front.html", shown, status=status)


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _pass_over(request: HttpRequest) -> None:
    """Let the file run past, kept nowhere, so that the browser gets to read our answer."""
    while request.read(_CHUNK):
        pass
