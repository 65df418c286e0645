"""A real mail server in this process: it keeps what it was given, and refuses as it is told."""

from __future__ import annotations

import asyncio
import email
import socket
from dataclasses import dataclass, field
from email.message import Message as Mail
from threading import Event, Lock

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """What a mail server does: `refusing` addresses for good, `busy` for now, `slow` seconds before it says yes."""

    taken: list[Mail] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    busy: bool = False
    slow: float = 0.0
    came: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)
    controller: Controller | None = None

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refusing:
            return "550 5.1.1 no such mailbox"
        if self.busy:
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        with self.lock:
            self.taken.append(email.message_from_bytes(envelope.content))
        self.came.set()
        await asyncio.sleep(self.slow)
        return "250 OK"

    def start(self) -> PostOffice:
        self.controller = Controller(self, hostname="127.0.0.1", port=_free_port())
        self.controller.start()
        return self

    @property
    def port(self) -> int:
        return self.controller.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self.controller.stop()

    def names(self) -> list[str]:
        """The Message-ID of each mail taken, in order."""
        with self.lock:
            return [mail["Message-ID"] for mail in self.taken]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
