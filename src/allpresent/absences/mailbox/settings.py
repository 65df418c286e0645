"""Where a school's mailbox is: the part [<school>.imap] of the file of channels."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_KNOWN = frozenset({"host", "port", "user", "password", "folder", "tls"})


class BadMailbox(ValueError):
    """The part about the mailbox cannot be used; says which key and why."""


class Mailbox(NamedTuple):
    """How a mailbox is reached. Without TLS only on this machine: a password never crosses a network bare."""

    host: str
    user: str
    password: str
    port: int = 993
    folder: str = "INBOX"
    tls: bool = True


def mailbox_of(slug: str) -> Mailbox | None:
    """The mailbox of a school; None where none is set up. Raises BadMailbox, or OSError where the file is not there."""
    path = os.environ.get("ALLPRESENT_CHANNELS", "")
    if not path:
        return None
    with Path(path).open("rb") as file:
        try:
            part = tomllib.load(file).get(slug, {}).get("imap")
        except tomllib.TOMLDecodeError as error:
            raise BadMailbox(f"the file of channels cannot be read: {error}") from error
    return None if part is None else _checked(slug, part)


def _checked(slug: str, part: Mapping[str, object]) -> Mailbox:
    if unknown := sorted(set(part) - _KNOWN):
        raise BadMailbox(f"[{slug}.imap] has no key {unknown[0]!r}; it has {', '.join(sorted(_KNOWN))}")
    if missing := [key for key in ("host", "user", "password") if not isinstance(part.get(key), str)]:
        raise BadMailbox(f"[{slug}.imap] needs {missing[0]}, in quotes")
    box = Mailbox(**part)
    if not box.tls and box.host not in LOCAL:
        raise BadMailbox(f"[{slug}.imap] tls = false is for a server on this machine alone, not for {box.host}")
    return box
