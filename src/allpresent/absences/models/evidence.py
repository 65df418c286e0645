"""Evidence of a reason: what kind it was, and that somebody saw it or that a copy is kept (M-4.2c, O-B-7.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allpresent.absences.models.notices import Notice
from allpresent.shared.models import SignedModel


class Evidence(SignedModel):
    """Something that bears out a reason for a stretch of days. It authorises nothing by itself.

    Whoever signs the row saw it; `shows` says what they saw. The `file_` columns are empty where no copy was kept:
    `file_path` is its name in the folder of evidence, `file_size` in bytes, `file_digest` its SHA-256 in hex.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="evidence", db_index=False)
    first = models.DateField("first day")
    last = models.DateField("last day")
    kind = models.CharField(max_length=100)
    shows = models.CharField("what it shows", max_length=300, blank=True)
    given_by = models.CharField(max_length=200)
    channel = models.CharField(max_length=12, choices=Notice.Channel.choices)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="evidence")
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    file_digest = models.CharField(max_length=64, blank=True)
    file_path = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["pupil", "first"], name="evidence_of_pupil")]
        constraints = [
            models.UniqueConstraint(name="one_evidence_of_a_key", fields=["school", "key"]),
            models.CheckConstraint(name="evidence_ends_no_sooner_than_it_begins", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="evidence_says_what_it_shows", condition=~Q(shows="", file_path="")),
        ]


class EvidenceWithdrawn(SignedModel):
    """Evidence kept by mistake: of another child, or not what it seemed. Both rows stay."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="withdrawn")
    reason = models.CharField(max_length=300)
