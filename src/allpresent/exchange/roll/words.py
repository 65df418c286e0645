"""Text of a cell, made plain: what is hostile or too long is refused in words, the rest is kept as it is."""

from __future__ import annotations

import unicodedata

_TURNERS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that change the direction of writing: with them a name can be made to read as another."""


class BadValue(ValueError):
    """A cell that cannot be taken: what is wrong and how to mend it."""


def plain(text: str) -> str:
    """One line, single spaces, composed letters. Raises BadValue for characters that no name or address has."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    for character in line:
        if character in _TURNERS:
            raise BadValue(
                f"It holds a mark that turns the direction of writing ({_name(character)}). Type it again by hand."
            )
        if unicodedata.category(character) == "Cc":
            raise BadValue(f"It holds a character that cannot be printed ({_name(character)}). Type it again.")
    return line


def fitting(text: str, longest: int) -> str:
    """`text`, when it has no more than `longest` characters. Raises BadValue."""
    if len(text) > longest:
        raise BadValue(f"It has {len(text):,} characters, beginning “{text[:30]}”. The most is {longest}.")
    return text


def folded(text: str) -> str:
    """A name for comparing: no difference of case, accents composed, spaces and apostrophes made alike."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").casefold().split())


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
