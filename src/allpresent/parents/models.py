"""What parents ask to have changed of what a school holds about them, and what the office answered. Rows are added."""

from __future__ import annotations

from django.db import models

from allpresent.shared.models import SignedModel


class DetailsProposal(SignedModel):
    """One parent's word on their details. No `changes`: they said that all of it is still right (O-B-14.4).

    `changes` holds, by field, what the page showed and what it should be: {"mobile": ["07700 900123", "..."]}.
    Nothing is changed by it: the office accepts or not (O-B-1.3).
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey("people.Contact", models.PROTECT, related_name="details_proposals")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="+", db_index=False)
    changes = models.JSONField(default=dict)
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_proposal_of_a_key", fields=["school", "key"])]


class DetailsDecision(SignedModel):
    """The office's answer to a proposal, once. `says` is shown to the parent."""

    proposal = models.OneToOneField(DetailsProposal, models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    says = models.CharField(max_length=300, blank=True)
