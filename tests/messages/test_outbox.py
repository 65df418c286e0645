"""Sending by e-mail: what goes, what is tried again, what comes to a person; and who is never written to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allpresent.core.messages.channel import Channel
from allpresent.messages import queries
from allpresent.messages.actions import bounced, cancel, mark_sent_by_hand, send_again
from allpresent.messages.claims import LEASE, claim_next, settle_cut_off
from allpresent.messages.models import Attempt, Message, State
from allpresent.messages.outbox import Outbox
from allpresent.schools.actions import load_policy
from allpresent.shared.problems import Refused
from tests import world
from tests.messages.writing import GRACE, NINE, a_message, write

FEW = """
format: "1"
layer: school
id: few
name: Few
follows: [england]
in-force: {from: 2026-09-01}
messages: {most-a-day: 2, clause: "1.1"}
windows:
  - {half: AM, opens: "8:45", closes: "9:15", clause: "1.2"}
  - {half: PM, opens: "13:00", closes: "13:20", clause: "1.2"}
"""
"""A school that sends two messages a day."""


def send_all(school, now=NINE) -> int:
    """How many messages were tried."""
    with Outbox(school) as outbox:
        return sum(iter(lambda: outbox.send_next(now=now), False))


def now_as(message: Message) -> State:
    return Message.objects.get(id=message.id).state


@pytest.mark.clause("O-B-14.1", "O-B-19")
def test_a_message_goes_in_the_words_that_were_kept(school, mailing):
    message = write(school)
    assert send_all(school) == 1
    [mail] = mailing.taken
    assert (mail["To"], mail["Subject"]) == ("Grace Adeyemi <grace@example.org>", "Tolu")
    assert mail.get_payload(decode=True).decode().strip() == message.body.replace("\n", "\r\n")
    assert now_as(message) is State.SENT
    assert message.attempts.get().reference == mail["Message-ID"]


def test_what_was_sent_is_not_sent_again(school, mailing):
    write(school)
    assert [send_all(school), send_all(school)] == [1, 0]
    assert len(mailing.taken) == 1


def test_a_refused_address_comes_to_a_person_and_is_doubted(school, mailing):
    pupil = world.a_pupil(school=school)
    link = world.a_contact(of=pupil)
    link.contact.email = "grace@example.org"
    link.contact.save()
    mailing.refusing = {"grace@example.org"}
    message = a_message(about=pupil)
    send_all(school)
    assert now_as(message) is State.FAILED
    [grace] = queries.recipients_of(school, pupil.id)
    assert grace.doubtful == ("grace@example.org",)
    assert queries.stuck(school, now=NINE) == (school.id, 0, 1)


def test_a_busy_server_is_tried_again_six_times_and_then_a_person_is_asked(school, mailing):
    message, now = write(school, now=NINE), NINE
    mailing.busy = True
    for _ in range(5):
        send_all(school, now)
        assert now_as(message) is State.WAITING
        now = Message.objects.get().standing.not_before
    send_all(school, now)
    assert now_as(message) is State.FAILED
    assert [one.result for one in message.attempts.order_by("id")] == ["not yet"] * 5 + ["failed"]


def test_no_server_at_all_loses_nothing(school, mailing):
    message = write(school)
    mailing.stop()
    send_all(school)
    mailing.start()
    assert now_as(message) is State.WAITING


def test_a_restriction_put_on_after_the_message_was_queued_holds(school, mailing):
    pupil = world.a_pupil(school=school)
    link = world.a_contact(of=pupil)
    message = a_message(about=pupil, to=GRACE._replace(contact_id=link.contact_id))
    link.restriction = "Court order"
    link.save()
    send_all(school)
    assert mailing.taken == []
    assert now_as(message) is State.FAILED
    for refusal in (
        send_again(message=message, by=world.OFFICE, now=NINE),
        mark_sent_by_hand(message=message, says="rang", by=world.OFFICE, now=NINE),
    ):
        assert isinstance(refusal, Refused)
    assert cancel(message=message, says="", by=world.OFFICE, now=NINE).state is State.CANCELLED


def test_somebody_elses_address_is_not_used_where_it_is_a_restricted_adults(school, mailing):
    pupil = world.a_pupil(school=school)
    father = world.a_contact(of=pupil, mobile="+44 7700 900 123", restriction="No contact", relation="Father")
    mother = world.a_contact(of=pupil, mobile="07700 900123", calling_order=2)
    assert father.contact.mobile != mother.contact.mobile
    [found] = queries.recipients_of(school, pupil.id)
    assert (found.contact_id, found.mobile) == (mother.contact_id, "")
    to = GRACE._replace(contact_id=mother.contact_id)
    assert isinstance(write(school, to, pupil_id=pupil.id, channel=Channel.TEXT), Refused)


def test_quiet_hours_hold_what_can_wait_and_let_the_urgent_go(school, mailing):
    night = NINE.replace(hour=22)
    waits, goes = write(school, key="waits", now=night), write(school, key="goes", now=night, urgent=True)
    send_all(school, night)
    assert (now_as(waits), now_as(goes)) == (State.WAITING, State.SENT)
    send_all(school, NINE.replace(day=16, hour=7, minute=30))
    assert now_as(waits) is State.SENT


def test_the_most_in_a_day_stops_a_runaway_until_tomorrow(school, mailing):
    load_policy(text=FEW, name="few.yaml", by=world.OFFICE, now=world.BEGINNING, school=school)
    school.refresh_from_db()
    for number in range(3):
        write(school, key=f"k{number}")
    assert send_all(school) == 2
    assert send_all(school, NINE + timedelta(days=1)) == 1


def test_a_day_that_is_full_never_holds_back_what_is_urgent(school, mailing):
    load_policy(text=FEW, name="few.yaml", by=world.OFFICE, now=world.BEGINNING, school=school)
    school.refresh_from_db()
    for number in range(3):
        write(school, key=f"k{number}")
    send_all(school)
    urgent = write(school, key="urgent", urgent=True)
    assert send_all(school) == 1
    assert now_as(urgent) is State.SENT


def test_a_worker_that_died_leaves_it_uncertain_and_a_person_decides(school, mailing):
    message = write(school)
    assert claim_next(school, now=NINE) == message
    assert settle_cut_off(now=NINE) == 0
    assert settle_cut_off(now=NINE + LEASE * 2) == 1
    assert now_as(message) is State.UNCERTAIN
    assert send_all(school, NINE + LEASE * 2) == 0
    again = send_again(message=message, by=world.OFFICE, now=NINE + LEASE * 2)
    assert again.state is State.WAITING
    assert send_all(school, NINE + LEASE * 2) == 1


def test_two_workers_never_hold_one_message(school, mailing):
    write(school)
    assert claim_next(school, now=NINE) is not None
    assert claim_next(school, now=NINE) is None


def test_mail_that_came_back_is_given_to_a_person_once(school, mailing):
    message = write(school)
    send_all(school)
    name = mailing.taken[0]["Message-ID"]
    for _ in range(2):
        assert bounced(f"<{name}>", "5.2.2 mailbox full", now=NINE).state is State.FAILED
    assert message.attempts.filter(result=Attempt.Result.BOUNCED).count() == 1
    assert bounced(f"<allpresent.{message.id}.{'0' * 20}@hillside.example.org>", "forged", now=NINE) is None


def test_who_sent_it_by_hand_is_written_down_once(school):
    message = write(school)
    assert isinstance(mark_sent_by_hand(message=message, says=" ", by=world.OFFICE, now=NINE), Refused)
    for _ in range(2):
        done = mark_sent_by_hand(message=message, says="read out", by=world.OFFICE, now=NINE)
        assert done.state is State.SENT
    by_hand = message.attempts.get(result=Attempt.Result.BY_HAND)
    assert (by_hand.by_name, by_hand.says) == ("Sam Okafor", "read out")
    assert isinstance(cancel(message=message, says="", by=world.OFFICE, now=NINE), Refused)
