"""What every page's frame needs: whose page it is, at which school, which rooms are open to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from allpresent.core.policy.words_of import Words
from allpresent.shared import clock


class Room(NamedTuple):
    """A link of the frame."""

    name: str
    address: str
    here: bool


def layout(request: HttpRequest) -> dict[str, Any]:
    """`words`: what the school calls pupils, itself, its head (accounts.door)."""
    return {
        "words": getattr(request, "words", Words()),
        "staff": getattr(request, "staff", None),
        "school": getattr(request, "school", None),
        "rooms": tuple(_rooms(request, settings.ROOMS_SHOWN)),
        "folded": tuple(_rooms(request, settings.ROOMS_FOLDED)),
        "room_pages": tuple(_room_pages(request)),
        "search": _search(request),
        "demonstration": settings.DEMONSTRATION,
        "clock_set": bool(settings.CLOCK),
        "now": clock.now(),
    }


def _rooms(
    request: HttpRequest, listed: Iterable[tuple[str, str, Any]], fronts: Iterable[str] = ("today",)
) -> Iterator[Room]:
    """The rooms of a list that this person may open at this school, in the school's own words.

    `fronts`: pages with whose address those of others begin; one is there on themselves alone.
    """
    school = getattr(request, "school", None)
    if school is None:
        return
    for name, address_name, right in listed:
        if request.staff.may(right, school):
            address = reverse(address_name, kwargs={"school": school.slug})
            here = request.path == address or (address_name not in fronts and request.path.startswith(address))
            shown = request.words.pupils if address_name == "pupils" else name
            yield Room(shown[0].upper() + shown[1:], address, here)


def _room_pages(request: HttpRequest) -> Iterator[Room]:
    """The pages of the room that the address is in, where the room has several to go between."""
    match = request.resolver_match
    room = match.route.removeprefix("<slug:school>/").partition("/")[0] if match else ""
    yield from _rooms(request, settings.ROOM_PAGES.get(room, ()), fronts=(room,))


def _search(request: HttpRequest) -> str:
    """The address that searches pupils, for those who may see them; else ''."""
    school = getattr(request, "school", None)
    name, right = settings.SEARCH
    allowed = school is not None and request.staff.may(right, school)
    return reverse(name, kwargs={"school": school.slug}) if allowed else ""
