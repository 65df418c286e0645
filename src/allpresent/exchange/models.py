"""Imports of a roll: the file while it is looked at, what it would do, and what came of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


def _file_name(run: ImportRun, name: str) -> str:
    """A name of our own: what the sender called the file is never used as a path."""
    return f"roll_imports/{uuid4().hex}"


class ImportRun(models.Model):
    """One file of a roll, from its arrival to its end. The row stays; the file and the preview are removed."""

    class Stage(models.TextChoices):
        ARRIVED = "arrived", "Columns not chosen yet"
        CHECKING = "checking", "Being read"
        CHECKED = "checked", "Waiting for a decision"
        WRITING = "writing", "Being imported"
        DONE = "done", "Imported"
        ABANDONED = "abandoned", "Not imported"
        FAILED = "failed", "Stopped: nothing was changed"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="import_runs")
    file = models.FileField(upload_to=_file_name, blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField("SHA-256 of the file", max_length=64)
    size = models.PositiveIntegerField("bytes")
    day = models.DateField("day from which its facts hold")
    mapping = models.JSONField("field of each column", default=list)
    decisions = models.JSONField("conflicts decided, by row", default=dict)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.ARRIVED)
    percent = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField("last sign of work")
    says = models.CharField(max_length=500, blank=True)
    counts = models.JSONField(default=dict)
    plan_digest = models.CharField(max_length=64, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_import_that_ended_says_when",
                condition=Q(ended_at__isnull=True) | Q(stage__in=["done", "abandoned", "failed"]),
            ),
        ]

    @property
    def is_working(self) -> bool:
        return self.stage in (self.Stage.CHECKING, self.Stage.WRITING)


class PreviewLine(models.Model):
    """One line of what an import would do, kept until it ends: personal data of a file not yet taken in."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    section = models.CharField(max_length=10)
    place = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    facts = models.JSONField()

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["run", "section", "place"], name="preview_of_a_section")]


class ColumnMapping(models.Model):
    """What a school chose for a heading the last time, so that it is asked once."""

    school = models.ForeignKey("schools.School", models.CASCADE, related_name="column_mappings")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_field_of_a_heading", fields=["school", "heading"])]
