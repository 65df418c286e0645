"""What was tried to find out where a pupil is: added to, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.model.words import Channel
from allpresent.core.response import Result
from allpresent.shared.models import SignedModel

RESULTS = [(result.value, result.value.capitalize()) for result in Result]
CHANNELS = [(channel.value, channel.value.replace("-", " ").capitalize()) for channel in Channel]

WITH_WORDS = [Result.DECIDED.value, Result.SKIPPED.value]
"""Results that say nothing without words."""


class Try(SignedModel):
    """One try at one step of the response, a decision, or a step left out with its reason (M-4.5b, M-4.7c).

    `step` is the step's key, `party` whom it meant, `name` and `number` who was tried and where; `contact_id` names
    how that adult stands to the pupil (PupilContact), where it was one of them. `half` is the session it was about.
    """

    class About(models.TextChoices):
        ABSENCE = "absence", "An absence"
        LEFT_SITE = "left site", "Leaving the site without permission"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="tries", db_index=False)
    about = models.CharField(max_length=12, choices=About.choices, default=About.ABSENCE)
    day = models.DateField()
    half = models.CharField(max_length=2, choices=[(half.value, half.word) for half in Half])
    step = models.CharField(max_length=80)
    party = models.CharField(max_length=40, blank=True)
    contact_id = models.BigIntegerField("how they stand to the pupil", null=True)
    name = models.CharField("who was tried", max_length=200, blank=True)
    number = models.CharField("number or address", max_length=254, blank=True)
    channel = models.CharField(max_length=12, choices=CHANNELS, blank=True)
    result = models.CharField(max_length=20, choices=RESULTS)
    says = models.CharField("in a few words", max_length=300, blank=True)
    tried_at = models.DateTimeField()
    key = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["pupil", "day"], name="try_of_pupil_day")]
        constraints = [
            models.UniqueConstraint(name="one_try_of_a_key", fields=["school", "key"]),
            models.CheckConstraint(name="a_decision_has_words", condition=~Q(result__in=WITH_WORDS, says="")),
        ]
