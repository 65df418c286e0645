"""What is read of details: as held, what was asked, what was answered. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from allpresent.parents.details import CHILD_ADDRESS, LABELS, Wanted
from allpresent.parents.family import Child
from allpresent.parents.models import DetailsProposal
from allpresent.people.models import Contact, Pupil, PupilContact
from allpresent.schools.models import School


def details_held(child: Child) -> dict[str, str]:
    """What the school holds about the one adult of the address, and where the child lives: two queries.

    The child's address is for those whom the child lives with: nobody else learns here where that is. Raises
    ValueError where several adults share the address: then nobody's is shown.
    """
    [contact_id] = child.contact_ids
    contact, pupil = Contact.objects.get(id=contact_id), Pupil.objects.get(id=child.id)
    own = {field: getattr(contact, field) for field in LABELS if field != CHILD_ADDRESS}
    return own | ({CHILD_ADDRESS: pupil.address} if child.lives_with else {})


def last_confirmed(contact_ids: Iterable[int]) -> dict[int, datetime]:
    """When each contact last looked through their details and sent them: one query."""
    rows = DetailsProposal.objects.filter(contact_id__in=list(contact_ids)).values("contact_id")
    return dict(rows.annotate(last=Max("at")).values_list("contact_id", "last"))


@dataclass(frozen=True)
class Proposal:
    """One proposal as pages show it. `accepted` None: nobody has answered yet. `restriction`: of the adult, if any."""

    id: int
    contact_id: int
    pupil_id: int
    pupil: str
    who: str
    relation: str
    at: datetime
    wanted: tuple[Wanted, ...]
    accepted: bool | None
    says: str
    restriction: str = ""


def proposals_waiting(school: School) -> tuple[Proposal, ...]:
    """The changes that nobody has answered, oldest first: two queries."""
    rows = _with_changes().filter(school=school, decision__isnull=True)
    return _shown(rows.order_by("at", "id"))


def proposal_of(school: School, proposal_id: int) -> Proposal | None:
    """A proposal of the school that asks for a change."""
    return next(iter(_shown(_with_changes().filter(school=school, id=proposal_id))), None)


def proposals_by(child: Child) -> tuple[Proposal, ...]:
    """What the adults of the address have asked about a child, newest first."""
    rows = _with_changes().filter(contact_id__in=child.contact_ids, pupil_id=child.id)
    return _shown(rows.order_by("-at", "-id")[:5])


def _with_changes() -> QuerySet[DetailsProposal]:
    return DetailsProposal.objects.exclude(changes={}).select_related("contact", "pupil", "decision")


def _shown(rows: QuerySet[DetailsProposal]) -> tuple[Proposal, ...]:
    found = list(rows)
    held = PupilContact.objects.filter(contact_id__in=[row.contact_id for row in found]).exclude(restriction="")
    stops = {(link.contact_id, link.pupil_id): link.restriction for link in held}
    return tuple(_proposal(row, stops.get((row.contact_id, row.pupil_id), "")) for row in found)


def _proposal(row: DetailsProposal, restriction: str) -> Proposal:
    decision = getattr(row, "decision", None)
    return Proposal(
        id=row.id,
        contact_id=row.contact_id,
        pupil_id=row.pupil_id,
        pupil=str(row.pupil),
        who=row.contact.name,
        relation=row.by_position,
        at=row.at,
        wanted=tuple(Wanted(field, *row.changes[field]) for field in LABELS if field in row.changes),
        accepted=decision.accepted if decision else None,
        says=decision.says if decision else "",
        restriction=restriction,
    )
