"""Reading a register that was sent in: shape only. What is allowed is for `core.register` to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from allpresent.core.register.sheet import SheetRow, SubmittedMark


class SentRegister(NamedTuple):
    """What the form held. `fill`: mark the blanks present, of the pupils that were `drawn` on the page."""

    key: str
    marks: tuple[SubmittedMark, ...]
    fill: bool
    drawn: Set[int]


class Unreadable(ValueError):
    """A form that our page could not have sent."""


def read_register(data: Mapping[str, str], rows: tuple[SheetRow, ...]) -> SentRegister:
    """The marks of a sent form. A code newly typed (the office's box) wins over a pressed one. Raises Unreadable."""
    key = data.get("key", "")
    if not 8 <= len(key) <= 64:
        raise Unreadable("The form has lost its number. Load the register again.")
    if any("\x00" in value for value in data.values()):
        raise Unreadable("The form holds a character that no keyboard types. Load the register again.")
    seen = _versions(data.get("seen", ""))
    return SentRegister(key, tuple(_marks(data, rows, seen)), data.get("fill") == "1", seen.keys())


def _versions(text: str) -> dict[int, int]:
    """'17:0,18:2' as {17: 0, 18: 2}."""
    try:
        pairs = (part.split(":") for part in text.split(",") if part)
        return {int(pupil): int(version) for pupil, version in pairs}
    except ValueError as error:
        raise Unreadable("The form has lost the versions it was drawn from. Load the register again.") from error


def _marks(data: Mapping[str, str], rows: tuple[SheetRow, ...], seen: dict[int, int]) -> Iterator[SubmittedMark]:
    held = {row.pupil: row.code for row in rows}
    for pupil in sorted(seen.keys() | held.keys()):
        code, detail = _chosen(data, pupil, held.get(pupil))
        if code:
            minutes = _minutes(data.get(f"minutes-{pupil}", ""))
            yield SubmittedMark(pupil, code, seen.get(pupil, 0), minutes, detail)


def _chosen(data: Mapping[str, str], pupil: int, held: str | None) -> tuple[str, str]:
    """The code chosen for a pupil, and the detail that belongs to a typed one: a button pressed carries none.

    The box still holding the mark in force says nothing against a button pressed.
    """
    typed, pressed, detail = (data.get(f"{box}-{pupil}", "").strip() for box in ("code", "mark", "detail"))
    typed, pressed = typed.upper(), pressed.upper()
    if pressed and typed in ("", held):
        return pressed, ""
    return typed, detail[:300]


def _minutes(text: str) -> int | None:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 4 else None
