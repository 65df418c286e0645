"""The mailbox as pages and sweeps read it: what waits for a person, and when it was last read."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from allpresent.absences.models import Mail, MailboxPlace
from allpresent.schools.models import School

MOST = 100
"""So many are shown at once; the oldest come first, so none is ever passed over."""
_FOR_A_PERSON = (Mail.Kind.MESSAGE, Mail.Kind.UNREAD)


class MailLine(NamedTuple):
    """An e-mail to the school. `received_at` is UTC; `attachments` are names, a line each."""

    id: int
    kind: str
    from_name: str
    from_address: str
    subject: str
    text: str
    attachments: str
    received_at: datetime

    @property
    def sender(self) -> str:
        return self.from_name or self.from_address or "no sender"

    @property
    def could_not_be_read(self) -> bool:
        return self.kind == Mail.Kind.UNREAD

    @property
    def attached(self) -> tuple[str, ...]:
        return tuple(self.attachments.splitlines())


class MailboxState(NamedTuple):
    """When the mailbox was last read to its end, and what has stood in the way since, if anything."""

    read_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""


def mail_waiting(school: School) -> tuple[MailLine, ...]:
    """The e-mails that nobody has dealt with, oldest first, MOST of them: one query."""
    return _lines(mail_unread(school).order_by("received_at", "id")[:MOST])


def mail_waits(school: School) -> int:
    """How many e-mails nobody has dealt with: one query."""
    return mail_unread(school).count()


def mail_passed_over(school: School, since: datetime) -> tuple[MailLine, ...]:
    """Automatic replies and returned messages that have come since, newest first: one query."""
    others = Mail.objects.filter(school=school, received_at__gte=since).exclude(kind__in=_FOR_A_PERSON)
    return _lines(others.order_by("-received_at", "-id")[:MOST])


def mail_of(school: School, mail_id: int) -> MailLine | None:
    """An e-mail of the school, dealt with or not."""
    return next(iter(_lines(Mail.objects.filter(school=school, id=mail_id))), None)


def mailbox_state(school: School) -> MailboxState:
    """How it stands with the school's mailbox; blank where none has ever been read: one query."""
    row = MailboxPlace.objects.filter(school=school).values_list(*MailboxState._fields).first()
    return MailboxState(*row) if row else MailboxState()


def mail_unread(school: School) -> QuerySet[Mail]:
    """The e-mails that nobody has dealt with."""
    return Mail.objects.filter(school=school, kind__in=_FOR_A_PERSON, handled__isnull=True)


def _lines(mails: QuerySet[Mail]) -> tuple[MailLine, ...]:
    return tuple(map(MailLine._make, mails.values_list(*MailLine._fields)))
