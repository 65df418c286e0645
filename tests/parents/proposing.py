"""Details that a parent wants changed, and an answer to them."""

from __future__ import annotations

from allpresent.parents.models import DetailsDecision, DetailsProposal
from allpresent.people.models import Pupil, PupilContact
from tests import world


def proposed(link: PupilContact) -> DetailsProposal:
    """A telephone number that a parent wants changed."""
    return DetailsProposal.objects.create(
        school=link.pupil.school, contact=link.contact, pupil=link.pupil,
        changes={"mobile": [link.contact.mobile, "07700 900999"]}, key="a", at=world.BEGINNING,
        by_name=link.contact.name, by_position="Mother",
    )  # fmt: skip


def answered(pupil: Pupil) -> DetailsDecision:
    """A proposal that the office has accepted."""
    proposal = proposed(world.a_contact(of=pupil))
    return DetailsDecision.objects.create(proposal=proposal, accepted=True, at=world.BEGINNING, by_name="Sam")
