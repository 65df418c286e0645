"""What is sent: the words as they went, where each message stands, and what was tried. Nothing said is ever changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allpresent.core.messages.channel import Channel
from allpresent.shared.models import AppendOnlyModel, SignedModel

CHANNELS = [(channel.value, channel.label) for channel in Channel]


class TemplateVersion(SignedModel):
    """A school's own words for a template. The newest holds; the program's words hold where there is none."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["school", "template", "-id"], name="wording_of_school")]


class Message(AppendOnlyModel):
    """One message to one recipient, as it was written. No school: the installation's own, such as a sign-in code."""

    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+", db_index=False)
    pupil = models.ForeignKey("people.Pupil", models.PROTECT, null=True, related_name="messages")
    template = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    address = models.TextField()
    to_name = models.CharField(max_length=200)
    contact_id = models.BigIntegerField(null=True)
    party = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    clauses = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    key = models.CharField(max_length=120)
    at = models.DateTimeField("asked for")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    by_position = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "at"], name="message_of_school_at"),
            models.Index(fields=["school", "address"], name="message_to_address"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_message_of_a_key", fields=["school", "key"]),
            models.UniqueConstraint(
                name="one_message_of_a_key_of_the_installation", fields=["key"], condition=Q(school__isnull=True)
            ),
        ]

    @property
    def state(self) -> State:
        """Where it stands now."""
        return State(self.standing.state)


class State(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", "Waiting to go"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent: needs a person"
    UNCERTAIN = "uncertain", "Not certain that it went: needs a person"
    KEPT = "kept", "Kept here: not set up to be sent"
    CANCELLED = "cancelled", "Cancelled"


class Standing(models.Model):
    """Where one message stands. Moved by conditional update alone, so that two workers never hold the same one.

    `claim` names the holding of one worker, until `leased_until`. `went_at`: when it was handed over.
    `reported`: a later word about it has come, or is not looked for any more.
    """

    message = models.OneToOneField(Message, models.PROTECT, related_name="standing", primary_key=True)
    state = models.CharField(max_length=10, choices=State.choices)
    not_before = models.DateTimeField()
    tried = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    went_at = models.DateTimeField(null=True)
    reported = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["state", "not_before"], name="standing_due"),
            models.Index(fields=["went_at"], name="standing_went"),
        ]
        constraints = [
            models.CheckConstraint(
                name="what_is_being_sent_is_held",
                condition=~Q(state="sending") | (~Q(claim="") & Q(leased_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_was_sent_went_sometime", condition=~Q(state="sent") | Q(went_at__isnull=False)
            ),
        ]


class Attempt(SignedModel):
    """One thing that happened to a message: a try, a report from outside, or what a person did."""

    class Result(models.TextChoices):
        SENT = "sent", "Handed over"
        DELIVERED = "delivered", "Delivered"
        NOT_YET = "not yet", "Could not be sent; will be tried again"
        FAILED = "failed", "Could not be sent"
        REFUSED = "refused", "The address was refused"
        BOUNCED = "bounced", "Came back"
        UNCERTAIN = "uncertain", "Handing over was cut off"
        KEPT = "kept", "Kept: nothing is set up to send it"
        HELD = "held", "Held back: the person is restricted"
        BY_HAND = "by hand", "Sent by hand"
        AGAIN = "again", "To be sent again"
        CANCELLED = "cancelled", "Cancelled"

    ABOUT_THE_ADDRESS = (Result.SENT, Result.DELIVERED, Result.REFUSED, Result.BOUNCED)
    DOUBTS = frozenset({Result.REFUSED, Result.BOUNCED})

    message = models.ForeignKey(Message, models.PROTECT, related_name="attempts")
    result = models.CharField(max_length=10, choices=Result.choices)
    says = models.CharField(max_length=500, blank=True)
    reference = models.CharField("their number for it", max_length=200, blank=True)


class Heartbeat(models.Model):
    """When the worker last went through its passes, and what failed. One row a kind of pass."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    failed = models.PositiveIntegerField(default=0)
