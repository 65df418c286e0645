"""Sessions begun by an e-mailed code: they open the pages of parents, and a password's open those of staff."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

FAMILY = "family"
"""The name of the parents' first page."""


def begun_by_code(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown that the address is theirs, by a code sent to it."""
    return any(record["method"] == "code" for record in get_authentication_records(request, request.user))
