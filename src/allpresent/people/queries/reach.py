"""Where the adults around a child can be reached, and who must not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from allpresent.people.models import PupilContact
from allpresent.schools.models import School


class Reached(NamedTuple):
    """One adult as one child has them. `contact_id` is the person's own number, the same for all their children."""

    contact_id: int
    name: str
    relation: str
    is_parent: bool
    restriction: str
    email: str
    mobile: str
    numbers: tuple[str, ...]
    address: str

    @property
    def restricted(self) -> bool:
        return bool(self.restriction)


def adults_around(pupil_id: int) -> tuple[Reached, ...]:
    """The adults of one child in calling order, restricted ones among them: one query.

    `address` is the child's own where the adult lives with the child and has none written down.
    """
    return adults_around_each([pupil_id])[pupil_id]


def adults_around_each(pupil_ids: Iterable[int]) -> dict[int, tuple[Reached, ...]]:
    """As `adults_around`, of many children: one query, however many."""
    found: dict[int, tuple[Reached, ...]] = dict.fromkeys(pupil_ids, ())
    links = PupilContact.objects.filter(pupil_id__in=list(found)).select_related("contact", "pupil")
    for link in sorted(links, key=lambda link: (link.calling_order or 999, link.id)):
        found[link.pupil_id] = (*found[link.pupil_id], _reached(link))
    return found


def restricted_everywhere(school: School | None) -> Iterator[Reached]:
    """The adults of a school (None: of every school) who have a restriction for each of their children there."""
    links: QuerySet[PupilContact] = PupilContact.objects.select_related("contact", "pupil")
    if school is not None:
        links = links.filter(pupil__school=school)
    held = links.exclude(restriction="")
    free = set(links.filter(restriction="", contact__in=held.values("contact")).values_list("contact_id", flat=True))
    return (_reached(link) for link in held if link.contact_id not in free)


def _reached(link: PupilContact) -> Reached:
    adult = link.contact
    address = adult.address or (link.pupil.address if link.lives_with else "")
    return Reached(
        adult.id, adult.name, link.relation, link.is_parent, link.restriction, adult.email, adult.mobile,
        adult.numbers, address,
    )  # fmt: skip
