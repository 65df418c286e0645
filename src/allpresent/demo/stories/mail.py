"""What lies in the school's mailbox, unread: a parent's word, an automatic reply, and one that is about no absence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from allpresent.absences.models import Mail
from allpresent.demo.stories.stage import Stage, clock, parent_of

WRITES = "Nell Ashby-Fairweather"
"""The child about whom a parent has written."""


class Letter(NamedTuple):
    """One e-mail of the day shown."""

    kind: str
    name: str
    address: str
    subject: str
    text: str
    received_at: datetime


def mailbox(stage: Stage) -> None:
    """Keep what has come by the moment shown. What was kept before stays."""
    for number, letter in enumerate(_letters(stage)):
        if letter.received_at < stage.now:
            Mail.objects.get_or_create(
                school=stage.school, message_id=f"<{stage.day}.{number}@example.org>",
                defaults={
                    "validity": 1, "uid": stage.day.toordinal() * 10 + number, "kind": letter.kind,
                    "from_name": letter.name, "from_address": letter.address, "subject": letter.subject,
                    "text": letter.text, "received_at": letter.received_at,
                    "at": letter.received_at + timedelta(minutes=1),
                },
            )  # fmt: skip


def _letters(stage: Stage) -> tuple[Letter, ...]:
    day, kinds = stage.day, Mail.Kind
    pupil = stage.pupil(WRITES, day)
    contact = parent_of(pupil).contact
    address = contact.email or "at.home@example.org"
    return (
        Letter(kinds.MESSAGE, contact.name, address, f"{pupil.called} today",
               f"Good morning, {pupil.called} was sick in the night and stays at home today. I shall write again when "
               "she is better. Kind regards", clock(day, 7, 41)),
        Letter(kinds.AUTOMATIC, "Inclusion team", "inclusion@marlhaven.example.org", "Automatic reply: register",
               "I am out of the office until Monday.", clock(day, 7, 58)),
        Letter(kinds.MESSAGE, "Friends of the school", "friends@example.org", "Cakes for the fair",
               "Could somebody tell me where the tables are kept?", clock(day, 8, 20)),
    )  # fmt: skip
