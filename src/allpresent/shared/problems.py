"""What stands in the way of a change, as values that a page can show beside a field."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend. `field` is the form's field it belongs to, or '' for the whole of it."""

    field: str
    message: str


class Refused(NamedTuple):
    """Nothing was changed, and why."""

    problems: tuple[Problem, ...]


def refused(field: str, message: str) -> Refused:
    """A refusal for one reason."""
    return Refused((Problem(field, message),))
