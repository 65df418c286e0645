"""The people to ring that a row names (M-3.5a: relation, home, parental responsibility, calling order)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allpresent.core.roll.contacts import plain_number
from allpresent.exchange.roll.fields import CONTACT_PARTS, CONTACTS, contact_key
from allpresent.exchange.roll.words import folded

_PARENTS = frozenset(
    {
        "mother",
        "father",
        "mum",
        "dad",
        "parent",
        "parent/carer",
        "carer",
        "foster carer",
        "foster mother",
        "foster father",
        "guardian",
        "special guardian",
        "adoptive mother",
        "adoptive father",
        "adoptive parent",
        "step mother",
        "step father",
        "stepmother",
        "stepfather",
        "step-mother",
        "step-father",
        "step parent",
        "step-parent",
    }
)
"""Relations of a parent in education law: natural parents, those with responsibility, and those who care day to day."""

DETAILS = ("mobile", "home_phone", "work_phone", "email", "address")
STANDING = ("relation", "lives_with", "parental_responsibility", "calling_order")


@dataclass(frozen=True)
class ContactRow:
    """One adult in a row: their details, and how they stand to the pupil. Nothing said is not there."""

    number: int
    name: str
    details: Mapping[str, str]
    standing: Mapping[str, Any]

    @property
    def is_parent(self) -> bool:
        """Whether the file makes them a parent in education law."""
        relation = folded(str(self.standing.get("relation", "")))
        return relation in _PARENTS or bool(self.standing.get("parental_responsibility"))


def contacts_of(said: Mapping[str, Any]) -> tuple[tuple[ContactRow, ...], list[tuple[str, str]]]:
    """The adults that a row names, and what is wrong as (field, message)."""
    contacts, wrong = [], []
    for number in range(1, CONTACTS + 1):
        parts = {part: said[key] for part in CONTACT_PARTS if (key := contact_key(number, part)) in said}
        name = parts.get("name") or " ".join(_names(parts))
        if name:
            contacts.append(_contact(number, name[:200], parts))
        elif any(part in parts for part in ("phone", *DETAILS)):
            wrong.append((f"Contact {number}: name", "There are details and no name. Name whose they are."))
    return tuple(contacts), wrong


def _names(parts: Mapping[str, Any]) -> Iterator[str]:
    return (parts[part] for part in ("forename", "surname") if part in parts)


def _contact(number: int, name: str, parts: dict[str, Any]) -> ContactRow:
    details = {key: parts[key] for key in DETAILS if key in parts}
    if "phone" in parts and parts["phone"] not in details.values():
        place = next((place for place in _places_of(parts["phone"]) if place not in details), None)
        details |= {place: parts["phone"]} if place else {}
    return ContactRow(number, name, details, {key: parts[key] for key in STANDING if key in parts})


def _places_of(phone: str) -> tuple[str, ...]:
    """Where a number of no stated kind goes, if there is room: those that begin 07 are mobiles."""
    digits = plain_number(phone)
    return ("mobile", "home_phone", "work_phone") if digits.startswith("07") else ("home_phone", "work_phone", "mobile")
