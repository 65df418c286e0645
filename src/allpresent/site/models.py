"""Comings and goings after the register: each kept as it was recorded. They touch no mark (O-B-3.1.1, O-B-10.2)."""

from __future__ import annotations

from django.db import models

from allpresent.core.onsite import CrossingKind
from allpresent.shared.models import SignedModel


class Crossing(SignedModel):
    """One pupil through the gate, out or in. A correction is a new row that replaces the older one; both stay.

    `day` is the day of the story it belongs to: who left on Tuesday and was found on Wednesday, is found in Tuesday's.
    `number` counts the rows of a pupil's day: of two recorded at once, the second is told of the first.
    """

    class Kind(models.TextChoices):
        SIGNED_OUT = CrossingKind.SIGNED_OUT.value, "Signed out"
        SENT_HOME = CrossingKind.SENT_HOME.value, "Sent home ill"
        LEFT = CrossingKind.LEFT.value, "Left without permission"
        CAME_BACK = CrossingKind.CAME_BACK.value, "Came back"
        FOUND = CrossingKind.FOUND.value, "Found"
        MISTAKE = CrossingKind.MISTAKE.value, "Did not happen"

    class Why(models.TextChoices):
        APPOINTMENT = "appointment", "An appointment"
        ILL = "ill", "Ill"
        END_OF_DAY = "end of day early", "The day ends early for this child"
        SUSPENDED = "suspended", "Suspended"
        OTHER = "other", "Another reason"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="crossings", db_index=False)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=Kind.choices)
    crossed_at = models.DateTimeField("when it happened")
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    says = models.CharField("in words", max_length=300, blank=True)
    with_name = models.CharField("with whom", max_length=200, blank=True)
    with_relation = models.CharField(max_length=60, blank=True)
    contact_id = models.BigIntegerField("the pupil's contact they left with", null=True)
    confirmed_by = models.CharField("who confirmed it", max_length=200, blank=True)
    confirmed_how = models.CharField("how it was confirmed", max_length=300, blank=True)
    agreed_by = models.CharField("member of staff who agreed", max_length=400, blank=True)
    expected_back_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField("last seen on site", null=True)
    noticed_by = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField("why it was corrected", max_length=300, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["day", "pupil_id", "number"]
        indexes = [models.Index(fields=["school", "day"], name="crossing_of_school_day")]
        constraints = [
            models.UniqueConstraint(name="one_crossing_of_a_number", fields=["pupil", "day", "number"]),
            models.UniqueConstraint(name="one_crossing_of_a_key", fields=["school", "key"]),
        ]
