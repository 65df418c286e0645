"""Whose adult somebody is: by their e-mail address, and which other children of the school they have."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Lower

from allpresent.people.models import PupilContact
from allpresent.people.queries.roll import RollPupil, pupils_on_roll
from allpresent.schools.models import School


class Tie(NamedTuple):
    """How an adult stands to one child. `id` is that of PupilContact; `restriction` is '' where there is none."""

    id: int
    pupil_id: int
    contact_id: int
    name: str
    relation: str
    restriction: str
    is_parent: bool
    email: str


class Sibling(NamedTuple):
    """Another child of the same adult, with how the adult stands to that child."""

    pupil: RollPupil
    tie: Tie


def ties_by_address(school: School, addresses: Collection[str]) -> dict[str, tuple[Tie, ...]]:
    """The children of whoever has an e-mail address, by the address in small letters: one query."""
    wanted = {address.casefold() for address in addresses if address}
    rows = _links(school).annotate(address=Lower("contact__email")).filter(address__in=wanted)
    found: dict[str, tuple[Tie, ...]] = {}
    for tie in _ties(rows):
        found[tie.email.casefold()] = (*found.get(tie.email.casefold(), ()), tie)
    return found


def tie_of(school: School, tie_id: int) -> Tie | None:
    """How an adult stands to a child of the school."""
    return next(iter(_ties(_links(school).filter(id=tie_id))), None)


def siblings_of(school: School, tie_id: int, day: date) -> tuple[Sibling, ...]:
    """The other children on the roll on a day of the adult behind a tie, by name: at most three queries."""
    tie = tie_of(school, tie_id)
    if tie is None:
        return ()
    others = {other.pupil_id: other for other in _ties(_links(school).filter(contact_id=tie.contact_id))}
    others.pop(tie.pupil_id, None)
    pupils = pupils_on_roll(school, day) if others else ()
    return tuple(Sibling(pupil, others[pupil.id]) for pupil in pupils if pupil.id in others)


def _links(school: School) -> QuerySet[PupilContact]:
    return PupilContact.objects.filter(pupil__school=school)


def _ties(links: QuerySet[PupilContact]) -> list[Tie]:
    fields = (
        "id", "pupil_id", "contact_id", "contact__name", "relation", "restriction", "is_parent", "contact__email",
    )  # fmt: skip
    return [Tie(*row) for row in links.order_by("calling_order", "id").values_list(*fields)]
