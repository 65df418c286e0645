"""pytest and real servers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.database_fixtures import House
from tests.databases import Place
from tests.server import REPOSITORY, Server


@pytest.fixture(scope="session")
def collected_assets(house: House) -> None:
    """Static files as production has them, collected once a run."""
    environment = (
        os.environ
        | house.template.environment
        | {
            "DJANGO_SETTINGS_MODULE": "allpresent.config.settings",
            "ALLPRESENT_ASSETS": str(REPOSITORY / "node_modules/govuk-frontend/dist"),
        }
    )
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env=environment, cwd=REPOSITORY, check=True,
    )  # fmt: skip


@pytest.fixture
def serve(collected_assets, fresh_database: Place) -> Iterator[Callable[..., Server]]:
    """Starts servers on the test's own database: `serve(now="2026-09-15 08:55")`."""
    started: list[Server] = []

    def start(*, now: str = "") -> Server:
        started.append(Server(fresh_database, now=now))
        return started[-1].start()

    yield start
    for server in started:
        server.stop()
