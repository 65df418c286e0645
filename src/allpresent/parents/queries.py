"""What parents' pages read: whose parent an address is, and what is known of the children. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q

from allpresent.absences.lines import NoticeLine
from allpresent.absences.models import Notice
from allpresent.leave.models import Request
from allpresent.parents.family import Child, Parent
from allpresent.people.models import Enrolment, PupilContact
from allpresent.schools.models import School

LEAVER_SHOWN = timedelta(days=30)
"""How long after the last day on the register a parent still opens a child's page, to read."""


def parent_of(user_id: int, email: str, day: date) -> Parent:
    """Whoever holds an address, and their children on a day: two queries."""
    return Parent(user_id, email, tuple(children_of(email, day)))


def children_of(email: str, day: date) -> Iterator[Child]:
    """The children for whom the address is a parent's, by name.

    Only parents in education law (M-3.5a), never an adult to ring. A child for whom any adult with the address has a
    restriction is not there at all.
    """
    links = _links(email)
    roll = _last_days({link.pupil_id for link in links}, day)
    for pupil_id, of_pupil in groupby(links, key=lambda link: link.pupil_id):
        adults = tuple(of_pupil)
        parents = [link for link in adults if link.is_parent]
        if parents and pupil_id in roll and not any(link.restriction for link in adults):
            yield _child(parents, roll[pupil_id])


def _links(email: str) -> tuple[PupilContact, ...]:
    email = email.strip()
    if not email:
        return ()
    found = PupilContact.objects.filter(contact__email__iexact=email).select_related("contact", "pupil__school")
    order = ("pupil__forename", "pupil__surname", "pupil_id", "calling_order", "id")
    return tuple(found.order_by(*order))


def _last_days(pupil_ids: Iterable[int], day: date) -> dict[int, date | None]:
    """The pupils whose page is open on a day, with the last day of those who have left."""
    shown = Q(ends__isnull=True) | Q(ends__gte=day - LEAVER_SHOWN)
    rows = Enrolment.objects.filter(shown, pupil_id__in=pupil_ids, begins__lte=day).order_by("begins")
    return {row.pupil_id: row.ends if row.ends and row.ends < day else None for row in rows}


def _child(links: list[PupilContact], left: date | None) -> Child:
    pupil = links[0].pupil
    return Child(
        id=pupil.id,
        called=pupil.called,
        surname=pupil.surname,
        year_group=pupil.year_group,
        school=pupil.school,
        names=tuple(dict.fromkeys(link.contact.name for link in links)),
        relations=tuple(link.relation for link in links),
        contact_ids=tuple(link.contact_id for link in links),
        link_ids=tuple(link.id for link in links),
        lives_with=all(link.lives_with for link in links),
        left=left,
    )


def told(pupil_ids: Iterable[int], first: date, last: date) -> dict[int, tuple[NoticeLine, ...]]:
    """The messages that stand about some pupils and hold at some time between two days, as they were told: one query.

    Another adult's are among them: whose words are shown is for the page to say (`Child.is_said_by`).
    """
    holding = Q(day__gte=first) | Q(expected_back__gt=first)
    rows = Notice.objects.filter(holding, pupil_id__in=pupil_ids, day__lte=last, replaced_by__isnull=True)
    found: dict[int, tuple[NoticeLine, ...]] = {}
    for line in map(NoticeLine._make, rows.order_by("told_at", "id").values_list(*NoticeLine._fields)):
        found[line.pupil_id] = (*found.get(line.pupil_id, ()), line)
    return found


def kept_under(school: School, key: str) -> Notice | None:
    """The message that a sending of this key left, if any."""
    return Notice.objects.filter(school=school, key=key).first()


def asked_under(key: str) -> Request | None:
    """The request for leave that a sending of this key left, if any."""
    return Request.objects.filter(key=key).first()
