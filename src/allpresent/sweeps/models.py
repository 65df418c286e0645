"""What was noticed, who was told of it, and when it was over. Rows are only added."""

from __future__ import annotations

from django.db import models

from allpresent.core.watch import Step
from allpresent.shared.models import AppendOnlyModel, SignedModel
from allpresent.sweeps.kinds import Kind


class Alert(SignedModel):
    """Something that did not happen, as it was when it was noticed. `number` counts how often it came to be so.

    `since` is when it became so, `at` when it was noticed.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value.capitalize()) for kind in Kind])
    safety = models.BooleanField()
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, null=True, related_name="+")
    says = models.CharField(max_length=500)
    clauses = models.JSONField(default=list)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_alert_of_a_key", fields=["school", "key", "number"])]
        indexes = [models.Index(fields=["school", "at"], name="alert_of_school")]


class Telling(AppendOnlyModel):
    """That people were told of an alert, once a step. `whom`: who, with the number of the message or why there is none.

    An empty `whom` means that nobody on the staff list holds such a role: it stands on the page.
    """

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="tellings")
    step = models.PositiveSmallIntegerField(choices=[(step.value, step.name.capitalize()) for step in Step])
    whom = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="told_once_a_step", fields=["alert", "step"])]


class AlertEnd(AppendOnlyModel):
    """That it is so no more: it was done, or its time has passed."""

    alert = models.OneToOneField(Alert, models.PROTECT, related_name="end")
    at = models.DateTimeField()
