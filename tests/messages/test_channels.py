"""The file of channels, Django's own mail, and the wordings of every room."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage

from allpresent.messages.channels.settings_file import BadChannels, read_channels
from allpresent.messages.django_mail import OutboxBackend
from allpresent.messages.models import Message, State
from allpresent.messages.outbox import Outbox
from allpresent.messages.pages import samples_for
from allpresent.messages.wordings import wordings
from allpresent.shared import clock
from tests import world
from tests.messages.notify_service import API_KEY
from tests.messages.writing import mail_server

SMTP = '[hillside.smtp]\nhost = "smtp.example.org"\nfrom = "office@example.org"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hillside.smtp\n", "line 1"),
        ('host = "a"\n', "line 1: host stands outside a table"),
        (SMTP + '\n[hillside.fax]\nhost = "a"\n', "line 5: hillside.fax is not known; expected smtp, notify, imap"),
        (SMTP + "prot = 25\n", "line 4: hillside.smtp.prot is not known; expected host, from, port"),
        (SMTP + 'port = "25"\n', "line 4: hillside.smtp.port is not a whole number"),
        (SMTP + 'security = "ssl"\n', "line 4: hillside.smtp.security is not known; expected starttls, tls, none"),
        (SMTP + 'security = "none"\n', "line 4: hillside.smtp goes in the clear"),
        ('[hillside.smtp]\nhost = "a"\n', "line 1: hillside.smtp needs from"),
        ('[hillside.notify]\napi-key = "short"\n', "line 2: hillside.notify.api-key is too short"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_key(text, says):
    with pytest.raises(BadChannels) as problem:
        read_channels(text, "channels.toml")
    assert says in str(problem.value)


def test_a_secret_is_never_shown():
    text = SMTP + f'password = "hunter2"\n[hillside.notify]\napi-key = "{API_KEY}"\n'
    held = read_channels(text, "channels.toml")
    assert "hunter2" not in repr(held)
    assert API_KEY not in repr(held)


def test_every_rooms_wordings_can_be_shown():
    assert "free" in wordings()
    for wording in wordings().values():
        subject, body = wording.rendered(samples_for(wording))
        assert subject
        assert "((" not in body


def send_code() -> int:
    mail = EmailMessage("Your code", "Your code is 123456.", "ignored@example.org", ["grace@example.org"])
    return OutboxBackend().send_messages([mail])


def test_a_sign_in_code_goes_through_the_outbox_even_at_night(school, post_office, settings, tmp_path, at):
    at("2026-09-15 23:00")
    school.slug = "installation"
    settings.CHANNELS = mail_server(tmp_path, school, post_office.port)
    assert send_code() == 1
    with Outbox(None) as outbox:
        assert outbox.send_next(now=clock.now())
    assert post_office.taken[0]["Subject"] == "Your code"
    assert Message.objects.get().school is None


def test_a_sign_in_code_is_kept_where_nothing_is_set_up(school):
    assert send_code() == 1
    assert Message.objects.get().state is State.KEPT


def test_somebody_restricted_for_every_child_is_sent_no_code(school):
    link = world.a_contact(of=world.a_pupil(school=school), restriction="No contact")
    link.contact.email = "Grace@example.org"
    link.contact.save()
    assert send_code() == 0
    assert Message.objects.count() == 0
