"""Whether a pupil has the emergency contacts that the law and the school's policy ask for.

Sources: regulation 13(4)(d) of the 2024 Regulations (a number for each parent the pupil normally lives with),
policy clauses M-3.5c (more than one number) and O-B-14.4 (at least two people, ideally three).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Contact(NamedTuple):
    """One person to call in an emergency. `parent_lived_with`: a parent the pupil normally lives with."""

    person: str
    numbers: tuple[str, ...]
    parent_lived_with: bool = False


class ContactRule(NamedTuple):
    """What a policy asks: different numbers, people with a number, and people it would like (0: no wish)."""

    numbers: int = 1
    people: int = 1
    ideal_people: int = 0


class Shortfall(NamedTuple):
    """One thing missing, in plain words. `needed` is False for what a policy would only like."""

    needed: bool
    message: str


def contacts_shortfall(contacts: Sequence[Contact], rule: ContactRule) -> tuple[Shortfall, ...]:
    """What is missing; empty if nothing.

    A number shared by two people counts once, and so does a person named twice.
    """
    numbers = {plain_number(number) for contact in contacts for number in contact.numbers} - {""}
    people = {_plain_name(contact.person) for contact in contacts if _has_number(contact)}
    parents = {_plain_name(contact.person): contact for contact in contacts if contact.parent_lived_with}
    found = [
        Shortfall(True, f"No telephone number for {parent.person}, a parent the pupil normally lives with.")
        for name, parent in parents.items()
        if name not in people
    ]
    found += _too_few("Different emergency numbers", len(numbers), rule.numbers, needed=True)
    found += _too_few("People with a number", len(people), rule.people, needed=True)
    if len(people) >= rule.people:
        found += _too_few("People with a number", len(people), rule.ideal_people, needed=False)
    return tuple(found)


def plain_number(number: str) -> str:
    """A telephone number with only its digits, +44 read as 0, so that one number written two ways is one."""
    digits = "".join(character for character in number if character.isdigit())
    return "0" + digits[2:].removeprefix("0") if number.strip().startswith("+44") else digits


def _too_few(what: str, held: int, wanted: int, *, needed: bool) -> list[Shortfall]:
    if held >= wanted:
        return []
    asks = "at least" if needed else "ideally"
    return [Shortfall(needed, f"{what}: {held}. The policy asks for {asks} {wanted}.")]


def _has_number(contact: Contact) -> bool:
    return any(plain_number(number) for number in contact.numbers)


def _plain_name(name: str) -> str:
    return " ".join(name.split()).casefold()
