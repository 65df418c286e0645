"""The program as it runs in production: granian in its own process group, on a free port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tests.databases import Place

REPOSITORY = Path(__file__).resolve().parents[1]
STARTING_SECONDS = 20
TOKEN = "t" * 32  # against forged forms: the cookie and the header must agree


class Server:
    """One server on one place. Threads 4: enough for two people at once, and for a queue behind a write."""

    def __init__(self, place: Place, *, now: str = "") -> None:
        self.port = _free_port()
        self.log = place.folder / f"server-{self.port}.log"
        self.environment = (
            os.environ
            | place.environment
            | {
                "DJANGO_SETTINGS_MODULE": "allpresent.config.settings",
                "ALLPRESENT_NOW": now,
                "ALLPRESENT_NOW_SET_AT": "",
                "ALLPRESENT_ASSETS": str(REPOSITORY / "node_modules/govuk-frontend/dist"),
            }
        )
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def command(self) -> Sequence[str]:
        return (
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "allpresent.config.wsgi:application",
        )  # fmt: skip

    def start(self) -> Server:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=REPOSITORY, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()
        return self

    def kill(self) -> None:
        """As when the power fails: -9 for every process of this server."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=STARTING_SECONDS)

    def _wait_until_it_answers(self) -> None:
        for _ in range(STARTING_SECONDS * 50):
            status = _status(self.port)
            if status and status < 500:
                return
            if status or self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"The server did not start. It said:\n{self.log.read_text()}")


def _status(port: int) -> int | None:
    """What the first page answers; None while nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=STARTING_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Visitor:
    """A signed-in person who speaks HTTP to a server, one connection kept open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = cookie

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """Send a form as the register's script does. Raises OSError or HTTPException when the server goes away."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "X-CSRFToken": TOKEN,
        }
        return self._ask("POST", path, urlencode(fields), headers)

    def _ask(self, verb: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        headers["Cookie"] = f"csrftoken={TOKEN}; allpresent_session={self.cookie}"
        self.connection.request(verb, path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self.connection.close()
