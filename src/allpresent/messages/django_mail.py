"""Django's own mail, such as the sign-in codes of allauth: through the outbox, and sent within seconds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from allpresent.messages.actions import Recipient, queue_for_installation
from allpresent.messages.models import Message
from allpresent.shared import clock


class OutboxBackend(BaseEmailBackend):
    """Queues each recipient's copy as an urgent message of the installation. Someone restricted gets none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = clock.now()
        kept = [
            queue_for_installation(
                to=Recipient(address, email=address, party="account"), subject=mail.subject, body=str(mail.body),
                key=uuid4().hex, now=now,
            )
            for mail in email_messages
            for address in mail.recipients()
        ]  # fmt: skip
        return sum(isinstance(one, Message) for one in kept)
