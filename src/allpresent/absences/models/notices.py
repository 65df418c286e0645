"""What was said about an absence, kept as it was said. It changes no mark: what authorises is the school's decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allpresent.core.settle.reasons import Reason
from allpresent.shared.models import SignedModel

REASONS = [(reason.value, reason.value.capitalize()) for reason in Reason]


class Notice(SignedModel):
    """One message about one pupil. A correction is a new notice that replaces the older one; both stay.

    `reason` is blank only in rows from before it was asked; `says` may be blank where the reason says enough.
    """

    class About(models.TextChoices):
        ABSENCE = "absence", "Away"
        LATENESS = "lateness", "Coming late"
        APPOINTMENT = "appointment", "An appointment"

    class Channel(models.TextChoices):
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"
        IN_PERSON = "in person", "In person"
        LETTER = "letter", "Letter"
        TEXT = "text", "Text message"
        PAGES = "pages", "Parents' pages"
        OTHER = "other", "Another way"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="notices")
    about = models.CharField(max_length=12, choices=About.choices)
    day = models.DateField("first day")
    half = models.CharField("first half", max_length=2)
    appointment_at = models.TimeField(null=True)
    expected_back = models.DateField(null=True)
    reason = models.CharField("the reason they gave", max_length=40, choices=REASONS, blank=True)
    says = models.CharField("their words", max_length=300, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    told_by = models.CharField(max_length=200)
    relation = models.CharField(max_length=60, blank=True)
    contact_id = models.BigIntegerField("how they stand to the pupil", null=True)
    restriction = models.CharField("their restriction when it was said", max_length=300, blank=True)
    told_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    key = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["school", "day"], name="notice_of_school_day"),
            models.Index(fields=["school", "expected_back"], name="notice_of_school_return"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_notice_of_a_key", fields=["school", "key"]),
            models.CheckConstraint(name="a_reason_or_words", condition=~Q(reason="", says="")),
            models.CheckConstraint(
                name="return_comes_after_the_first_day",
                condition=Q(expected_back__isnull=True) | Q(expected_back__gt=F("day"), about="absence"),
            ),
            models.CheckConstraint(
                name="an_appointment_has_a_time",
                condition=Q(about="appointment", appointment_at__isnull=False)
                | (~Q(about="appointment") & Q(appointment_at__isnull=True)),
            ),
        ]
