"""The file of channels (`ALLPRESENT_CHANNELS`): for each school its mail server, GOV.UK Notify and mailbox.

The only place where their passwords and keys are; they are never in the database and never on a page.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from allpresent.core.messages.channel import Channel

INSTALLATION = "installation"
"""The table of messages that are no school's, such as sign-in codes."""
SECURITIES = ("starttls", "tls", "none")
LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})


class BadChannels(Exception):
    """The file of channels cannot be used: which line and key, and what was expected."""


@dataclass(frozen=True)
class Smtp:
    """A mail server and the address that the school writes from."""

    host: str
    from_: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    reply_to: str = ""


@dataclass(frozen=True)
class Notify:
    """A service of GOV.UK Notify: a text template that holds ((body)), a letter template that holds ((body)) too."""

    api_key: str = field(repr=False)
    text_template: str = ""
    letter_template: str = ""
    base_url: str = "https://api.notifications.service.gov.uk"


@dataclass(frozen=True)
class Imap:
    """The mailbox that parents write to."""

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    folder: str = "INBOX"
    tls: bool = True


@dataclass(frozen=True)
class Channels:
    """What is set up for one school."""

    smtp: Smtp | None = None
    notify: Notify | None = None
    imap: Imap | None = None

    @property
    def ways(self) -> frozenset[Channel]:
        """The channels by which messages go by themselves."""
        notify = self.notify
        held = {
            Channel.EMAIL: self.smtp,
            Channel.TEXT: notify and notify.text_template,
            Channel.POST: notify and notify.letter_template,
        }
        return frozenset(channel for channel, way in held.items() if way)


NOTHING = Channels()
_KINDS: Mapping[str, type] = {"smtp": Smtp, "notify": Notify, "imap": Imap}


def channels_of(slug: str) -> Channels:
    """What is set up for a school, by its name in addresses. Raises BadChannels where the file cannot be used."""
    return all_channels().get(slug, NOTHING)


def all_channels() -> Mapping[str, Channels]:
    """The whole file; empty where none is named. Read again when it has changed. Raises BadChannels."""
    if not settings.CHANNELS:
        return {}
    path = Path(settings.CHANNELS)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise BadChannels(f"ALLPRESENT_CHANNELS: {path} cannot be read: {error.strerror}") from None


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Mapping[str, Channels]:
    return read_channels(path.read_text(encoding="utf-8"), path.name)


def read_channels(text: str, name: str) -> Mapping[str, Channels]:
    """The channels of each school, from TOML: tables such as `[hillside.smtp]`. Raises BadChannels."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadChannels(f"{name}: {error}") from None
    return {slug: Channels(**_of_school(text, name, slug, held)) for slug, held in tables.items()}


def _of_school(text: str, name: str, slug: str, held: Any) -> dict[str, Any]:
    if not isinstance(held, dict):
        raise BadChannels(f"{name}, line {_line(text, '', slug)}: {slug} stands outside a table such as [school.smtp]")
    for kind, table in held.items():
        if kind not in _KINDS or not isinstance(table, dict):
            line = _line(text, f"{slug}.{kind}", "")
            raise BadChannels(f"{name}, line {line}: {slug}.{kind} is not known; expected {', '.join(_KINDS)}")
    return {kind: _section(text, name, f"{slug}.{kind}", _KINDS[kind], table) for kind, table in held.items()}


def _section(text: str, name: str, section: str, kind: type, table: dict[str, Any]) -> Any:
    known = {one.name.rstrip("_").replace("_", "-"): one for one in fields(kind)}
    for key, value in table.items():
        wrong = _wrong(key, value, known)
        if wrong:
            raise BadChannels(f"{name}, line {_line(text, section, key)}: {section}.{key} {wrong}")
    if missing := [key for key in _NEEDED[kind] if not table.get(key)]:
        raise BadChannels(f"{name}, line {_line(text, section, '')}: {section} needs {', '.join(missing)}")
    bare = table.get("security") == "none" or table.get("tls") is False
    if bare and table["host"] not in LOCAL:
        line = _line(text, section, "security" if "security" in table else "tls")
        raise BadChannels(
            f"{name}, line {line}: {section} goes in the clear; that is for this machine's own server alone"
        )
    return kind(**{known[key].name: value for key, value in table.items()})


_WANTED: Mapping[str, tuple[type, str]] = {
    "port": (int, "is not a whole number"),
    "tls": (bool, "is neither true nor false"),
}


_NEEDED: Mapping[type, tuple[str, ...]] = {
    Smtp: ("host", "from"),
    Notify: ("api-key",),
    Imap: ("host", "user", "password"),
}


def _wrong(key: str, value: object, known: Mapping[str, Any]) -> str:
    """What is wrong with one setting, or ''. A value is never repeated: it may be a secret."""
    if key not in known:
        return f"is not known; expected {', '.join(known)}"
    wanted, says = _WANTED.get(key, (str, "is not text in quotes"))
    if type(value) is not wanted:
        return says
    if key == "security" and value not in SECURITIES:
        return f"is not known; expected {', '.join(SECURITIES)}"
    if key == "api-key" and len(str(value)) < 74:
        return "is too short; copy the whole key that GOV.UK Notify gave, its name at the front included"
    return ""


def _line(text: str, section: str, key: str) -> int:
    """The line of a key in its table, or of the table where no key is given; 1 where neither is written so."""
    inside, found = not section, 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\]]+)\]", line):
            inside = header[1].replace('"', "").replace(" ", "") == section
            found = number if inside else found
        elif inside and key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return found
