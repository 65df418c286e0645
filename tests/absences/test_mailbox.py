"""The mailbox read over IMAP from a real server: everything once, nothing touched, whatever was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from allpresent.absences import mailbox
from allpresent.absences.models import Mail, MailboxPlace
from tests import world
from tests.absences.mailserver import mail_server

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 7, 50, tzinfo=UTC)


@pytest.fixture
def school():
    return world.a_school()


@pytest.fixture
def box(school, tmp_path, settings):
    with mail_server() as running:
        settings.CHANNELS = str(running.channels(tmp_path, school.slug))
        yield running


def mail(text: str = "Tolu is ill", *, id: str = "<1@example.org>", sender: str = "Grace <g@example.org>") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = sender, "Absence", id
    message.set_content(text)
    return bytes(message)


def read(school) -> int:
    return mailbox.read(school, now=NOW)


def kept(school) -> list[Mail]:
    return list(Mail.objects.filter(school=school).order_by("uid"))


@pytest.mark.clause("M-3.4a", "O-B-7.7")
def test_what_came_is_kept_once_and_nothing_on_the_server_is_touched(school, box):
    box.add([mail()])
    before = box.flags()
    assert [read(school), read(school)] == [1, 0]
    [one] = kept(school)
    assert (one.from_name, one.from_address, one.subject, one.text) == (
        "Grace",
        "g@example.org",
        "Absence",
        "Tolu is ill",
    )
    assert one.kind == Mail.Kind.MESSAGE
    assert box.flags() == before
    assert MailboxPlace.objects.get(school=school).read_at == NOW
