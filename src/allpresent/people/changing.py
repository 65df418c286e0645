"""The one way a form of the roll is shown, sent, refused and done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.door import StaffRequest
from allpresent.people.forms import RollForm
from allpresent.people.models import Pupil
from allpresent.people.queries import pupil_of
from allpresent.shared.problems import Refused


def pupil_or_404(request: StaffRequest, pupil_id: int) -> Pupil:
    """A pupil of this school; another school's does not exist."""
    pupil = pupil_of(request.school, pupil_id)
    if pupil is None:
        raise Http404
    return pupil


def sent(request: StaffRequest) -> Any:
    """The form's data when it was sent, None when it is only asked for."""
    return request.POST if request.method == "POST" else None


def change(
    request: StaffRequest,
    form: RollForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    template: str = "people/change.html",
    **shown: Any,
) -> HttpResponse:
    """Show a form; when it is sent and its shape is right, act. A refusal comes back beside its fields."""
    if form.is_valid():
        result = act(form.cleaned_data)
        if not isinstance(result, Refused):
            messages.success(request, done)
            return redirect(back)
        form.refuse(result)
    context = {"form": form, "title": title, "button": button, "back": back, **shown}
    return render(request, template, context, status=422 if form.errors else 200)
