"""Which adult a contact is: the same name with a telephone number or e-mail address in common is the same person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from allpresent.core.roll.contacts import plain_number
from allpresent.exchange.roll.contacts import DETAILS, ContactRow
from allpresent.exchange.roll.fields import FIELDS, contact_key
from allpresent.exchange.roll.rows import Problem
from allpresent.exchange.roll.words import folded
from allpresent.people.bulk_plan import AdultRef
from allpresent.people.bulk_queries import HeldAdult, HeldPupil

_PHONES = frozenset({"mobile", "home_phone", "work_phone"})


class Adults:
    """The adults around a school's pupils, and those a file adds; brothers and sisters share one."""

    def __init__(self, held: Sequence[HeldAdult]) -> None:
        self._held = {adult.id: adult for adult in held}
        self._known: dict[tuple[str, str], AdultRef] = {}
        self._names: list[str] = []
        self._said: dict[AdultRef, dict[str, tuple[str, int]]] = {}
        self.problems: list[Problem] = []
        for adult in held:
            self._remember(AdultRef(id=adult.id), adult.name, adult.details)

    def resolve(self, contact: ContactRow, row: int, pupil: HeldPupil | None) -> AdultRef:
        """The adult meant: one already around the pupil by that name, else one known here, else a new one."""
        adult = self._around(contact, pupil) or self._known_here(contact) or self._new(contact)
        self._remember(adult, contact.name, contact.details)
        self._hear(adult, contact, row)
        return adult

    def name(self, adult: AdultRef) -> str:
        return self._held[adult.id].name if adult.id is not None else self._names[adult.place or 0]

    def new(self) -> tuple[dict[str, str], ...]:
        """The facts of each adult added, in the order of their places."""
        return tuple(
            {"name": name} | {key: text for key, (text, _) in self._said.get(AdultRef(place=place), {}).items()}
            for place, name in enumerate(self._names)
        )

    def changes(self) -> dict[int, dict[str, str]]:
        """What the file says differently of each adult already held."""
        found = {adult.id: self.changed(adult) for adult in self._said if adult.id is not None}
        return {pk: facts for pk, facts in found.items() if facts}

    def changed(self, adult: AdultRef) -> dict[str, str]:
        if adult.id is None:
            return {}
        held = self._held[adult.id].details
        said = self._said.get(adult, {})
        return {key: text for key, (text, _) in said.items() if not same_detail(key, text, held[key])}

    def changed_first_in(self, adult: AdultRef, row: int) -> Iterator[tuple[str, str]]:
        """The changed details (field, text) that this row was the first to say."""
        for key, text in self.changed(adult).items():
            if self._said[adult][key][1] == row:
                yield key, text

    def held_detail(self, adult: AdultRef, key: str) -> str:
        return self._held[adult.id].details[key] if adult.id is not None else ""

    def _around(self, contact: ContactRow, pupil: HeldPupil | None) -> AdultRef | None:
        linked = {link.contact_id for link in pupil.links} if pupil else set()
        named = [pk for pk in linked if folded(self._held[pk].name) == folded(contact.name)]
        return AdultRef(id=named[0]) if len(named) == 1 else None

    def _known_here(self, contact: ContactRow) -> AdultRef | None:
        return next((self._known[key] for key in _keys(contact.name, contact.details) if key in self._known), None)

    def _new(self, contact: ContactRow) -> AdultRef:
        self._names.append(contact.name)
        return AdultRef(place=len(self._names) - 1)

    def _remember(self, adult: AdultRef, name: str, details: Mapping[str, Any]) -> None:
        for key in _keys(name, details):
            self._known.setdefault(key, adult)

    def _hear(self, adult: AdultRef, contact: ContactRow, row: int) -> None:
        """What a row says of an adult; two rows that disagree are for a person to mend."""
        heard = self._said.setdefault(adult, {})
        for key, text in contact.details.items():
            before, row_before = heard.setdefault(key, (text, row))
            if not same_detail(key, text, before):
                label = FIELDS[contact_key(contact.number, key)].label
                self.problems.append(Problem(row, label, (
                    f"{contact.name} has {text} here and {before} in row {row_before}. Make the two rows agree."
                )))  # fmt: skip


def same_detail(key: str, one: str, other: str) -> bool:
    """Whether two texts are one telephone number, e-mail address or address."""
    if key in _PHONES:
        return plain_number(one) == plain_number(other)
    return folded(one) == folded(other)


def _keys(name: str, details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in DETAILS:
        text = details.get(key, "")
        token = plain_number(text) if key in _PHONES else folded(text) if key == "email" else ""
        if token:
            yield folded(name), token
