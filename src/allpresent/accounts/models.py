"""Staff and what they are appointed to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from allpresent.accounts.roles import Role


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A role that a person holds, at one school or over a trust, for a time.

    `position` is written beside what they do ("Class teacher, 4B"): the guidance asks for it on every amendment.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="appointments")
    trust = models.ForeignKey("schools.Trust", models.PROTECT, null=True, blank=True, related_name="appointments")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    position = models.CharField(max_length=200)
    groups = models.ManyToManyField("schools.Group", blank=True, related_name="appointments")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_at_a_school_or_over_a_trust",
                condition=Q(school__isnull=False, trust__isnull=True) | Q(school__isnull=True, trust__isnull=False),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_begins", condition=Q(ends__isnull=True) | Q(ends__gte=F("begins"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.position}"
