"""Messages to test with: kept, waiting, and a school whose mail server is this machine's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from allpresent.core.calendar.london import LONDON
from allpresent.messages.actions import Recipient, send
from allpresent.messages.models import Message
from allpresent.people.models import Pupil
from allpresent.schools.models import School
from allpresent.shared.problems import Refused
from tests import world

NINE = datetime(2026, 9, 15, 9, tzinfo=LONDON)
GRACE = Recipient("Grace Adeyemi", email="grace@example.org", mobile="07700 900123", address="1 High Street\nSN8 1AA")
FIELDS = {"subject": "Tolu", "message": "Tolu is not in school.", "sender": "Sam Okafor", "school": "Hillside"}


def write(
    school: School, to: Recipient = GRACE, *, key: str = "k1", now: datetime = NINE, **more: object
) -> Message | Refused:
    return send(
        school=school, to=to, key=key, by=world.OFFICE, now=now, **{"template": "free", "fields": FIELDS, **more}
    )  # fmt: skip


def a_message(*, about: Pupil, key: str = "k1", **more: object) -> Message:
    """A message about a pupil; kept, where the school has no channel set up."""
    message = write(about.school, key=key, pupil_id=about.id, **more)
    assert isinstance(message, Message), message
    return message


def mail_server(folder: Path, school: School, port: int, **more: str) -> str:
    """A file of channels that sends the school's e-mail to a port of this machine; gives its path."""
    file = folder / "channels.toml"
    lines = [f'[{school.slug}.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"']
    lines += ['from = "Hillside School <office@hillside.example.org>"']
    file.write_text("\n".join([*lines, *(f'{key} = "{value}"' for key, value in more.items())]), encoding="utf-8")
    return str(file)
