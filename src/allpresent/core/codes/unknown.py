"""Why something is not an attendance code, in words that say how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from allpresent.core.codes.code import Code


class UnknownCode(KeyError):
    """No such code on that day. A KeyError, so that a code set is an ordinary mapping; as text, sentences.

    `text` is what was read, `day` the day it was read for, and `other_days` the same letter's meanings on
    other days (empty where there are none).
    """

    def __init__(self, text: str, day: date, rows: Sequence[Code]) -> None:
        self.text = text
        self.day = day
        self.other_days = tuple(row for row in rows if row.letter == text)
        super().__init__(_explain(text, day, rows, self.other_days))

    def __str__(self) -> str:
        return str(self.args[0])


def in_words(day: date) -> str:
    """19 August 2024."""
    return f"{day.day} {day:%B %Y}"


def _explain(text: str, day: date, rows: Sequence[Code], other_days: Sequence[Code]) -> str:
    if not text:
        return "A blank is not a code: the register was not completed. Give a code or leave the session out."
    if day < (first := min(row.begins for row in rows)):
        return f"No codes are held for {in_words(day)}: the earliest are those of {in_words(first)}."
    if other_days:
        return _explain_other_days(text, day, other_days)
    if not any(character.isalpha() for character in text):
        return (
            f"{text!r} is a school's own mark, not a national code. Its meaning cannot be guessed: "
            f"set it aside and ask the school which code was meant."
        )
    letters = " ".join(row.letter for row in rows if row.in_force_on(day))
    return f"{text!r} is not an attendance code on {in_words(day)}. The codes on that day are: {letters}"


def _explain_other_days(text: str, day: date, other_days: Sequence[Code]) -> str:
    began = min(row.begins for row in other_days)
    if day < began:
        return f"{text} is not a code on {in_words(day)}: it came into force on {in_words(began)}."
    last = max(other_days, key=lambda row: row.begins)
    assert last.ends is not None  # a row without an end would have been in force on the day
    retired = date.fromordinal(last.ends.toordinal() + 1)
    instead = f"; use {last.instead}" if last.instead else ""
    return (
        f"{text} was retired on {in_words(retired)}{instead}. "
        f"It was a code from {in_words(began)} to {in_words(last.ends)}."
    )
