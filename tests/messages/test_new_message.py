"""A person writes to the parents of one child."""

from __future__ import annotations

from datetime import date

import pytest

from allpresent.accounts.roles import Role
from allpresent.messages.models import Message
from allpresent.schools.queries import setting_of
from tests import world
from tests.registers.pages import get, text

KEY = "a" * 32


@pytest.fixture
def office(client, school, at):
    at("2026-09-15 09:30")
    return world.sign_in(client, world.staff(role=Role.OFFICE, school=school, name="Sam Okafor"))


@pytest.fixture
def tolu(school):
    pupil = world.a_pupil(school=school, surname="Adeyemi", forename="Tolu")
    for order, (name, restriction) in enumerate((("Grace", ""), ("Dele", "Court order: no contact"), ("Ola", "")), 1):
        link = world.a_contact(of=pupil, name=name, calling_order=order, restriction=restriction)
        link.contact.email = f"{name.lower()}@example.org"
        link.contact.save()
    return pupil


def send(client, pupil, status=302, **given):
    to = [str(link.contact_id) for link in pupil.contact_links.filter(restriction="")]
    form = {
        "pupil": pupil.id,
        "key": KEY,
        "to": to,
        "template": "free",
        "subject": "",
        "message": "Hello.",
        "channel": "",
    }
    answer = client.post(f"/{pupil.school.slug}/messages/new/", {**form, **given})
    assert answer.status_code == status, text(answer.content.decode())[:600]
    return text(answer.content.decode())


def test_the_child_is_found_and_only_those_who_may_be_written_to_are_offered(office, school, tolu):
    assert "Adeyemi, Tolu" in get(office, school, "messages/new/?q=tolu")
    page = text(get(office, school, f"messages/new/?pupil={tolu.id}"))
    assert "Grace, grace@example.org" in page
    assert "dele@example.org" not in page
    assert "Court order: no contact" in page


def test_each_parent_gets_one_however_often_it_is_sent(office, tolu):
    for _ in range(2):
        send(office, tolu)
    assert [row.to_name for row in Message.objects.order_by("id")] == ["Grace", "Ola"]


def test_a_restricted_parent_put_into_the_form_is_not_written_to(office, tolu):
    dele = tolu.contact_links.exclude(restriction="").get()
    send(office, tolu, 422, to=[str(dele.contact_id)])
    assert Message.objects.count() == 0


@pytest.mark.clause("M-3.2c")
def test_what_is_expected_is_said_in_the_schools_name(office, tolu):
    send(office, tolu, template="expectations", message="Ring us any time.")
    body = Message.objects.first().body
    assert body.startswith("Dear Grace,\n\nTolu is expected at Hillside School")
    assert "please tell us as early as you can each day" in body


def test_where_the_policy_gives_a_time_to_report_by_it_is_said(client, at, fresh_database):
    at("2026-09-15 09:30")
    school = world.a_school(policy="magnum")
    pupil = world.a_pupil(school=school)
    link = world.a_contact(of=pupil)
    link.contact.email = "grace@example.org"
    link.contact.save()
    send(world.sign_in(client, world.staff(role=Role.OFFICE, school=school)), pupil, template="expectations")
    by = setting_of(school).policy_on(date(2026, 9, 15)).parents_report_by
    assert f"please tell us by {by.hour}:{by:%M} each day, and say why" in Message.objects.get().body


@pytest.mark.clause("O-B-15", "M-4.6a")
def test_thanks_go_by_post_too(office, tolu):
    grace = tolu.contact_links.first().contact
    grace.address = "1 High Street\nMarlborough\nSN8 1AA"
    grace.save()
    send(office, tolu, template="thanks", channel="post", to=[str(grace.id)], message="Here every day since half-term.")
    letter = Message.objects.get()
    assert (letter.subject, letter.address) == ("Well done, Tolu", grace.address)


def test_a_text_is_refused_for_what_goes_by_letter(office, tolu):
    assert "This kind goes by e-mail, post." in send(office, tolu, 422, template="thanks", channel="text")
    assert Message.objects.count() == 0
