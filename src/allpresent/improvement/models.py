"""What was aimed at, planned, done and trained, and what came of it. Rows are only added; what stands is worked out."""

from __future__ import annotations

from django.db import models

from allpresent.core.improvement import Measure
from allpresent.leave.models import Signed

MEASURES = [(measure.value, measure.value.capitalize()) for measure in Measure]


class OfSchool(Signed):
    """An act of somebody at a school."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Target(OfSchool):
    """A percentage the school aims at from a day to a day; of one year group, or of all ('') (M-1a).

    Of several for the same pupils on a day, the one set last holds.
    """

    measure = models.CharField(max_length=30, choices=MEASURES)
    year_group = models.CharField(max_length=3, blank=True)
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    first_day = models.DateField()
    last_day = models.DateField()


class TargetEnd(Signed):
    """A target taken back: it no longer holds from `from_day`."""

    target = models.OneToOneField(Target, models.PROTECT, related_name="end")
    from_day = models.DateField()
    why = models.CharField(max_length=300)


class Goal(OfSchool):
    """A goal of the board and the leaders (M-3.1d): of whom, in what, from where, to where, by when.

    `question` says whom and since when the start was counted, as addresses of figures do. `start_part` of
    `start_whole` is where it stood when it was set, of so many pupils. `owner_id`: who answers for it, of the staff.
    """

    title = models.CharField(max_length=200)
    why = models.CharField(max_length=1000)
    question = models.CharField(max_length=500)
    measure = models.CharField(max_length=30, choices=MEASURES)
    start_part = models.PositiveIntegerField()
    start_whole = models.PositiveIntegerField()
    start_pupils = models.PositiveIntegerField()
    percent = models.DecimalField("where it should be", max_digits=4, decimal_places=1)
    first_day = models.DateField()
    last_day = models.DateField("by when")
    set_by = models.CharField(max_length=200)
    owner_id = models.BigIntegerField()
    owner_name = models.CharField(max_length=200)
    owner_position = models.CharField(max_length=200)


class GoalEnd(Signed):
    """How a goal ended, with the reason, and where it stood then."""

    class Outcome(models.TextChoices):
        MET = "met", "Met"
        MISSED = "missed", "Missed"
        DROPPED = "dropped", "Dropped"

    goal = models.OneToOneField(Goal, models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    why = models.CharField(max_length=1000)


class Aim(OfSchool):
    """An aim of the action plan for the whole school (M-3.1e), and when it is looked at again."""

    words = models.CharField(max_length=300)
    why = models.CharField(max_length=1000)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="aims")
    review_on = models.DateField()


class AimReview(Signed):
    """A review of an aim: what came of it, and the next review, or how the aim ended. `number` counts from 1."""

    class Outcome(models.TextChoices):
        GOES_ON = "goes on", "It goes on"
        REACHED = "reached", "Reached"
        DROPPED = "dropped", "Dropped"

    aim = models.ForeignKey(Aim, models.PROTECT, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    says = models.CharField(max_length=1000)
    next_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aim", "number"], name="one_review_of_an_aim_at_a_time")]


class Step(OfSchool):
    """Something that one member of staff is to do by a day: a step of an aim, or handed on from the analysis.

    (M-3.1e, O-B-22.6.) `question`: the figures that it comes from, as their address says them, or ''.
    """

    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="steps")
    words = models.CharField(max_length=500)
    question = models.CharField(max_length=500, blank=True)
    owner_id = models.BigIntegerField(db_index=True)
    owner_name = models.CharField(max_length=200)
    owner_position = models.CharField(max_length=200)
    due = models.DateField()


class StepChange(Signed):
    """What became of a step: done, dropped, or given another day or owner. `number` counts from 1."""

    class Kind(models.TextChoices):
        DONE = "done", "It is done"
        MOVED = "moved", "It needs another day or somebody else"
        DROPPED = "dropped", "It is not to be done after all"

    step = models.ForeignKey(Step, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    says = models.CharField(max_length=1000)
    due = models.DateField(null=True)
    owner_id = models.BigIntegerField(null=True)
    owner_name = models.CharField(max_length=200, blank=True)
    owner_position = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "number"], name="one_change_of_a_step_at_a_time")]


class Training(OfSchool):
    """Training that was held (M-3.1g, O-A-7): when, on what, and who had it: [user, name, position] each."""

    title = models.CharField(max_length=200)
    on_day = models.DateField()
    topics = models.JSONField(default=list)
    staff = models.JSONField(default=list)


class TrainingStruck(Signed):
    """A record of training that was wrong. It stays to be read, and counts for nobody."""

    training = models.OneToOneField(Training, models.PROTECT, related_name="struck")
    why = models.CharField(max_length=300)


class SelfEvaluation(OfSchool):
    """What the school says of its attendance to the committee (O-B-23). The highest `number` is what it says now."""

    number = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "number"], name="one_self_evaluation_at_a_time")]
