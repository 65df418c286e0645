"""Signing in by a code: the library's forms, with our words. The answer is the same for every address."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError

from allpresent.accounts.actions import family_account
from allpresent.parents.queries import children_of
from allpresent.shared import clock

TOO_MANY = "Too many codes were asked for with this address. Wait fifteen minutes, or ring the school."


class AddressForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= {
            "required": "Give your e-mail address",
            "invalid": "Give your e-mail address in full, such as g.adeyemi@example.org",
        }

    def clean_email(self) -> str:
        """The address; its account stands in `_user`, or None for one that no school holds for a parent."""
        email = self.cleaned_data["email"].strip().lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise ValidationError(TOO_MANY)
        child = next(children_of(email, clock.today()), None)
        user = family_account(email=email, name=child.who, now=clock.now()) if child else None
        self._user = user if user and user.is_active else None
        return email


class CodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].error_messages |= {"required": "Give the code from the e-mail"}
