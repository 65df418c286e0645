"""Signing in and changing one's password: the library's forms, with our words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages |= {
            "required": "Give your e-mail address",
            "invalid": "Give your e-mail address in full, such as j.marsh@example.org",
        }
        self.fields["password"].error_messages |= {"required": "Give your password"}


class PasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].error_messages |= {"required": "Give the password you have now"}
        self.fields["password1"].error_messages |= {"required": "Give a new password"}
        self.fields["password2"].error_messages |= {"required": "Give the new password again"}
