"""Merge fields: `((pupil))` in the words of a message, and what is put in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

_FIELD = re.compile(r"\(\(\s*([^()]*?)\s*\)\)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class MergeProblem(ValueError):
    """Words and fields that do not fit together. `field` is the name of the field that is at fault."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


def fields_in(words: str) -> tuple[str, ...]:
    """The names between double round brackets, each once, in the order of the words. Source: M-3.2c."""
    return tuple(dict.fromkeys(_FIELD.findall(words)))


def faults_of(words: str, declared: Collection[str]) -> Iterator[str]:
    """What is wrong with the fields of some words, a sentence each: not declared, or brackets that do not close."""
    for name in fields_in(words):
        if name not in declared:
            known = ", ".join(f"(({field}))" for field in declared) or "none"
            yield f"(({name})) is not a field of this message. Its fields are: {known}."
    left = _FIELD.sub("", words)
    if "((" in left or "))" in left:
        yield "Double brackets do not close. Write a field as ((name))."


def check_given(given: Mapping[str, str], declared: Collection[str]) -> None:
    """Raises MergeProblem for a declared field that is missing or empty, and for one that is not declared."""
    for name in declared:
        if not given.get(name, "").strip():
            raise MergeProblem(name, f"The message needs a value for (({name})).")
    for name in given:
        if name not in declared:
            raise MergeProblem(name, f"(({name})) is not a field of this message.")


def merged(words: str, given: Mapping[str, str], declared: Collection[str]) -> str:
    """The words with each field's value in its place, as plain text, once: a value's own brackets stay as they are.

    `given` holds a value for every declared field and for no other. Raises MergeProblem where it does not, and
    where the words ask for a field that is not declared. Source: M-3.2c.
    """
    check_given(given, declared)
    for name in fields_in(words):
        if name not in declared:
            raise MergeProblem(name, f"(({name})) is not a field of this message.")
    return _FIELD.sub(lambda found: given[found[1]], words)


def is_field_name(name: str) -> bool:
    """Whether a field may be called so: small letters, digits and low lines, beginning with a letter."""
    return _NAME.fullmatch(name) is not None
