"""Texts and letters by GOV.UK Notify: as the service wants them, once, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from allpresent.core.messages.channel import Channel
from allpresent.messages.models import Attempt, Message, State
from allpresent.messages.outbox import Outbox
from allpresent.messages.queries import doubtful_addresses
from allpresent.messages.reports import ask_notify
from tests.messages.notify_service import API_KEY, LETTERS, SERVICE, TEXTS, NotifyService
from tests.messages.writing import GRACE, NINE, write

LATER = NINE + timedelta(minutes=10)


@pytest.fixture
def notify(school, settings, tmp_path) -> Iterator[NotifyService]:
    service = NotifyService()
    settings.CHANNELS = set_up(tmp_path, school, service)
    yield service
    service.stop()


def set_up(folder: Path, school, service: NotifyService, key: str = API_KEY) -> str:
    file = folder / "channels.toml"
    file.write_text(
        f'[{school.slug}.notify]\napi-key = "{key}"\ntext-template = "{TEXTS}"\nletter-template = "{LETTERS}"\n'
        f'base-url = "{service.address}"\n'
    )
    return str(file)


def send_one(school, now=NINE) -> Message:
    with Outbox(school) as outbox:
        assert outbox.send_next(now=now)
    return Message.objects.select_related("standing").get()


@pytest.mark.clause("O-B-14.1")
def test_a_text_is_sent_as_the_service_wants_it(school, notify):
    write(school, channel=Channel.TEXT)
    sent = send_one(school)
    [(number, asked)] = notify.taken.items()
    assert sent.state is State.SENT
    assert asked["phone_number"] == "07700 900123"
    assert asked["personalisation"]["body"].startswith("Tolu is not in school.")
    assert sent.attempts.get().reference == number


@pytest.mark.clause("O-B-19")
def test_a_letter_names_each_line_of_the_address(school, notify):
    write(school, GRACE._replace(address="Flat 2, 1 High Street\nMarlborough\nSN8 1AA"), channel=Channel.POST)
    send_one(school)
    [asked] = notify.taken.values()
    lines = [asked["personalisation"][f"address_line_{number}"] for number in range(1, 6)]
    assert lines == ["Grace Adeyemi", "Flat 2", "1 High Street", "Marlborough", "SN8 1AA"]
    assert asked["kind"] == "letter"


def test_a_long_address_keeps_its_postcode_in_the_last_of_seven_lines(school, notify):
    write(school, GRACE._replace(address="a, b, c, d, e, f, g, SN8 1AA"), channel=Channel.POST)
    send_one(school)
    [asked] = notify.taken.values()
    assert asked["personalisation"]["address_line_6"] == "e, f, g"
    assert asked["personalisation"]["address_line_7"] == "SN8 1AA"


def test_a_fault_over_there_is_looked_up_and_not_sent_twice(school, notify):
    write(school, channel=Channel.TEXT)
    notify.answers = [(500, "Internal server error")]
    assert send_one(school).state is State.UNCERTAIN
    assert ask_notify(school, now=NINE) == 0
    assert ask_notify(school, now=LATER) == 1
    assert Message.objects.get().state is State.SENT
    assert len(notify.taken) == 1


def test_what_never_came_is_sent_again(school, notify):
    write(school, channel=Channel.TEXT)
    notify.answers = [(503, "Unavailable")]
    assert send_one(school).state is State.UNCERTAIN
    ask_notify(school, now=LATER)
    assert send_one(school, LATER).state is State.SENT
    assert len(notify.taken) == 1


def test_a_number_that_is_none_comes_to_a_person_and_is_doubted(school, notify):
    write(school, GRACE._replace(mobile="not known"), channel=Channel.TEXT)
    assert send_one(school).state is State.FAILED
    assert doubtful_addresses(school, ["not known"]) == {"not known"}


def test_a_text_that_could_not_be_delivered_comes_back_to_a_person(school, notify):
    write(school, channel=Channel.TEXT)
    send_one(school)
    [number] = notify.taken
    notify.statuses[number] = "permanent-failure"
    assert ask_notify(school, now=LATER) == 1
    assert Message.objects.get().state is State.FAILED
    assert Attempt.objects.last().says == "GOV.UK Notify: permanent-failure"
    assert doubtful_addresses(school, [GRACE.mobile]) == {GRACE.mobile}


def test_a_delivered_text_is_asked_after_once(school, notify):
    write(school, channel=Channel.TEXT)
    send_one(school)
    [number] = notify.taken
    notify.statuses[number] = "delivered"
    assert [ask_notify(school, now=LATER), ask_notify(school, now=LATER)] == [1, 0]
    assert Message.objects.get().state is State.SENT


def test_a_wrong_key_is_tried_again_and_never_taken_for_sent(school, notify, settings, tmp_path):
    settings.CHANNELS = set_up(tmp_path, school, notify, f"hillside-{SERVICE}-{'0' * 36}")
    write(school, channel=Channel.TEXT)
    sent = send_one(school)
    assert sent.state is State.WAITING
    assert sent.standing.not_before == NINE + timedelta(minutes=1)
    assert notify.taken == {}
