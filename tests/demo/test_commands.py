"""`allpresent run`, from outside: it says what is wrong and how to mend it, starts, and stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from allpresent.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]
ASSETS = REPOSITORY / "node_modules/govuk-frontend/dist"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALLPRESENT_", "DJANGO_"))}
    return kept | {"DATA": str(folder), "ALLPRESENT_ASSETS": str(ASSETS)} | more


def refused(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "allpresent.cli", "run", *arguments]
    done = subprocess.run(command, env=environment(folder), cwd=folder.parent, capture_output=True, text=True)
    assert done.returncode == 2
    return done.stderr


def test_a_port_in_use_is_named_with_another(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["run", "--port", str(port)]) == 2
    assert f"port {port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_what_is_no_port_is_refused(port, capsys):
    assert main(["run", f"--port={port}"]) == 2
    assert "is not a port" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path):
    folder = tmp_path / "a file"
    folder.write_text("in the way")
    assert "cannot write in the data folder" in refused(folder, "--port", str(free_port()))


def test_a_moment_that_cannot_be_read_is_refused(tmp_path):
    assert "expected a date and a time" in refused(tmp_path / "data", "--port", str(free_port()), "--now", "tomorrow")


def test_it_starts_answers_and_stops(tmp_path):
    """From an empty folder to the sign-in page; then again, losing nothing."""
    if not ASSETS.exists():
        pytest.fail("The pages' style sheets are not installed: run make setup first.")
    for _ in range(2):
        port = free_port()
        said = tmp_path / "said.txt"
        with said.open("w") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "allpresent.cli", "run", "--port", str(port), "--now", "2026-09-08 08:55"],
                env=environment(tmp_path / "data"), cwd=tmp_path, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            wait_for(said, f"http://127.0.0.1:{port}/", process)
            with urlopen(f"http://127.0.0.1:{port}/sign-in/") as answer:
                assert answer.status == 200
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "swift@primary.example.org" in said.read_text()
        with socket.socket() as tried:
            assert tried.connect_ex(("127.0.0.1", port)) != 0


def wait_for(said: Path, words: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 90
    while words not in said.read_text():
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.2)
