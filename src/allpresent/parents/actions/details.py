"""What a parent asks to have changed, and the office's answer: only an accepted change reaches the roll (O-B-1.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from allpresent.parents.details import CHILD_ADDRESS, Details, Wanted, differences
from allpresent.parents.details_queries import Proposal, details_held
from allpresent.parents.family import Child, Parent
from allpresent.parents.models import DetailsDecision, DetailsProposal
from allpresent.people.actions import AdultDetails, Change, ContactDetails, amend_roll, change_contact
from allpresent.people.models import PupilContact
from allpresent.schools.models import School
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import moment

TWICE = "This form was sent before with other details. Open the page again and send it once more."
ANSWERED = "A colleague has answered this already. Nothing of yours was kept: look at the answer."
GONE = "This adult is no longer among the child’s contacts, so there is nothing to change. Leave it as it is."


def propose_details(
    *, parent: Parent, child: Child, given: Details, key: str, now: datetime
) -> DetailsProposal | Refused:
    """Keep what a parent wants changed, or that all is still right where nothing differs. Sent twice, kept once.

    Raises ValueError where several adults share the parent's address. (O-B-1.3, O-B-14.4)
    """
    wanted = {one.field: [one.seen, one.new] for one in differences(details_held(child), given)}
    [contact_id] = child.contact_ids
    by = parent.signer(child)
    row = DetailsProposal(
        school=child.school, contact_id=contact_id, pupil_id=child.id, changes=wanted, key=f"{key}-{child.id}",
        at=now, by_id=by.user_id, by_name=by.name, by_position=by.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        held = DetailsProposal.objects.get(school=child.school, key=row.key)
        same = (held.contact_id, held.pupil_id, held.changes) == (row.contact_id, row.pupil_id, row.changes)
        return held if same else refused("", TWICE)
    return row


def answer_proposal(
    *, school: School, proposal: Proposal, accepted: bool, says: str, by: Signer, now: datetime
) -> DetailsDecision | Refused:
    """Accept a change, which amends the roll and the contact, or leave them as they are and say why.

    Refused where what is held has changed since the parent saw it. (O-B-1.3)
    """
    if not accepted and not says.strip():
        return refused("says", "Say why not: the parent reads it.")
    try:
        with transaction.atomic():
            row = DetailsDecision.objects.create(
                proposal_id=proposal.id, accepted=accepted, says=says.strip(), at=now, by_id=by.user_id,
                by_name=by.name, by_position=by.position,
            )  # fmt: skip
            if accepted and (refusal := _carry_out(school, proposal, by, now)):
                raise _Undone(refusal)
    except _Undone as undone:
        return undone.refusal
    except IntegrityError:
        return refused("", ANSWERED)
    return row


class _Undone(Exception):
    """The change could not be made, so the answer is not kept either."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def _carry_out(school: School, proposal: Proposal, by: Signer, now: datetime) -> Refused | None:
    mine = PupilContact.objects.filter(pupil__school=school, pupil_id=proposal.pupil_id, contact_id=proposal.contact_id)
    link = mine.select_related("contact", "pupil").first()
    if link is None:
        return refused("", GONE)
    reason = f"Asked for by {proposal.who} on the parents’ pages, {moment(proposal.at)}"[:300]
    own = [one for one in proposal.wanted if one.field != CHILD_ADDRESS]
    for one in own:
        if (now_held := getattr(link.contact, one.field)).strip() != one.seen:
            return refused("", _changed(one, now_held))
    if own:
        changed = _adult(link, own)
        done = change_contact(link=link, adult=changed, details=_standing(link), reason=reason, by=by, now=now)
        if isinstance(done, Refused):
            return done
    return _amend_address(link, proposal, reason, by, now)


def _amend_address(link: PupilContact, proposal: Proposal, reason: str, by: Signer, now: datetime) -> Refused | None:
    for one in proposal.wanted:
        if one.field == CHILD_ADDRESS:
            if link.pupil.address.strip() != one.seen:
                return refused("", _changed(one, link.pupil.address))
            change = Change(link.pupil.address, one.new)
            done = amend_roll(pupil=link.pupil, changes={"address": change}, reason=reason, by=by, now=now)
            return done if isinstance(done, Refused) else None
    return None


def _changed(one: Wanted, held: str) -> str:
    return f"{one.label} has changed since the parent saw it: it now reads “{held}”. Leave it as it is, or ring them."


def _adult(link: PupilContact, own: list[Wanted]) -> AdultDetails:
    held = {field: getattr(link.contact, field) for field in AdultDetails.__dataclass_fields__}
    return AdultDetails(**held | {one.field: one.new for one in own})


def _standing(link: PupilContact) -> ContactDetails:
    return ContactDetails(**{field: getattr(link, field) for field in ContactDetails.__dataclass_fields__})
