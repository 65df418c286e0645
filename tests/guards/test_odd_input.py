"""What nobody types, in every box of every page and in every address: answered in words, never by a fault of ours."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from tests import world
from tests.guards.routes import Route, a_sample, routes

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"[^>]*?(?:value="([^"]*)")?[ />]')
ASKED = ("day", "known", "q", "show", "page", "year", "week", "group", "pupil", "kind", "next", "replaces")
ODD = ("a\x00b", "9999-12-31", "0001-01-01", "0001-01-01T00:00+00:00", "9" * 30, "²", "x" * 10_000, "<b>{{7*7}}\u202e")
IN_BOXES = ODD[:3]


def short(odd: str) -> str:
    return ascii(odd[:12])


@pytest.fixture
def sample(at):
    at("2026-09-15 08:55")
    return a_sample()


@pytest.fixture
def head(sample) -> Client:
    return world.sign_in(Client(), sample.head)


def pages() -> list[Route]:
    return [route for route in routes() if route.name != "account_logout"]


def broken(send, *args) -> str:
    """The fault of ours that answered, or "". What was changed is undone."""
    try:
        with transaction.atomic():
            status = send(*args).status_code
            transaction.set_rollback(True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    return f"{status}" if status >= 500 else ""


@pytest.mark.parametrize("odd", ODD, ids=short)
def test_in_the_address(head, sample, odd):
    asked = dict.fromkeys(ASKED, odd)
    tried = {route.pattern: broken(head.get, route.address(sample.values), asked) for route in pages()}
    assert len(tried) > 20
    assert {pattern: found for pattern, found in tried.items() if found} == {}


def test_in_each_box(head, sample):
    tried = {}
    for route in pages():
        address = route.address(sample.values)
        answer = head.get(address)
        is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        boxes = dict(BOX.findall(answer.content.decode())) if is_page else {}
        for box, odd in product(boxes, IN_BOXES):
            tried[route.pattern, box, odd] = broken(head.post, address, boxes | {box: odd})
    assert len(tried) > 150
    assert {place: found for place, found in tried.items() if found} == {}
