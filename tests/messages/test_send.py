"""Queueing a message: once, to somebody who may be written to, in words whose fields are all there."""

from __future__ import annotations

from allpresent.core.messages.channel import Channel
from allpresent.messages import queries
from allpresent.messages.models import Message, State
from allpresent.shared.problems import Refused
from tests import world
from tests.messages.writing import GRACE, write


def test_a_message_is_kept_when_nothing_is_set_up(school):
    message = write(school)
    assert message.state is State.KEPT
    assert (message.channel, message.address) == (Channel.EMAIL, "grace@example.org")
    assert message.body.startswith("Tolu is not in school.\n\nSam Okafor")


def test_the_same_key_changes_nothing(school):
    first = write(school)
    assert write(school) == first
    assert Message.objects.count() == 1


def test_a_subject_made_long_by_its_fields_fits(school):
    fields = {"pupil": "Tolu", "message": "Welcome.", "sender": "Sam Okafor", "parent": "Grace", "report_by": "by 9:00"}
    message = write(school, template="expectations", fields=fields | {"school": "St " + "Mary " * 38})
    assert len(message.subject) == 200
    message.refresh_from_db()


def test_a_restricted_adult_is_never_written_to(school):
    pupil = world.a_pupil(school=school)
    link = world.a_contact(of=pupil, name="Grace Adeyemi", restriction="No contact: court order")
    link.contact.email = "Grace@example.org"
    link.contact.save()
    refusal = write(school, GRACE._replace(contact_id=link.contact_id), pupil_id=pupil.id)
    assert isinstance(refusal, Refused)
    assert isinstance(write(school, GRACE._replace(name="Ola"), pupil_id=pupil.id), Refused)
    assert Message.objects.count() == 0
    assert queries.recipients_of(school, pupil.id) == ()
