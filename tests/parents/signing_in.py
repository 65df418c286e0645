"""Parents signing in as they do: an address, the code from the e-mail, their pages."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from allpresent.people.models import Pupil, PupilContact
from tests import world

SIGN_IN, CODE, HOME, TELL = "/family/sign-in/", "/family/code/", "/family/", "/family/tell/"
KEY = "a" * 32
GRACE, TUNDE = "grace@example.org", "tunde@example.org"


def a_parent(*, of: Pupil, email: str, name: str = "Grace Adeyemi", **standing: object) -> PupilContact:
    """A parent with an e-mail address."""
    link = world.a_contact(of=of, name=name, **standing)
    link.contact.email = email
    link.contact.save()
    return link


def code_sent() -> str:
    """The code in the newest e-mail."""
    return re.search(r"\b([A-Z0-9]{6})\b", mail.outbox[-1].body)[1]


def sign_in(client: Client, email: str) -> Client:
    """Ask for a code and give it."""
    client.post(SIGN_IN, {"email": email})
    answer = client.post(CODE, {"code": code_sent()})
    assert answer.status_code == 302, answer.content.decode()
    return client


def text(answer) -> str:
    return answer.content.decode()
