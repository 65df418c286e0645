"""pytest and the databases: settings loaded on a temporary place, migrations run once, copies handed out."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from allpresent.config.loading import loading
from tests.databases import KINDS, Databases, Place

SETTINGS = "allpresent.config.settings"
OPEN = frozenset({"db", "transactional_db", "django_db_setup", "fresh_database"})
"""The fixtures that let a test use the database, one of them at least."""
_numbers = itertools.count(1)


class House:
    """What one run of pytest works on."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.root = Path(tempfile.mkdtemp(prefix="allpresent-test-"))
        self.root.chmod(0o755)
        self.databases: Databases = KINDS[kind](self.root)
        self.template = self.databases.make("template")
        self.assets = self.root / "assets"
        self.assets.mkdir()
        (self.template.folder / "static").symlink_to(self.assets)  # collected once, seen from every copy

    def copy(self) -> Place:
        return self.databases.copy(self.template, f"copy_{next(_numbers)}")

    def close(self) -> None:
        self.databases.stop()
        shutil.rmtree(self.root)


HOUSE = pytest.StashKey[House]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=sorted(KINDS), default="sqlite", help="the kind of database that tests run on"
    )


def pytest_configure(config: pytest.Config) -> None:
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests choose their settings and data folder.")
    house = config.stash[HOUSE] = House(config.getoption("database"))
    with _environment(DJANGO_SETTINGS_MODULE=SETTINGS, **house.template.environment), loading():
        _load_settings()


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks with `database` what may use one; pytest-django keeps everything else from it."""
    for item in items:
        if item.get_closest_marker("django_db") or OPEN.intersection(item.fixturenames):
            item.add_marker(pytest.mark.database)


def pytest_unconfigure(config: pytest.Config) -> None:
    if house := config.stash.get(HOUSE, None):
        _close_connections()
        house.close()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.stash[HOUSE].kind}"


def _load_settings() -> None:
    from django.conf import settings

    # Pages drawn in this process name their static files plainly; journeys use the real storage.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """The environment with ALLPRESENT_ variables of our own and no others, put back afterwards."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("ALLPRESENT_")]:
        del os.environ[name]
    os.environ.update(variables)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def house(request: pytest.FixtureRequest) -> House:
    return request.config.stash[HOUSE]


@pytest.fixture(scope="session")
def django_db_setup(house: House, django_test_environment, django_db_blocker) -> None:
    """The real migrations, run into the template; Django is then left on a copy of it."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0)
        _close_connections()
        _go_to(house.copy().database_name)


@pytest.fixture
def fresh_database(house: House, django_db_setup, django_db_blocker) -> Iterator[Place]:
    """A migrated database of the test's own: commits are real, and threads and other processes may use it."""
    with _own_database(house, django_db_blocker) as place:
        yield place


@pytest.fixture(scope="module")
def database_of_file(house: House, django_db_setup, django_db_blocker) -> Iterator[Place]:
    """Such a database for all the tests of a file: for tests that change nothing in it."""
    with _own_database(house, django_db_blocker) as place:
        yield place


@contextmanager
def _own_database(house: House, blocker) -> Iterator[Place]:
    from django.db import connection

    shared = connection.settings_dict["NAME"]
    place = house.copy()
    with blocker.unblock():
        _go_to(place.database_name)
        yield place
        _go_to(shared)
    house.databases.drop(place)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What is worked out of calendars and policies is forgotten: each test has schools of the same numbers."""
    from allpresent.schools import queries

    queries.forget()
    queries._document.cache_clear()


def _go_to(database_name: str) -> None:
    from django.db import connection

    _close_connections()
    connection.settings_dict["NAME"] = database_name


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
