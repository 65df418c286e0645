"""Signing in: the library's form, with our words."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages |= {
            "required": "Give your e-mail address",
            "invalid": "Give your e-mail address in full, such as j.marsh@example.org",
        }
        self.fields["password"].error_messages |= {"required": "Give your password"}
