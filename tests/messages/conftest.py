"""A school, and a real mail server on this machine that takes its e-mail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.messages.post_office import PostOffice


@pytest.fixture
def school(fresh_database):
    from tests import world

    return world.a_school()


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice().start()
    yield office
    office.stop()


@pytest.fixture
def mailing(school, post_office, settings, tmp_path) -> PostOffice:
    """The mail server, set up as the school's."""
    from tests.messages.writing import mail_server

    settings.CHANNELS = mail_server(tmp_path, school, post_office.port)
    return post_office
