"""What a school holds about a parent that they may ask to have changed. Their own alone, never another adult's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

LABELS = {
    "mobile": "Mobile",
    "home_phone": "Home telephone",
    "work_phone": "Work telephone",
    "email": "E-mail address",
    "address": "Your address",
    "child_address": "The child’s address",
}
CHILD_ADDRESS = "child_address"
NUMBERS = ("mobile", "home_phone", "work_phone")

Details = Mapping[str, str]
"""By the fields of LABELS."""


class Wanted(NamedTuple):
    """One thing to change: what the page showed, and what it should be."""

    field: str
    seen: str
    new: str

    @property
    def label(self) -> str:
        return LABELS[self.field]


def differences(held: Details, given: Details) -> tuple[Wanted, ...]:
    """What a parent changed of what they were shown, in the order of LABELS."""
    pairs = ((field, held[field].strip(), given[field].strip()) for field in LABELS if field in held)
    return tuple(Wanted(field, seen, new) for field, seen, new in pairs if _plain(seen) != _plain(new))


def _plain(text: str) -> str:
    """A text without what a box of a form does to it: line ends and spaces at the end of lines."""
    return "\n".join(line.strip() for line in text.splitlines())
