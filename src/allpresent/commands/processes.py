"""Running the server and the worker side by side, and stopping both together."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FrameType

from allpresent.commands.errors import CommandError

HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds that a process is given to finish what it is doing."""
LONGEST_START = 60.0


def check_port(port: int) -> None:
    """Raises CommandError when something else answers at this port."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"port {port} cannot be used: {error.strerror}. Choose another: make run PORT={port + 1}"
            ) from None


def run_together(
    commands: Mapping[str, Sequence[str]], *, env: Mapping[str, str], port: int, ready: Callable[[], None]
) -> int:
    """Start the commands, call `ready` when the port answers, and wait. Ctrl+C stops them all: 0.

    If one of them ends by itself the others are stopped too, and its name is told: 1.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    started = {
        name: subprocess.Popen(command, env=dict(env), start_new_session=True) for name, command in commands.items()
    }
    try:
        if _wait_for_port(port, started):
            ready()
        ended = _wait_for_an_end(started)
        print(f"The {ended} stopped by itself; what it said is above.", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        _stop(started.values())


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_for_port(port: int, started: Mapping[str, subprocess.Popen[bytes]]) -> bool:
    """Whether the port answered before a process ended or the time ran out."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and not _ended(started):
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _wait_for_an_end(started: Mapping[str, subprocess.Popen[bytes]]) -> str:
    while not (ended := _ended(started)):
        time.sleep(0.5)
    return ended


def _ended(started: Mapping[str, subprocess.Popen[bytes]]) -> str:
    """The name of a process that has ended, or ''."""
    return next((name for name, process in started.items() if process.poll() is not None), "")


def _stop(processes: Collection[subprocess.Popen[bytes]]) -> None:
    """Ask each to finish; end those that do not in time."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
