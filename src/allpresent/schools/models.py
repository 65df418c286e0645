"""Trusts, schools, their calendar, groups and policy versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allpresent.shared.models import AppendOnlyModel


class Trust(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A setting that keeps registers."""

    class Kind(models.TextChoices):
        MAINSTREAM = "mainstream", "Mainstream school"
        SPECIAL = "special", "Special school"
        PUPIL_REFERRAL_UNIT = "pru", "Pupil referral unit"
        ALTERNATIVE_PROVISION = "ap", "Alternative provision"
        INDEPENDENT = "independent", "Independent school"
        NURSERY = "nursery", "Nursery school"

    trust = models.ForeignKey(Trust, models.PROTECT, null=True, blank=True, related_name="schools")
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    authority = models.CharField("local authority", max_length=100, blank=True)
    la_code = models.CharField("authority code", max_length=3, blank=True)
    estab = models.CharField("establishment number", max_length=4, blank=True)
    urn = models.CharField(max_length=6, blank=True)
    # Another number after each change of calendar or policy: what was worked out from them is kept until then.
    edition = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A block of weeks in which the school meets, half-terms apart."""

    school = models.ForeignKey(School, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(name="term_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """Sessions lost: planned (#), a staff day (#) or unexpected (Y4)."""

    class Kind(models.TextChoices):
        PLANNED = "planned", "Planned closure"
        STAFF_DAY = "staff day", "Staff training day"
        UNEXPECTED = "unexpected", "Unexpected closure"

    school = models.ForeignKey(School, models.PROTECT, related_name="closures")
    starts = models.DateField()
    ends = models.DateField()
    half = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=200)
    year_groups = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=400)

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(name="closure_ends_after_it_starts", condition=Q(ends__gte=F("starts"))),
        ]


class Group(models.Model):
    """A class or tutor group whose register is taken together."""

    school = models.ForeignKey(School, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)
    year_group = models.CharField(max_length=3, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="one_group_of_a_name", fields=["school", "slug"])]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(AppendOnlyModel):
    """A policy file as it was loaded, for a school or for a trust. Of two in force on a day the later loaded rules."""

    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="policy_versions")
    trust = models.ForeignKey(Trust, models.PROTECT, null=True, related_name="policy_versions")
    name = models.CharField(max_length=200)
    in_force_from = models.DateField()
    text = models.TextField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_of_a_school_or_a_trust",
                condition=Q(school__isnull=False, trust__isnull=True) | Q(school__isnull=True, trust__isnull=False),
            ),
        ]
