"""How sign-in differs from the library's: staff are appointed, nobody signs up, and a made password is changed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from allpresent.accounts.code_sessions import FAMILY, begun_by_code
from allpresent.accounts.models import User


class StaffOnly(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Try both again.",
        "too_many_login_attempts": "Too many wrong tries. Wait five minutes, then try again.",
        "incorrect_code": "That is not the code we sent. Look in the newest e-mail and try again.",
        "enter_current_password": "This is not your password of now. Try it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Django's validators, and not the password that the person has already: somebody else may have seen it."""
        if user and user.check_password(password):
            raise ValidationError("This is the password you have now. Choose another.")
        return super().clean_password(password, user)

    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse(FAMILY) if begun_by_code(request) else super().get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse(FAMILY) if begun_by_code(request) else super().get_logout_redirect_url(request)
