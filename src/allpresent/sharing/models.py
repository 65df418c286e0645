"""The log of what was passed on about a pupil: to whom, on which clause, how, when and by whom (M-3.1c, O-B-16.5)."""

from __future__ import annotations

from django.db import models

from allpresent.shared.models import SignedModel


class Share(SignedModel):
    """One thing told to one person about one pupil's session. `says` is what was told; `code` the mark it told of.

    `left_out`: a person decided that it was not to be told, and `says` is why.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"
        POST = "post", "Post"
        TELEPHONE = "telephone", "Telephone"
        ALLPRESENT = "allpresent", "Their register in Allpresent"
        NONE = "none", "Not told"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="shares")
    day = models.DateField()
    half = models.CharField(max_length=2)
    what = models.CharField(max_length=20)
    ref = models.CharField("who it was to this pupil", max_length=80)
    party = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=254, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    code = models.CharField(max_length=3, blank=True)
    says = models.CharField(max_length=300)
    clauses = models.JSONField(default=list)
    message_key = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["school", "day"], name="share_of_school_day")]
        constraints = [models.UniqueConstraint(name="one_share_of_a_key", fields=["school", "key"])]
