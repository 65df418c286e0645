"""The signed link of a provider: it opens one page, shows names and times, and nothing else."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from allpresent.elsewhere import actions
from allpresent.elsewhere.models import ProviderLink, ProviderWord
from allpresent.shared.clock import read_moment
from tests import world
from tests.elsewhere import placing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before():
    cache.clear()


@pytest.fixture
def pupil(at):
    at("2026-09-15 09:00")
    group = world.a_class(school=world.a_school())[0]
    return world.a_pupil(in_group=group, surname="Hartnell", forename="Wren")


@pytest.fixture
def provider(pupil):
    return placing.a_provider(school=pupil.school)


@pytest.fixture
def arranged(pupil, provider):
    return placing.placed(pupil, provider)


@pytest.fixture
def link(provider, arranged):
    made, token = actions.make_link(provider=provider, by=world.OFFICE, now=placing.MONDAY_EVENING)
    return made, f"/p/{token}/"


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def send(address: str, arranged, says: str, **more: str):
    key = re.search(r'name="key" value="(\w+)"', page(address))[1]
    boxes = {"key": key, "told_by": "Moss Hale", f"says-{arranged.id}-am": says}
    return Client().post(address, boxes | {f"{name}-{arranged.id}-am": value for name, value in more.items()})


@pytest.mark.clause("O-B-5.4")
def test_whoever_holds_the_link_says_who_is_not_there_and_the_mark_follows(link, arranged, pupil):
    answer = send(link[1], arranged, "not there", reason="illness", words="coughing")
    assert answer.status_code == 302
    word = ProviderWord.objects.get()
    assert (word.says, word.reason, word.told_by, word.channel) == ("not there", "illness", "Moss Hale", "link")
    assert placing.codes(pupil)["2026-09-15 AM"] == "N"
    assert "You said: not there" in page(link[1])


def test_it_shows_a_name_and_the_times_and_nothing_else_of_a_child(link, arranged, pupil):
    world.a_contact(of=pupil, name="Grace Hartnell", restriction="No contact: court order")
    shown = page(link[1])
    assert "Hartnell, Wren" in shown
    assert "Asked from 13:10" in shown
    for kept_back in ("Grace", "court order", "Year", "2018", pupil.upn or "no-number", "marked", "/pupils/"):
        assert kept_back not in shown


def test_pupils_at_another_provider_are_never_shown(link, pupil):
    other = world.a_pupil(school=pupil.school, surname="Quillfeather")
    placing.placed(other, placing.a_provider(school=pupil.school))
    assert "Quillfeather" not in page(link[1])


def test_a_line_of_another_provider_cannot_be_answered(link, arranged, pupil):
    other = world.a_pupil(school=pupil.school, surname="Quillfeather")
    elsewhere = placing.placed(other, placing.a_provider(school=pupil.school))
    assert send(link[1], elsewhere, "not there").status_code == 422
    assert not ProviderWord.objects.exists()


def test_an_answer_is_corrected_the_same_day_and_the_same_sending_twice_is_one(link, arranged, pupil):
    send(link[1], arranged, "not there")
    key = re.search(r'name="key" value="(\w+)"', page(link[1]))[1]
    boxes = {"key": key, "told_by": "Moss Hale", f"says-{arranged.id}-am": "late"}
    Client().post(link[1], boxes)
    Client().post(link[1], boxes)
    assert list(ProviderWord.objects.order_by("id").values_list("says", flat=True)) == ["not there", "late"]
    assert placing.codes(pupil)["2026-09-15 AM"] == "B"


@pytest.mark.parametrize(
    ("told_by", "says", "wrong"), [("", "there", "Give your name"), ("Moss", "", "Nothing is new")]
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(link, arranged, told_by, says, wrong):
    key = "k" * 32
    boxes = {"key": key, "told_by": told_by, f"says-{arranged.id}-am": says, f"words-{arranged.id}-am": "on a bus"}
    answer = Client().post(link[1], boxes)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert 'value="on a bus"' in answer.content.decode()


def test_a_link_taken_back_opens_nothing(link):
    actions.revoke_link(link=link[0], by=world.OFFICE, now=read_moment("2026-09-15 08:59"))
    assert Client().get(link[1]).status_code == 404


def test_a_link_ends_with_the_last_arrangement_and_never_lasts_more_than_400_days(pupil, provider, at):
    open_end, _ = actions.make_link(provider=provider, by=world.OFFICE, now=placing.MONDAY_EVENING)
    assert (open_end.expires - placing.TUESDAY).days == 399
    placing.placed(pupil, provider, ends=placing.date(2026, 10, 2))
    made, token = actions.make_link(provider=provider, by=world.OFFICE, now=placing.MONDAY_EVENING)
    assert made.expires == placing.date(2026, 10, 2)
    at("2026-10-03 09:00")
    assert Client().get(f"/p/{token}/").status_code == 404


def test_only_a_hash_is_kept_and_the_token_is_256_random_bits(link):
    token = link[1].split("/")[2]
    assert len(token) == 43
    assert token not in str(list(ProviderLink.objects.values_list()))


def test_guessing_is_stopped_after_twenty_wrong_links_from_one_address(link):
    answers = [Client().get(f"/p/{'x' * 40}{number}/").status_code for number in range(20)]
    assert set(answers) == {404}
    assert Client().get(f"/p/{'x' * 43}/").status_code == 429
    assert Client().get(link[1]).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(link[1]).status_code == 200


def test_nobody_is_due_there_today(link, at):
    at("2026-09-19 09:00")
    assert "Nobody from" in page(link[1])
