"""Reading a mailbox from where it was left: a batch at a time, each kept before the next is asked for.

A reader that is killed goes on at the batch it was at; two that read at once keep each message once.
"""

from __future__ import annotations

import hashlib
import imaplib
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from allpresent.absences.mailbox.parsing import Parsed, parse, unread
from allpresent.absences.mailbox.server import FAULTS, Fetched, Server, opened
from allpresent.absences.models import Mail, MailboxPlace
from allpresent.messages.actions import bounced
from allpresent.messages.channels.settings_file import BadChannels, channels_of
from allpresent.schools.models import School

BATCH = 20
"""Messages asked for at once: with server.MOST_BYTES, the most that is ever held."""


def read(school: School, *, now: datetime) -> int:
    """Keep what is new in the school's mailbox; how many messages that was. No mailbox set up: none.

    A server that does not answer, or a setting that is wrong, is written down for the sweep, and 0 comes back: what
    was kept before stays kept. (M-3.4a, O-B-7.7)
    """
    try:
        box = channels_of(school.slug).imap
        if box is None:
            return 0
        with opened(box) as server:
            kept = sum(_keep(school, batch, server.validity, now) for batch in _new(school, server))
    except (BadChannels, *FAULTS) as error:
        _place(school).update(failed_at=now, failure=str(error)[:300])
        return 0
    _place(school).update(read_at=now, failed_at=None, failure="")
    return kept


def _place(school: School):
    """The school's place, as something that can be updated."""
    MailboxPlace.objects.get_or_create(school=school)
    return MailboxPlace.objects.filter(school=school)


def _new(school: School, server: Server) -> Iterator[list[Fetched]]:
    """What came after the place reached, in batches. A mailbox made anew is read from its beginning."""
    place = _place(school).get()
    if place.validity != server.validity:
        _place(school).update(validity=server.validity, uid=0)
        place.uid = 0
    uids = server.uids_after(place.uid)
    for start in range(0, len(uids), BATCH):
        yield _fetched(server, uids[start : start + BATCH])


def _fetched(server: Server, uids: Sequence[int]) -> list[Fetched]:
    """A batch; where the server stumbles over it, one by one, so that a single message stops no other."""
    try:
        return list(server.fetch(uids))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return [message for uid in uids for message in _alone(server, uid)]


def _alone(server: Server, uid: int) -> list[Fetched]:
    try:
        return list(server.fetch([uid]))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        return [Fetched(uid, None, str(error).encode())]


def _keep(school: School, batch: Sequence[Fetched], validity: int, now: datetime) -> int:
    """Add a batch, give back what bounced and move the place on, all or nothing; how many messages were new."""
    come = [(message, _parsed(message)) for message in batch]
    rows = [_row(school, message, parsed, validity, now) for message, parsed in come]
    with transaction.atomic():
        new = list(_not_held(school, rows))
        for parsed in (parsed for _, parsed in come if parsed.bounced_id and parsed.kind is Mail.Kind.BOUNCE):
            bounced(parsed.bounced_id, " ".join(parsed.text.split())[:200] or parsed.subject, now=now)
        Mail.objects.bulk_create(new, ignore_conflicts=True)
        reached = max((message.uid for message in batch), default=0)
        _place(school).filter(validity=validity, uid__lt=reached).update(uid=reached)
    return len(new)


def _parsed(message: Fetched) -> Parsed:
    return parse(message.raw, cut=message.is_cut) if message.received_at else unread(message.raw)


def _row(school: School, message: Fetched, read: Parsed, validity: int, now: datetime) -> Mail:
    return Mail(
        school=school, message_id=read.message_id, validity=validity, uid=message.uid, kind=read.kind,
        from_name=read.from_name, from_address=read.from_address, subject=read.subject, text=read.text,
        attachments=read.attachments, received_at=message.received_at or now, at=now,
    )  # fmt: skip


def _not_held(school: School, rows: Sequence[Mail]) -> Iterator[Mail]:
    """The messages not kept yet: one delivered twice is kept once, two that share an identity are both kept."""
    ids = [id for row in rows for id in (row.message_id, _apart(row))]
    held = {row.message_id: _digest(row) for row in Mail.objects.filter(school=school, message_id__in=ids)}
    for row in rows:
        if held.get(row.message_id, _digest(row)) != _digest(row):
            row.message_id = _apart(row)
        if row.message_id not in held:
            held[row.message_id] = _digest(row)
            yield row


def _apart(row: Mail) -> str:
    return f"{row.message_id} #{_digest(row)}"


def _digest(row: Mail) -> str:
    """Tells one message from another that bears the same Message-ID."""
    words = "\n".join((row.from_address, row.subject, row.text))
    return hashlib.sha256(words.encode()).hexdigest()[:16]
