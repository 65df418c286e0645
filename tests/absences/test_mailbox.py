"""The mailbox read over IMAP from a real server: everything once, nothing touched, whatever was sent."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allpresent.absences import mailbox
from allpresent.absences.mailbox import parsing
from allpresent.absences.mailbox.parsing import parse
from allpresent.absences.models import Mail, MailboxPlace
from allpresent.absences.queries import mail_passed_over, mail_waiting, mailbox_state
from tests import world
from tests.absences.mailserver import mail, mail_server

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


def test_five_thousand_messages_are_kept_once_each_and_never_held_together(school, box):
    long = mail("Number 0000\n" + "word " * 2000, id="<0000@example.org>")
    box.add(long.replace(b"0000", b"%04d" % number) for number in range(5000))
    tracemalloc.start()
    try:
        assert read(school) == 5000
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 12 * 1024 * 1024, "all of them together are 50 MB"
    assert Mail.objects.filter(school=school).count() == 5000
    assert read(school) == 0


def test_a_message_delivered_twice_is_kept_once(school, box):
    box.add([mail(), b"Received: by another way\r\n" + mail()])
    assert read(school) == 1
    box.add([b"Received: a day later\r\n" + mail()])
    assert read(school) == 0


def test_two_messages_under_one_identity_are_both_kept(school, box):
    box.add([mail("Tolu is ill"), mail("Noah is ill"), mail("Ola is ill")])
    assert read(school) == 3
    assert [one.text for one in kept(school)] == ["Tolu is ill", "Noah is ill", "Ola is ill"]
    box.add([mail("Noah is ill")])
    assert read(school) == 0


def test_messages_without_an_identity_are_kept_once_each(school, box):
    box.add([b"Subject: one\r\n\r\nTolu is ill\r\n", b"Subject: two\r\n\r\nTolu is ill\r\n"] * 2)
    assert read(school) == 2
    assert read(school) == 0


def test_a_mailbox_made_anew_is_read_from_its_beginning_and_nothing_is_kept_twice(school, box):
    box.add([mail("Tolu is ill"), mail("Noah is ill", id="<2@example.org>")])
    read(school)
    MailboxPlace.objects.update(validity=1, uid=999)
    box.add([mail("Ola is ill", id="<3@example.org>")])
    assert read(school) == 1
    assert Mail.objects.count() == 3


def encoded(charset: bytes, body: bytes, how: bytes = b"8bit") -> bytes:
    head = b"From: g@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + charset
    return head + b"\r\nContent-Transfer-Encoding: " + how + b"\r\n\r\n" + body + b"\r\n"


# What is sent, and a part of the words that a person then reads.
ODD = {
    "Latin letters": (encoded(b"iso-8859-1", "Zoë is ill".encode("latin-1")), "Zoë is ill"),
    "Windows quotes": (encoded(b"windows-1252", "she’s ill".encode("cp1252")), "she’s ill"),
    "Chinese": (encoded(b"gb2312", "生病".encode("gb2312")), "生病"),
    "quoted-printable": (encoded(b"utf-8", b"Zo=C3=AB is=20ill", b"quoted-printable"), "Zoë is ill"),
    "base64": (encoded(b"utf-8", b"Wm/DqyBpcyBpbGw=", b"base64"), "Zoë is ill"),
    "a letter set that nobody knows": (encoded(b"x-klingon", b"is ill"), "is ill"),
    "bytes that are no letters": (encoded(b"utf-8", b"is ill \xff\xfe\x00\x80"), "is ill"),
    "an HTML page alone": (
        b"Content-Type: text/html; charset=utf-8\r\n\r\n<head><style>p{}</style></head><p>Tolu is <b>ill</b></p>"
        b"<script>alert(1)</script><img src='https://example.org/seen.gif'>&lt;b&gt;", "Tolu is ill\n<b>",
    ),
    "no words": (b"Subject: ill\r\n\r\n", ""),
    "nothing but words": (b"\r\njust words\r\n", "just words"),
    "heads that are broken": (b"From: <<<>@@,;\r\nSubject: =?utf-8?Q?=ZZ?=\r\nDate: never\r\n\r\nis ill\r\n", "is ill"),
    "half a message": (
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nis ill', "is ill"
    ),
}  # fmt: skip


def test_whatever_the_letters_the_words_are_read_and_the_next_message_too(school, box):
    box.add([*(content for content, _ in ODD.values()), mail("the last")])
    assert read(school) == len(ODD) + 1
    *odd, last = kept(school)
    wrong = {name: one.text for (name, (_, says)), one in zip(ODD.items(), odd, strict=True) if says not in one.text}
    assert wrong == {}
    assert last.text == "the last"
    assert "alert" not in "".join(one.text for one in odd)


@given(st.binary(max_size=400))
def test_whatever_is_sent_something_is_made_of_it(content):
    read = parse(content)
    assert read.message_id
    for words in (read.text, read.subject, read.from_name, read.from_address, read.attachments):
        assert "\x00" not in words
        words.encode("utf-8")


def test_a_message_that_defeats_the_reader_waits_for_a_person_and_stops_no_other(school, box, monkeypatch):
    def fails(*args):
        raise RecursionError

    box.add([mail("one"), mail("two", id="<2@example.org>")])
    monkeypatch.setattr(parsing, "_parsed", fails)
    assert read(school) == 2
    assert {one.kind for one in kept(school)} == {Mail.Kind.UNREAD}
    assert [line.could_not_be_read for line in mail_waiting(school)] == [True, True]


def test_a_huge_body_is_cut_and_what_is_attached_is_named(school, box):
    message = EmailMessage()
    message["From"], message["Message-ID"] = "g@example.org", "<1@example.org>"
    message.set_content("Tolu is ill. " + "word " * 5000)
    message.add_attachment(b"\xff" * 3_000_000, maintype="image", subtype="jpeg", filename="note.jpg")
    box.add([bytes(message)])
    read(school)
    [one] = kept(school)
    assert len(one.text) == parsing.LONGEST
    assert one.attachments.splitlines() == ["note.jpg", "perhaps more: the message is very large"]


def test_an_automatic_reply_asks_for_nobody(school, box):
    box.add([b"Auto-Submitted: auto-replied\r\n" + mail("I am away until Monday")])
    read(school)
    assert mail_waiting(school) == ()
    assert [line.text for line in mail_passed_over(school, NOW - timedelta(days=3650))] == ["I am away until Monday"]


REPORT = b"""From: MAILER-DAEMON@example.org\r
Message-ID: <r@example.org>\r
Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r
\r
--x\r
Content-Type: text/plain\r
\r
The address does not exist\r
--x\r
Content-Type: message/rfc822\r
\r
Message-ID: <ours@school.example>\r
Subject: Absence\r
\r
--x--\r
"""


def test_a_report_that_ours_came_back_names_the_message_and_asks_for_nobody(school, box):
    box.add([REPORT])
    read(school)
    assert [one.kind for one in kept(school)] == [Mail.Kind.BOUNCE]
    assert mail_waiting(school) == ()
    assert parse(REPORT).bounced_id == "<ours@school.example>"


# What is wrong with the way to the mailbox, and a part of what is written down for the sweep.
SILENT = [
    ({"port": 1}, "refused"),
    ({"password": "wrong"}, "Invalid authentication credentials"),
    ({"folder": "Nowhere"}, "does not exist"),
    ({"host": "mail.example.org"}, "in the clear"),
    ({"prot": 143}, "prot"),
]


@pytest.mark.parametrize(("changed", "says"), SILENT, ids=[says for _, says in SILENT])
def test_a_mailbox_that_does_not_answer_is_written_down_and_what_was_kept_stays(
    school, box, settings, tmp_path, changed, says
):
    box.add([mail()])
    read(school)
    settings.CHANNELS = str(box.channels(tmp_path, school.slug, **changed))
    later = NOW + timedelta(hours=1)
    assert mailbox.read(school, now=later) == 0
    state = mailbox_state(school)
    assert (state.read_at, state.failed_at) == (NOW, later)
    assert says in state.failure
    assert Mail.objects.count() == 1
    settings.CHANNELS = str(box.channels(tmp_path, school.slug))
    mailbox.read(school, now=later)
    assert mailbox_state(school) == (later, None, "")


def test_a_school_without_a_mailbox_reads_none(school, box):
    other = world.a_school()
    box.add([mail()])
    assert read(other) == 0
    assert mailbox_state(other) == (None, None, "")
