"""The wording of a message: what it is called, the ways it goes, its fields and its words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allpresent.core.messages.channel import Channel
from allpresent.core.messages.merge import faults_of, is_field_name, merged

LONGEST_SUBJECT = 200
LONGEST_TEXT = 918
"""Characters of a text message: six joined parts, the most that GOV.UK Notify sends."""
_NEEDED = {"key", "title", "channels", "subject", "body", "fields"}


class BadWording(ValueError):
    """A file of wordings that cannot be used: which template, and what is wrong with it."""


@dataclass(frozen=True)
class Wording:
    """One template. `fields` are all that it may merge; `samples` are values to show it with.

    `channels` are in order of preference: the first that reaches the recipient is taken.
    """

    key: str
    title: str
    channels: tuple[Channel, ...]
    subject: str
    body: str
    fields: tuple[str, ...]
    samples: Mapping[str, str]

    def rendered(self, given: Mapping[str, str]) -> tuple[str, str]:
        """Subject (on one line) and body with the values in place. Raises MergeProblem as `merged`."""
        subject = merged(self.subject, given, self.fields)
        return " ".join(subject.split()), merged(self.body, given, self.fields)


def wording_faults(wording: Wording) -> Iterator[tuple[str, str]]:
    """What is wrong with a wording: 'subject' or 'body', and a sentence about it."""
    for part in ("subject", "body"):
        words = getattr(wording, part)
        if not words.strip():
            yield part, f"The {'message' if part == 'body' else part} needs some words."
        for says in faults_of(words, wording.fields):
            yield part, says
    if len(wording.subject) > LONGEST_SUBJECT:
        yield "subject", f"The subject is {len(wording.subject)} characters long; at most {LONGEST_SUBJECT} fit."


def read_wordings(text: str, name: str) -> tuple[Wording, ...]:
    """The templates of one room's `messages.toml`, called `name` in errors.

    A file holds tables `[[template]]`, each with `key`, `title`, `channels`, `subject`, `body`, `fields` and, where
    wanted, `samples`. Raises BadWording with the template and what is wrong. Source: M-3.2c.
    """
    try:
        tables = tomllib.loads(text).get("template", [])
    except tomllib.TOMLDecodeError as error:
        raise BadWording(f"{name}: {error}") from None
    return tuple(_wording(table, name) for table in tables)


def _wording(table: dict[str, Any], name: str) -> Wording:
    where = f"{name}, template {table.get('key', 'without a key')}"
    if wrong := (_NEEDED - set(table)) | (set(table) - _NEEDED - {"samples"}):
        raise BadWording(f"{where}: missing or not known: {', '.join(sorted(wrong))}")
    if wrong := {field for field in table["fields"] if not is_field_name(field)}:
        raise BadWording(f"{where}: not a field's name: {', '.join(sorted(wrong))}")
    try:
        channels = tuple(Channel(channel) for channel in table["channels"])
    except ValueError as error:
        raise BadWording(f"{where}: {error}; expected {', '.join(Channel)}") from None
    fields, samples = tuple(table["fields"]), dict(table.get("samples", {}))
    words = table["subject"].strip(), table["body"].strip()
    wording = Wording(table["key"], table["title"], channels, *words, fields, samples)
    for part, says in wording_faults(wording):
        raise BadWording(f"{where}, {part}: {says}")
    return wording
