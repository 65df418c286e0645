"""A real IMAP server on a free port of this machine, with one mailbox, and quick ways to put mail into it."""

from __future__ import annotations

import imaplib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

USER, PASSWORD = "office", "correct horse battery"
PATIENCE = 30


def mail(text: str = "Tolu is ill", *, id: str = "<1@example.org>", sender: str = "Grace <g@example.org>") -> bytes:
    """An e-mail as a parent's program sends it."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = sender, "Absence", id
    message.set_content(text)
    return bytes(message)


@dataclass
class MailServer:
    """Where it listens. `add` puts messages in as they are, byte for byte."""

    port: int

    def channels(self, place: Path, slug: str, **changed: object) -> Path:
        """The file of channels that leads a school to this mailbox."""
        part = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD, "tls": False} | changed
        lines = [f"{key} = {json.dumps(value)}" for key, value in part.items()]
        file = place / "channels.toml"
        file.write_text("\n".join([f'["{slug}".imap]', *lines, ""]), encoding="utf-8")
        return file

    def add(self, messages: Iterable[bytes]) -> None:
        """All in one breath: literals that nobody waits for."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as line, line.makefile("rb") as answers:
            answers.readline()
            line.sendall(b'0 LOGIN "%s" "%s"\r\n' % (USER.encode(), PASSWORD.encode()))
            _until(answers, b"0 ")
            for number, message in enumerate(messages, 1):
                line.sendall(b"%d APPEND INBOX {%d+}\r\n%s\r\n" % (number, len(message), message))
                _until(answers, b"%d " % number)

    def flags(self) -> list[bytes]:
        """The flags of every message, to see that nothing was marked."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(USER, PASSWORD)
            client.select("INBOX", readonly=True)
            return client.fetch("1:*", "(FLAGS)")[1]


def _until(answers, tag: bytes) -> None:
    while not (line := answers.readline()).startswith(tag):
        assert line, "the mail server hung up"
    assert b" OK" in line, line


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    command = [
        Path(sys.executable).with_name("pymap"),
        *place,
        "dict",
        "--demo-user",
        USER,
        "--demo-password",
        PASSWORD,
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield MailServer(port)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("the mail server did not come up")
