"""The worker is killed with -9, again and again, while it sends: no message is lost, and none is sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from allpresent.messages.models import Message, State
from tests.messages.post_office import PostOffice
from tests.messages.writing import GRACE, mail_server, write
from tests.server import REPOSITORY

KILLS = 25
MESSAGES = 110


class Worker:
    """`allpresent worker` in a process of its own."""

    def __init__(self, place, channels: str, now: str) -> None:
        environment = os.environ | place.environment | {"ALLPRESENT_CHANNELS": channels, "ALLPRESENT_NOW": now}
        self.log = place.folder / "worker.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "allpresent.cli", "worker"], cwd=REPOSITORY, env=environment,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def end(self, how: signal.Signals) -> int:
        os.killpg(self.process.pid, how)
        return self.process.wait(timeout=60)


@pytest.fixture
def queued(school, settings, tmp_path, post_office) -> str:
    channels = mail_server(tmp_path, school, post_office.port)
    settings.CHANNELS = channels
    for number in range(MESSAGES):
        to = GRACE._replace(name=f"Parent {number}", email=f"parent{number}@example.org")
        assert write(school, to, key=f"kill-{number}").state is State.WAITING
    connection.close()
    return channels


def wait_for(office: PostOffice, more: int, worker: Worker) -> None:
    """Until the office has taken so many more, the last of them still unanswered."""
    until = len(office.names()) + more
    while len(office.names()) < until:
        office.came.clear()
        assert office.came.wait(60), worker.log.read_text()


def states() -> dict[str, State]:
    """Where each message stands, by its name in mail."""
    return {f"allpresent.{row.id}": row.state for row in Message.objects.select_related("standing")}


def wait_until_all_is_settled(worker: Worker) -> None:
    for _ in range(600):
        if set(states().values()) <= {State.SENT, State.UNCERTAIN}:
            return
        time.sleep(0.1)
    raise AssertionError(worker.log.read_text())


def test_none_is_lost_and_none_is_sent_twice(fresh_database, queued: str, post_office: PostOffice):
    post_office.slow = 0.05
    for kill in range(KILLS):
        worker = Worker(fresh_database, queued, f"2026-09-15 09:{10 + kill}")
        wait_for(post_office, 1 + kill % 4, worker)
        worker.end(signal.SIGKILL)
    post_office.slow = 0.0
    last = Worker(fresh_database, queued, "2026-09-15 11:00")
    wait_until_all_is_settled(last)
    assert last.end(signal.SIGTERM) == 0, last.log.read_text()

    taken = Counter(".".join(name[1:].split(".")[:2]) for name in post_office.names())
    stand = states()
    assert len(stand) == MESSAGES
    assert set(taken.values()) == {1}
    assert {name for name, state in stand.items() if state is State.SENT} <= set(taken)
    assert 0 < Counter(stand.values())[State.UNCERTAIN] <= KILLS
