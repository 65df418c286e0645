"""Unique pupil numbers: thirteen characters, the first a check letter over the other twelve.

Source: DfE's Multiplication Tables Check service and its tests (data standards fact sheet section 1).
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The twenty-three letters a pupil number may hold, in order of value 0 to 22: no I, O or S."""

_LENGTH = 13
_DIGITS = frozenset("0123456789")


class UpnPart(StrEnum):
    """The part of a pupil number that is wrong. The values are those of the public test vectors."""

    LENGTH = "length"
    LAST = "character_13"
    FORMAT = "format"
    AUTHORITY = "la_code"
    CHECK_LETTER = "check_letter"


class Upn(NamedTuple):
    """A pupil number whose check letter is right.

    `authority_known` is False when its authority code is not in the list handed in. That is a warning, not a
    refusal: lists age (reorganised counties get new codes), and a wrong code would break the check letter.
    """

    text: str
    authority_known: bool

    @property
    def temporary(self) -> bool:
        """Whether this is a temporary number: the last character is a letter."""
        return self.text[-1] in LETTERS

    @property
    def authority(self) -> str:
        """The three-digit code of the authority whose school gave the number."""
        return self.text[1:4]

    @property
    def warning(self) -> str:
        """What a person should look at, in plain words; empty if nothing."""
        if self.authority_known:
            return ""
        return f"Pupil number {self.text} names authority {self.authority}, which is not in our list. Check it."


class UpnProblem(NamedTuple):
    """Why a text is not a pupil number. `expected_letter` is the check letter the rest calls for, else ''."""

    part: UpnPart
    message: str
    expected_letter: str = ""


def check_upn(text: str, authorities: frozenset[str] | None = None) -> Upn | UpnProblem:
    """Check a pupil number. Lower case and spaces are forgiven; the first fault found is reported.

    `authorities` are three-digit codes; without them the list in `la_codes.toml` is used. 000 has never been
    an authority and is refused. Everything else about the code only warns (see `Upn`).
    """
    upn = "".join(text.split()).upper()
    if problem := _shape_problem(upn):
        return problem
    letter = check_letter(upn[1:])
    if upn[1:4] == "000":
        return UpnProblem(UpnPart.AUTHORITY, f"{upn} names authority 000, and there is none: characters 2 to 4.")
    if upn[0] != letter:
        return UpnProblem(UpnPart.CHECK_LETTER, f"{upn} should start with {letter}: check every character.", letter)
    return Upn(upn, upn[1:4] in (authority_codes() if authorities is None else authorities))


def check_letter(tail: str) -> str:
    """The check letter of the last twelve characters: value times position (2 to 13), added, modulo 23.

    Raises ValueError if `tail` is not eleven digits and then a digit or one of `LETTERS`.
    """
    if _shape_problem("A" + tail):
        raise ValueError(f"A check letter needs eleven digits and a digit or letter, but got {tail}.")
    return LETTERS[sum(place * _value(character) for place, character in enumerate(tail, start=2)) % 23]


@cache
def authority_codes() -> frozenset[str]:
    """The authority codes in `la_codes.toml`, each as three digits."""
    lists = tomllib.loads(files(__package__).joinpath("la_codes.toml").read_text("utf-8"))["lists"]
    return frozenset(f"{code:03}" for part in lists for code in part["codes"])


def _value(character: str) -> int:
    return int(character) if character in _DIGITS else LETTERS.index(character)


def _shape_problem(upn: str) -> UpnProblem | None:
    if len(upn) != _LENGTH:
        return UpnProblem(UpnPart.LENGTH, f"A pupil number has {_LENGTH} characters; {upn} has {len(upn)}.")
    if upn[-1] not in LETTERS and upn[-1] not in _DIGITS:
        return UpnProblem(
            UpnPart.LAST,
            f"{upn} ends in {upn[-1]}. The last character is a digit, or a letter other than I, O, S.",
        )
    if not _DIGITS.issuperset(upn[1:-1]):
        return UpnProblem(UpnPart.FORMAT, f"{upn} has a character other than a digit between 2 and 12.")
    return None
