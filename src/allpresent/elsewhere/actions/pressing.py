"""A form that is sent twice at the same instant."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError

T = TypeVar("T")


def may_be_sent_twice(act: Callable[..., T]) -> Callable[..., T]:
    """Of two sendings of one key at once, the second waits for the first and then finds what it kept."""

    @wraps(act)
    def acted(**given: Any) -> T:
        try:
            return act(**given)
        except IntegrityError:
            return act(**given)

    return acted
