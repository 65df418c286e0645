"""The two pages of signing in by a code: the address, then the code. The library's views, in our layout."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from allpresent.accounts.code_sessions import FAMILY, begun_by_code
from allpresent.accounts.door import open_to_all
from allpresent.parents.door import SIGN_IN

WRONG_THRICE = "That was not the code, three times. Ask for a new one: it takes a moment."


class AskForCode(RequestLoginCodeView):
    """The address. Somebody signed in as staff is told how to get here; an older code asked for is forgotten."""

    template_name = "parents/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(FAMILY) if begun_by_code(request) else render(request, "parents/as_staff.html")
        return super().dispatch(request, *args, **kwargs)

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class GiveCode(ConfirmLoginCodeView):
    """The code. After three wrong ones a new one is asked for. A demonstration, which sends nothing, shows it."""

    template_name = "parents/code.html"

    def get_context_data(self, **shown: Any) -> dict[str, Any]:
        code = self._process.code if settings.DEMONSTRATION else ""
        return super().get_context_data(**shown) | {"shown_code": code}

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.error(self.request, WRONG_THRICE)
        return redirect(SIGN_IN)


ask_for_code = open_to_all(AskForCode.as_view())
give_code = open_to_all(GiveCode.as_view())
