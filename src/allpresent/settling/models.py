"""What the school decided about an absence, and what it asked and told on the way. Rows are only added.

What was said stays in `absences`; a decision is a row of its own beside it (O-B-12.2).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from allpresent.core.settle.evidence import Why
from allpresent.shared.models import AppendOnlyModel, SignedModel


class Act(SignedModel):
    """Something a person, or the program, did about one pupil's absence. `key` makes a repeat of a sending harmless."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)

    class Meta:
        abstract = True


def _once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(name=name, fields=["school", "key"])


class ParentTold(Act):
    """A parent was told of what is coming: a mark that will change, or evidence that will be needed (M-4.2d, O-B-7.5).

    `message_keys` are those of the messages queued; none where it was said. `says`: in the words of whoever told them.
    """

    class About(models.TextChoices):
        CHANGE = "change", "The absence will not be authorised"
        EVIDENCE = "evidence", "Evidence is asked for"
        FLAG = "flag", "Evidence is needed from now on"

    class How(models.TextChoices):
        MESSAGE = "message", "A message"
        TELEPHONE = "telephone", "By telephone"
        IN_PERSON = "in person", "In person"
        NOBODY = "nobody", "Nobody could be told"

    about = models.CharField(max_length=10, choices=About.choices)
    notice = models.ForeignKey("absences.Notice", models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    to = models.CharField("who was told", max_length=400, blank=True)
    says = models.CharField(max_length=300, blank=True)
    message_keys = models.JSONField(default=list)
    clauses = models.JSONField(default=list)

    class Meta:
        constraints = [_once("one_telling_of_a_key")]


class Decision(Act):
    """The code that was decided for some sessions, and why.

    `notice` is the explanation it answers, if any; `proposed` the code that stood proposed, or "". `confirmed` are the
    conditions that deciding confirmed; `seen` what evidence was seen; `evidence_ids` what is kept of it. `told` is the
    telling of the parent that came first. `clauses` are those that it stands on.
    """

    notice = models.ForeignKey("absences.Notice", models.PROTECT, null=True, related_name="decisions")
    code = models.CharField(max_length=3)
    proposed = models.CharField(max_length=3, blank=True)
    reason = models.CharField(max_length=300)
    detail = models.CharField(max_length=300, blank=True)
    confirmed = models.JSONField(default=list)
    seen = models.CharField(max_length=300, blank=True)
    evidence_ids = models.JSONField(default=list)
    granted = models.CharField("the decision on leave", max_length=300, blank=True)
    told = models.ForeignKey(ParentTold, models.PROTECT, null=True, related_name="decisions")
    clauses = models.JSONField(default=list)

    class Meta:
        constraints = [_once("one_decision_of_a_key")]


class DecidedSession(AppendOnlyModel):
    """One session of a decision: the code it had, and the version of the entry that holds by it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="sessions")
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2)
    before = models.CharField("the code before", max_length=3)
    version = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["pupil", "day"], name="decided_of_pupil")]
        constraints = [models.UniqueConstraint(name="a_session_once_in_a_decision", fields=["decision", "day", "half"])]


class EvidenceRequest(Act):
    """Evidence asked for, for an absence that began on `first`: on what ground, and by which day (M-4.2c, O-B-7.2)."""

    first = models.DateField("first day of the absence")
    why = models.CharField(max_length=30, choices=[(why.value, why.value) for why in Why])
    says = models.CharField(max_length=300)
    until = models.DateField("to be given by")
    told = models.OneToOneField(ParentTold, models.PROTECT, null=True, related_name="request")
    clauses = models.JSONField(default=list)

    class Meta:
        constraints = [
            _once("one_evidence_request_of_a_key"),
            models.UniqueConstraint(name="asked_once_for_an_absence", fields=["pupil", "first"]),
            models.CheckConstraint(name="evidence_is_asked_for_later", condition=Q(until__gte=F("first"))),
        ]


class EvidenceFlag(Act):
    """From `begins` on every illness needs evidence, until `ends` (O-B-7.5). A row with `closes` ends an open one."""

    begins = models.DateField()
    ends = models.DateField(null=True)
    says = models.CharField(max_length=300)
    told = models.OneToOneField(ParentTold, models.PROTECT, null=True, related_name="flag")
    closes = models.OneToOneField("self", models.PROTECT, null=True, related_name="closed_by")
    clauses = models.JSONField(default=list)

    class Meta:
        constraints = [
            _once("one_evidence_flag_of_a_key"),
            models.CheckConstraint(
                name="a_flag_ends_after_it_begins", condition=Q(ends=None) | Q(ends__gte=F("begins"))
            ),
        ]


class UpdateAgreement(Act):
    """The parent need not send word every day, from `begins` to `until` (O-B-7.8). One that `closes` another ends it.

    `notice` is the explanation that goes on holding meanwhile.
    """

    notice = models.ForeignKey("absences.Notice", models.PROTECT, related_name="+")
    begins = models.DateField()
    until = models.DateField()
    agreed_with = models.CharField(max_length=200)
    says = models.CharField(max_length=300, blank=True)
    closes = models.OneToOneField("self", models.PROTECT, null=True, related_name="closed_by")

    class Meta:
        constraints = [
            _once("one_update_agreement_of_a_key"),
            models.CheckConstraint(name="an_agreement_ends", condition=Q(until__gte=F("begins"))),
        ]


class SupportOffered(Act):
    """Support offered to a family, or a referral to a partner, and what became of it (M-4.5f).

    A row with `answers` says what became of an earlier one: `what` is the outcome, in words. `partner` and `party` are
    those of a referral.
    """

    class Kind(models.TextChoices):
        SUPPORT = "support", "Support offered"
        REFERRAL = "referral", "Referral to a partner"

    class Answer(models.TextChoices):
        UNKNOWN = "", "Not yet known"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=1000)
    party = models.CharField(max_length=40, blank=True)
    partner = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    clauses = models.JSONField(default=list)

    class Meta:
        constraints = [_once("one_support_of_a_key")]
        indexes = [models.Index(fields=["school", "day"], name="support_of_school_day")]
