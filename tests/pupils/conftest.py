"""What tests of deletion and of pupils' pages share."""

from collections.abc import Callable

import pytest


@pytest.fixture
def school(db):
    from tests import world  # models load only once pytest has chosen the database

    return world.a_school(name="Hillside")


@pytest.fixture
def signed_in(client, at) -> Callable:
    """Signs somebody of a role in, on Friday 13 November 2026 at ten."""
    from tests import world

    at("2026-11-13 10:00")

    def sign_in(role, school, **facts):
        return world.sign_in(client, world.staff(role=role, school=school, **facts))

    return sign_in
