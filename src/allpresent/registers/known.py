"""A past moment to look from: what the register said then."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest

from allpresent.shared.clock import LONDON, BadMoment, read_moment


class Known(NamedTuple):
    """The moment looked from (None: now), what was typed for it, and what is wrong with that."""

    moment: datetime | None
    typed: str
    wrong: str

    @property
    def query(self) -> str:
        """What to add to an address to go on looking from the same moment."""
        return f"?known={self.typed}" if self.moment else ""


def known_on(request: HttpRequest) -> Known:
    """Read from the address: `?known=2026-10-01T09:00`, London time."""
    typed = request.GET.get("known", "").strip()[:40]
    if not typed:
        return Known(None, "", "")
    try:
        moment = read_moment(typed)
        shown = f"{moment.astimezone(LONDON):%Y-%m-%dT%H:%M}"
    except (BadMoment, OverflowError):
        return Known(None, typed, f"“{typed}” is not a date and a time. Give both, such as 1 October 2026, 9:00.")
    return Known(moment, shown, "")
