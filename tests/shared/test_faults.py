"""What everybody is shown when something goes wrong, whatever it is that went wrong."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from allpresent.accounts.roles import Role
from tests import world

pytestmark = pytest.mark.django_db


def gone(*_):
    raise OperationalError("the server closed the connection unexpectedly")


def test_with_the_database_away_the_page_still_says_so_in_words():
    school = world.a_school()
    client = world.sign_in(Client(raise_request_exception=False), world.staff(role=Role.HEAD, school=school))
    with connection.execute_wrapper(gone):
        answer = client.get(f"/{school.slug}/")
    assert answer.status_code == 500
    assert "Nothing was half-saved" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "host", "status"), [("/", "elsewhere.example", 400), ("/no/such/page", "testserver", 404)]
)
def test_pages_of_faults_carry_the_same_headers_as_any_other(client, path, host, status):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == status
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
