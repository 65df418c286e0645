"""The attendance register: entries that are only added, the current mark of each session, and who took which register.

An entry is the truth; a current mark is worked out from the entries and can be rebuilt (`allpresent verify`).
"""

from __future__ import annotations

from django.db import models

from allpresent.shared.models import SignedModel


class Submission(SignedModel):
    """A group's register for one session was taken and sent in. `key` makes a repeat of the same sending harmless."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    group = models.ForeignKey("schools.Group", models.PROTECT, related_name="submissions")
    day = models.DateField()
    half = models.CharField(max_length=2)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "day", "half"], name="submission_of_school"),
            models.Index(fields=["group", "day", "half"], name="submission_of_group"),
        ]


class Source(models.TextChoices):
    """How an entry came to be."""

    REGISTER = "register", "Register taken"
    CLOSE = "close", "Register closed"
    LATE = "late", "Late arrival"
    PLANNED = "planned", "Entered ahead"
    CLOSURE = "closure", "School closed"
    AMENDMENT = "amendment", "Amended"
    GIVEN_BACK = "given back", "Given back"
    HISTORY = "history", "Brought in from another system"


class RegisterEntry(SignedModel):
    """One mark of one pupil for one session, as entered. The next version amends it; both stay.

    `code` is "" for an entry that gives back a mark entered ahead: the session is blank again.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="entries", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2)
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=3)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    seal = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_version_of_a_mark", fields=["pupil", "day", "half", "version"]),
        ]


class CurrentMark(models.Model):
    """The newest entry of each pupil and session, kept for quick reading. Written only by `registers/ledger.py`."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="marks", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2)
    version = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=3)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_current_mark", fields=["pupil", "day", "half"])]
        indexes = [
            models.Index(fields=["school", "day", "half"], name="mark_of_school_day"),
            models.Index(fields=["school", "day"], name="mark_unexplained", condition=models.Q(code="N")),
        ]
