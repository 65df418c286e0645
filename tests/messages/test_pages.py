"""The pages of what is sent: who sees them, what they say, what can be done there."""

from __future__ import annotations

import pytest

from allpresent.accounts.roles import Role
from allpresent.messages.models import Message, State, TemplateVersion
from tests import world
from tests.messages.writing import FIELDS, GRACE, a_message, write
from tests.registers.pages import get, text


@pytest.fixture
def sign_in(client, school, at):
    at("2026-09-15 09:30")

    def sign_in(role=Role.OFFICE):
        return world.sign_in(client, world.staff(role=role, school=school))

    return sign_in


def deal(client, school, message, status=302, **given):
    answer = client.post(f"/{school.slug}/messages/{message.id}/deal/", given)
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return text(answer.content.decode())


def test_nothing_to_do_is_said(sign_in, school):
    said = text(get(sign_in(), school, "messages/"))
    assert "Nothing needs a person" in said
    assert "Not set up here: e-mail, text message, post." in said
    assert "Nothing was sent today yet." in said


@pytest.mark.clause("O-B-14.1")
def test_a_kept_message_is_shown_with_its_child_and_its_clauses(sign_in, school):
    pupil = world.a_pupil(school=school, surname="Adeyemi", forename="Tolu")
    world.a_contact(of=pupil, name="Dele Adeyemi", restriction="Court order: no contact", relation="Father")
    message = a_message(about=pupil, clauses=("O-B-14.1",))
    client = sign_in()
    said = text(get(client, school, "messages/"))
    assert "Kept to be passed on by hand: 1" in said
    assert "Court order: no contact Tolu" in said
    page = get(client, school, f"messages/{message.id}/")
    assert "/policy/" in page or "O-B-14.1" in page
    assert "Restriction: Dele Adeyemi, father: Court order: no contact" in text(page)
    assert "Tolu is not in school." in text(page)


def test_what_a_person_sent_is_written_down_with_their_name(sign_in, school):
    message = write(school)
    client = sign_in()
    assert "Say how it was sent" in deal(client, school, message, 422, do="hand", says="")
    deal(client, school, message, do="hand", says="Read out by telephone")
    assert "Sent by hand: Read out by telephone" in text(get(client, school, f"messages/{message.id}/"))
    assert "The message has moved on" in deal(client, school, message, 422, do="cancel", says="")


def test_sending_again_says_what_is_not_set_up(sign_in, school):
    message = write(school)
    assert "E-mail is not set up here" in deal(sign_in(), school, message, 422, do="again", says="")
    assert Message.objects.get().state is State.KEPT


def test_a_message_to_a_worker_is_only_for_those_who_may_know_of_one(sign_in, school):
    message = write(school, GRACE._replace(name="A social worker", party="social-worker"))
    client = sign_in()
    assert "A social worker" not in get(client, school, "messages/")
    assert "And 1 more, not shown here" in text(get(client, school, "messages/"))
    get(client, school, f"messages/{message.id}/", 404)
    assert "A social worker" in get(sign_in(Role.DSL), school, f"messages/{message.id}/")


def test_another_schools_message_does_not_exist(sign_in, school):
    message = write(world.a_school())
    get(sign_in(), school, f"messages/{message.id}/", 404)


def keep(client, school, status=302, **words):
    answer = client.post(f"/{school.slug}/messages/wording/free/", {"subject": "((subject))", **words})
    assert answer.status_code == status
    return text(answer.content.decode())


@pytest.mark.clause("M-3.2c")
def test_a_schools_own_words_are_kept_and_used_and_the_older_stay(sign_in, school):
    client = sign_in(Role.ATTENDANCE_OFFICER)
    keep(client, school, body="Good morning.\r\n\r\n((message))")
    keep(client, school, body="Hello. ((message))")
    assert write(school).body == f"Hello. {FIELDS['message']}"
    assert write(world.a_school()).body.startswith(FIELDS["message"])
    said = text(get(client, school, "messages/wording/free/"))
    assert "Good morning." in said
    assert "The words that came with Allpresent" in said


@pytest.mark.clause("M-3.2c")
def test_a_field_that_is_not_declared_is_refused_beside_its_box(sign_in, school):
    client = sign_in(Role.ATTENDANCE_OFFICER)
    said = keep(client, school, 422, body="Dear ((nobody))")
    assert "((nobody)) is not a field of this message." in said
    assert TemplateVersion.objects.count() == 0


def test_new_words_are_shown_before_they_are_kept(sign_in, school):
    client = sign_in(Role.ATTENDANCE_OFFICER)
    said = keep(client, school, 200, body="Hello! ((message))", preview="yes")
    assert "Hello! Tolu has been in every day this week." in said
    assert TemplateVersion.objects.count() == 0


def test_the_office_does_not_change_the_wording(sign_in, school):
    get(sign_in(), school, "messages/wording/", 403)
