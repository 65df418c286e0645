"""What every page's frame needs: whose page it is, at which school, which rooms are open to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from allpresent.shared import clock


class Room(NamedTuple):
    """A link of the frame."""

    name: str
    address: str
    here: bool


def layout(request: HttpRequest) -> dict[str, Any]:
    return {
        "staff": getattr(request, "staff", None),
        "school": getattr(request, "school", None),
        "rooms": tuple(_rooms(request)),
        "demonstration": settings.DEMONSTRATION,
        "clock_set": bool(settings.CLOCK),
        "now": clock.now(),
    }


def _rooms(request: HttpRequest) -> Iterator[Room]:
    """The rooms that this person may open at this school (settings.ROOMS_SHOWN)."""
    school = getattr(request, "school", None)
    if school is None:
        return
    for name, address_name, right in settings.ROOMS_SHOWN:
        if request.staff.may(right, school):
            address = reverse(address_name, kwargs={"school": school.slug})
            yield Room(name, address, request.path == address or (request.path.startswith(address) and name != "Today"))
