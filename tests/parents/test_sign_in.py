"""Signing in by a code: for known addresses alone, with one answer for all; staff and parents kept apart."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from allpresent.accounts.actions import Appointed, Post, appoint
from allpresent.accounts.models import User
from allpresent.accounts.reach import SERVER
from allpresent.accounts.roles import Role
from allpresent.shared.models import Event
from tests import world
from tests.parents.signing_in import CODE, GRACE, HOME, SIGN_IN, TELL, TUNDE, a_parent, code_sent, sign_in, text

pytestmark = pytest.mark.django_db


def test_a_parent_comes_in_by_the_code_and_sees_the_child(client, child):
    assert client.get(HOME).url == f"{SIGN_IN}?next={HOME}"
    answer = client.post(SIGN_IN, {"email": " Grace@Example.org "})
    assert answer.url == CODE
    assert mail.outbox[-1].to == [GRACE]
    assert client.post(CODE, {"code": code_sent().lower()}).url == HOME
    assert "Tolu" in text(client.get(HOME))


def test_where_she_was_going_is_kept(client, child):
    answer = client.post(f"{SIGN_IN}?next={TELL}", {"email": GRACE, "next": TELL})
    assert client.post(answer.url, {"code": code_sent(), "next": TELL}).url == TELL


def test_the_account_has_no_password_and_no_appointment(client, child):
    sign_in(client, GRACE)
    sign_in(Client(), GRACE)
    user = User.objects.get(email=GRACE)
    assert not user.has_usable_password()
    assert not user.appointments.exists()
    assert Event.objects.filter(kind="parent's account made", subject=f"user:{user.id}").count() == 1


@pytest.mark.parametrize("email", ["nobody@example.org", "gran@example.org", "father@example.org", "left@example.org"])
def test_an_unknown_address_gets_the_same_answer_and_no_code(child, school, email):
    a_parent(of=child, email="gran@example.org", name="Ruth", is_parent=False)
    a_parent(of=child, email="father@example.org", name="Uncle", restriction="No contact: court order")
    leaver = world.a_pupil(school=school, starting=world.date(2026, 6, 1), leaving=world.date(2026, 7, 21))
    a_parent(of=leaver, email="left@example.org")
    answers = []
    for asked in (GRACE, email):
        client = Client()
        before = client.post(SIGN_IN, {"email": asked})
        page = text(client.get(before.url)).replace(asked, "ADDRESS")
        wrong = text(client.post(before.url, {"code": "AAAAAA"})).replace(asked, "ADDRESS")
        answers.append((before.status_code, before.url, _untokened(page), _untokened(wrong)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[GRACE]]
    assert not User.objects.filter(email=email).exists()


def _untokened(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_three_wrong_codes_and_the_code_is_gone(client, child):
    client.post(SIGN_IN, {"email": GRACE})
    right = code_sent()
    for _ in range(2):
        assert "not the code we sent" in text(client.post(CODE, {"code": "AAAAAA"}))
    assert client.post(CODE, {"code": "AAAAAA"}).url == SIGN_IN
    assert "three times" in text(client.get(SIGN_IN))
    assert client.post(CODE, {"code": right}).url == SIGN_IN
    assert client.get(HOME).status_code == 302


def test_a_code_of_an_hour_ago_opens_nothing(client, child):
    client.post(SIGN_IN, {"email": GRACE})
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 3600
    session.save()
    assert client.post(CODE, {"code": code_sent()}).url == SIGN_IN
    assert client.get(HOME).status_code == 302


def test_a_code_works_only_where_it_was_asked_for(client, child):
    client.post(SIGN_IN, {"email": GRACE})
    assert Client().post(CODE, {"code": code_sent()}).url == SIGN_IN


def test_asking_again_and_again_is_stopped(client, child):
    for _ in range(6):
        answer = Client().post(SIGN_IN, {"email": GRACE})
    assert answer.status_code == 422
    assert "Wait fifteen minutes" in text(answer)
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(("given", "says"), [({}, "Give your e-mail"), ({"email": "grace"}, "in full, such as")])
def test_what_is_wrong_with_an_address_is_said(client, given, says):
    page = text(client.post(SIGN_IN, given))
    assert says in page
    assert "<title>Error:" in page


def test_a_code_opens_no_page_of_staff_even_for_staff(client, child, school):
    head = world.staff(role=Role.HEAD, school=school)
    a_parent(of=child, email=head.email, name=head.name)
    sign_in(client, head.email)
    assert client.get(HOME).status_code == 200
    assert client.get(f"/{school.slug}/").status_code == 404
    assert client.get(f"/{school.slug}/registers/").status_code == 404
    assert client.get("/").url == HOME
    assert client.get("/password/").url == HOME


def test_a_password_opens_no_page_of_parents_even_for_a_parent(client, child, school):
    head = world.staff(role=Role.HEAD, school=school)
    a_parent(of=child, email=head.email, name=head.name)
    client.post("/sign-in/", {"login": head.email, "password": world.PASSWORD})
    assert client.get(f"/{school.slug}/").status_code == 200
    assert client.get(HOME).url == f"{SIGN_IN}?next={HOME}"
    page = text(client.get(SIGN_IN))
    assert "You are signed in as staff" in page
    assert client.post("/sign-out/", {"next": HOME}).url == HOME
    sign_in(client, head.email)
    assert client.get(HOME).status_code == 200


def test_a_parent_who_becomes_staff_is_given_a_password(client, child, school):
    sign_in(client, GRACE)
    post = Post(Role.OFFICE, "Office", world.date(2026, 9, 1))
    done = appoint(
        email=GRACE, name="Grace Adeyemi", post=post, place=school, reach=SERVER, by=world.OFFICE, now=world.BEGINNING
    )
    assert isinstance(done, Appointed)
    assert done.password
    assert User.objects.get(email=GRACE).check_password(done.password)


def test_signing_out_leads_back_to_the_parents_door(client, child):
    sign_in(client, GRACE)
    assert client.post("/sign-out/").url == HOME
    assert client.get(HOME).url == f"{SIGN_IN}?next={HOME}"


def test_after_half_an_hour_on_a_shared_phone_a_new_code_is_asked_for_and_the_words_are_kept(client, child, at):
    sign_in(client, GRACE)
    client.get(TELL)
    at("2026-09-15 09:05")
    words = {"about": "absence", "reason": "illness", "says": "a very sore throat", "day": "2026-09-15", "half": "AM"}
    assert client.post(TELL, words).url == f"{SIGN_IN}?next={TELL}"
    sign_in(client, GRACE)
    assert "a very sore throat" in text(client.get(TELL))
    assert "a very sore throat" not in text(client.get(TELL))


def test_what_one_parent_had_typed_is_not_shown_to_the_next_on_the_phone(client, child, at):
    sign_in(client, GRACE)
    client.get(TELL)
    at("2026-09-15 09:05")
    client.post(TELL, {"says": "a very sore throat"})
    sign_in(client, TUNDE)
    assert "a very sore throat" not in text(client.get(TELL))


def test_a_parent_who_keeps_looking_stays_signed_in(client, child, at):
    sign_in(client, GRACE)
    for moment in ("08:50", "09:15", "09:40"):
        at(f"2026-09-15 {moment}")
        assert client.get(HOME).status_code == 200


def test_only_a_demonstration_shows_the_code_on_the_page(client, child, settings):
    client.post(SIGN_IN, {"email": GRACE})
    assert code_sent() not in text(client.get(CODE))
    settings.DEMONSTRATION = True
    assert code_sent() in text(client.get(CODE))
