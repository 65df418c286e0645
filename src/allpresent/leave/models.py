"""Leave asked for, what was said of it, what was decided; part-time timetables. Rows are only added."""

from __future__ import annotations

from django.db import models

from allpresent.core.leave.consulting import Finding
from allpresent.core.leave.deciding import Outcome
from allpresent.shared.models import SignedModel


class Signed(SignedModel):
    """An act of somebody: when, and who they were then. `key` makes a repeat of the same sending harmless."""

    key = models.CharField(max_length=64, unique=True)

    class Meta:
        abstract = True


class Request(Signed):
    """Leave asked for, in the words of whoever asked (O-B-6.4.4, M-5.1d)."""

    class Channel(models.TextChoices):
        FORM = "form", "Form"
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        IN_PERSON = "in person", "In person"
        LETTER = "letter", "Letter"
        PAGES = "pages", "Parents' pages"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="leave_requests")
    ground = models.CharField(max_length=40)
    first_day = models.DateField()
    first_half = models.CharField(max_length=2)
    last_day = models.DateField()
    last_half = models.CharField(max_length=2)
    why = models.CharField("their words", max_length=1000)
    told_by = models.CharField(max_length=200)
    relation = models.CharField(max_length=60, blank=True)
    contact_id = models.BigIntegerField("the child's contact who asked", null=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "last_day"], name="leave_of_school")]


class Withdrawal(Signed):
    """A request taken back by whoever asked. Leave that was given falls away for the sessions still to come."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="withdrawal")
    told_by = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)


class Consultation(Signed):
    """What somebody said when asked about a request, before it was decided (O-B-6.4.2, O-B-6.4.5, M-5.1e)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="consultations")
    party = models.CharField(max_length=60)
    whom = models.CharField(max_length=200)
    on_day = models.DateField()
    says = models.CharField(max_length=1000)


class Check(Signed):
    """The safeguarding check before a reply: for those alone who may see restricted facts (O-B-6.4.4)."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="checks")
    finding = models.CharField(max_length=60, choices=[(finding.value, finding.value) for finding in Finding])
    says = models.CharField(max_length=1000, blank=True)


class Decision(Signed):
    """What the school decided: once, with its reasons and, where leave is given, from when to when (M-5.1b)."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    code = models.CharField(max_length=3, blank=True)
    first_day = models.DateField(null=True)
    first_half = models.CharField(max_length=2, blank=True)
    last_day = models.DateField(null=True)
    last_half = models.CharField(max_length=2, blank=True)
    reasons = models.CharField(max_length=1000)
    conditions = models.JSONField("answers to the ground's questions", default=dict)


class PartTime(Signed):
    """A temporary part-time timetable agreed with a parent: C2 until its end and not a session longer (O-A-6.5)."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="part_times")
    begins = models.DateField()
    ends = models.DateField()
    attends = models.CharField("sessions attended", max_length=120)
    reviews = models.JSONField("days of review", default=list)
    reason = models.CharField(max_length=1000)
    agreed_by = models.CharField(max_length=200)
    relation = models.CharField(max_length=60, blank=True)
    contact_id = models.BigIntegerField("the child's contact who agreed")
    agreed_on = models.DateField()
    worker_told_on = models.DateField("social worker told", null=True)
    return_plan = models.CharField(max_length=1000)

    class Meta:
        indexes = [models.Index(fields=["school", "ends"], name="part_time_of_school")]


class PartTimeReview(Signed):
    """A review held: who was there, and what came of it (O-B-6.3)."""

    part_time = models.ForeignKey(PartTime, models.PROTECT, related_name="reviews_held")
    on_day = models.DateField()
    says = models.CharField(max_length=1000)


class PartTimeEnd(Signed):
    """A part-time timetable ended before its day. One that runs to its end needs no row."""

    part_time = models.OneToOneField(PartTime, models.PROTECT, related_name="end")
    last_day = models.DateField()
    why = models.CharField(max_length=300)
