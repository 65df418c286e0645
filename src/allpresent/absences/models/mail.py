"""The school's mailbox as it was read: what came, and what became of each message. Nothing on the server is touched."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allpresent.absences.models.notices import Notice
from allpresent.shared.models import AppendOnlyModel, SignedModel


class Mail(AppendOnlyModel):
    """One e-mail that came to the school's mailbox. It stands for nothing until a person has read it.

    `text` is plain words, cut at a length; `attachments`, the names of what was attached, a line each.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", "A message"
        AUTOMATIC = "automatic", "An automatic reply"
        BOUNCE = "bounce", "A message of ours that came back"
        UNREAD = "unread", "Could not be read"

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+", db_index=False)
    message_id = models.CharField(max_length=300)
    validity = models.BigIntegerField("the server's UIDVALIDITY")
    uid = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    attachments = models.TextField(blank=True)
    received_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "received_at"], name="mail_of_school")]
        constraints = [models.UniqueConstraint(name="one_mail_of_an_id", fields=["school", "message_id"])]


class MailHandled(SignedModel):
    """What became of an e-mail: a message kept about a pupil (one row each), or set aside for a reason."""

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="handled")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, related_name="mail")
    set_aside = models.CharField("why it was set aside", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="kept_or_set_aside",
                condition=Q(notice__isnull=False, set_aside="") | (Q(notice__isnull=True) & ~Q(set_aside="")),
            ),
            models.UniqueConstraint(name="set_aside_once", fields=["mail"], condition=Q(notice__isnull=True)),
        ]


class MailboxPlace(models.Model):
    """How far the mailbox of a school has been read, and when. A place in a book: it can be set back and read again."""

    school = models.OneToOneField("schools.School", models.PROTECT, related_name="+")
    validity = models.BigIntegerField(default=0)
    uid = models.BigIntegerField("the last one read", default=0)
    read_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
