"""Signing in and out, by the pages that a person sees."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import cache

from allpresent.accounts.roles import Role
from tests import world

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def teacher():
    return world.staff(role=Role.TEACHER, school=world.a_school(name="Long Barrow School"))


def text(answer) -> str:
    return answer.content.decode()


def test_a_stranger_is_sent_to_sign_in_and_back_to_where_she_was_going(client, teacher):
    wanted = "/long-barrow-school/calendar/"
    answer = client.get(wanted)
    assert answer.url == f"{SIGN_IN}?next={wanted}"
    assert f'name="next" value="{wanted}"' in text(client.get(answer.url))
    answer = client.post(answer.url, {"login": teacher.email, "password": world.PASSWORD, "next": wanted})
    assert answer.url == wanted


def test_nobody_is_sent_elsewhere_after_signing_in(client, teacher):
    elsewhere = "https://elsewhere.example/"
    answer = client.post(SIGN_IN, {"login": teacher.email, "password": world.PASSWORD, "next": elsewhere})
    assert answer.url == "/"


def test_capitals_in_the_address_do_not_matter(client, teacher):
    answer = client.post(SIGN_IN, {"login": teacher.email.upper(), "password": world.PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("given", "says", "lands_on"),
    [
        ({}, "Give your e-mail address", "#id_login"),
        ({"login": "jo@example.org"}, "Give your password", "#id_password"),
        ({"login": "jo", "password": "x"}, "Give your e-mail address in full", "#id_login"),
        ({"login": "jo@example.org", "password": "x"}, "The e-mail address or the password is not right", "#id_login"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_lands_on_it(client, given, says, lands_on):
    page = text(client.post(SIGN_IN, given))
    assert "<title>Error: Sign in" in page
    assert says in page
    assert f'href="{lands_on}"' in page


def test_the_page_does_not_tell_which_of_the_two_was_wrong(client, teacher):
    known, unknown = ({"login": email, "password": "wrong"} for email in (teacher.email, "nobody@example.org"))
    says = "The e-mail address or the password is not right"
    assert says in text(client.post(SIGN_IN, known))
    assert says in text(client.post(SIGN_IN, unknown))


def test_guessing_is_stopped(client, teacher):
    for _ in range(6):
        answer = client.post(SIGN_IN, {"login": teacher.email, "password": "wrong"})
    assert "Too many wrong tries" in text(answer)
    answer = client.post(SIGN_IN, {"login": teacher.email, "password": world.PASSWORD})
    assert "Too many wrong tries" in text(answer)


def test_a_school_of_one_address_may_sign_in_all_at_once(client, teacher):
    for n in range(12):
        client.post(SIGN_IN, {"login": f"colleague.{n}@example.org", "password": "slip of the hand"})
    for _ in range(60):
        client.post(SIGN_IN, {})
    assert client.post(SIGN_IN, {"login": teacher.email, "password": world.PASSWORD}).status_code == 302


def test_tries_are_counted_where_every_process_of_the_server_sees_them(client, teacher):
    client.post(SIGN_IN, {"login": teacher.email, "password": "wrong"})
    assert list((settings.DATA / "cache").iterdir())


def test_an_account_that_was_closed_opens_nothing(client, teacher):
    teacher.is_active = False
    teacher.save()
    answer = client.post(SIGN_IN, {"login": teacher.email, "password": world.PASSWORD}, follow=True)
    assert "This account is closed" in text(answer)
    assert client.get("/").url.startswith(SIGN_IN)


def test_signing_out_ends_it(client, teacher):
    world.sign_in(client, teacher)
    assert client.get("/").status_code == 302
    client.post("/sign-out/")
    assert client.get("/").url.startswith(SIGN_IN)


def test_a_look_at_the_sign_out_page_signs_nobody_out(client, teacher):
    world.sign_in(client, teacher)
    assert "Sign out?" in text(client.get("/sign-out/"))
    assert client.get("/").url == "/long-barrow-school/"


def test_every_answer_keeps_out_other_peoples_scripts_and_caches(client):
    answer = client.get(SIGN_IN)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
