"""Speaking to an IMAP server: opened read-only, asked for what is new, so much of each message and no more."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple

from imap_tools import BaseMailBox, MailBox, MailboxFolderStatusError, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from allpresent.messages.channels.settings_file import Imap

MOST_BYTES = 1024 * 1024
"""So much of one message is fetched: its words and the names of what is attached come first."""
PATIENCE = 30
"""Seconds without an answer before a server is given up for this time."""
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, MailboxFolderStatusError)
_WHEN = re.compile(rb'INTERNALDATE "([^"]+)"')
_UID = re.compile(rb"\bUID (\d+)")


class Fetched(NamedTuple):
    """One message as the server gave it. `received_at` is UTC; `raw` holds at most MOST_BYTES.

    One that the server would not give has no `received_at`, and the server's words for its own.
    """

    uid: int
    received_at: datetime | None
    raw: bytes

    @property
    def is_cut(self) -> bool:
        return len(self.raw) >= MOST_BYTES


class Server:
    """An open folder. `validity` is its UIDVALIDITY: when that changes, every uid means something else."""

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self._client = box.client
        box.folder.set(folder, readonly=True)
        self.validity = int(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])

    def uids_after(self, uid: int) -> list[int]:
        """What came after a message, oldest first."""
        _, [found] = self._said(self._client.uid("search", f"UID {uid + 1}:*"))
        return sorted(number for number in map(int, (found or b"").split()) if number > uid)

    def fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """The messages named, in no order; one that has gone meanwhile is left out."""
        asked = f"(UID INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)"
        _, answers = self._said(self._client.uid("fetch", ",".join(map(str, uids)), asked))
        for answer in answers:
            if isinstance(answer, tuple) and (uid := _UID.search(answer[0])) and int(uid[1]) in uids:
                yield Fetched(int(uid[1]), _when(answer[0]), answer[1])

    def _said(self, answer: tuple[str, list]) -> tuple[str, list]:
        if answer[0] != "OK":
            raise imaplib.IMAP4.error(f"the server answered {answer[0]}: {answer[1]!r}"[:200])
        return answer


def _when(answer: bytes) -> datetime:
    found = _WHEN.search(answer)
    if found is None:
        raise imaplib.IMAP4.error("the server gave a message without saying when it came")
    return datetime.strptime(found[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)


@contextmanager
def opened(box: Imap) -> Iterator[Server]:
    """A mailbox, signed in to and opened read-only. Raises one of FAULTS."""
    kind = MailBox if box.tls else MailBoxUnencrypted
    session = kind(box.host, port=box.port, timeout=PATIENCE)
    try:
        session.login(box.user, box.password, initial_folder=None)
        yield Server(session, box.folder)
    finally:
        with suppress(*FAULTS):
            session.logout()
        with suppress(*FAULTS):
            session.client.shutdown()
