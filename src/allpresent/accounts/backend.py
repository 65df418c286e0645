"""How the person behind a session is found: on every request."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from allpresent.accounts.models import User
from allpresent.shared.prepared import Prepared, columns

_USER = Prepared(lambda user: User.objects.filter(id=user).values_list(*columns(User)), int)


class StaffBackend(AuthenticationBackend):
    """Sign-in by the library; the person of each request by a prepared query. One who is no longer active is nobody."""

    def get_user(self, user_id: int) -> User | None:
        user = _USER.one(User, user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
