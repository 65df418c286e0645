"""The append-only base and the record of events."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """An attempt to change or remove what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__} rows are never changed; add a new one")

    def delete(self) -> NoReturn:
        raise AppendOnly(f"{self.model.__name__} rows are never removed")


class AppendOnlyModel(models.Model):
    """Rows that are added and never changed: the database refuses UPDATE and DELETE too (see `triggers.py`)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} rows are never changed; add a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(f"{type(self).__name__} rows are never removed")


class SignedModel(AppendOnlyModel):
    """Rows that somebody signed: when (UTC), and a name and position as they were then. `by_id` None: the program."""

    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class Event(SignedModel):
    """Something that a person or the program did, kept apart from what it was done to.

    No foreign keys: an event outlives what it describes. `docs/reference/events.md` lists the kinds.
    """

    kind = models.CharField(max_length=60)
    school_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "-at"], name="event_school_at"),
            models.Index(fields=["subject", "-at"], name="event_subject_at"),
        ]
