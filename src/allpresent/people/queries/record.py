"""Everything the admission register and its neighbours hold about one pupil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from allpresent.core.calendar.ages import age_on
from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.people.models import (
    Characteristic,
    Enrolment,
    ExpectedSessions,
    GroupMembership,
    Placement,
    Professional,
    Pupil,
    PupilContact,
    RollEntry,
)


class Spell(NamedTuple):
    """Something that holds from one day to another, in words. `ends` None: still."""

    id: int
    text: str
    begins: date
    ends: date | None
    ref: int | None = None

    def on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class Worker(NamedTuple):
    """A professional around the child."""

    spell: Spell
    role: str
    phone: str
    email: str


class Commissioner(NamedTuple):
    """Who commissioned the place, and whom to tell there."""

    spell: Spell
    kind: str
    contact_name: str
    phone: str
    email: str


class Adult(NamedTuple):
    """A contact as one child has them, in calling order."""

    id: int
    name: str
    relation: str
    is_parent: bool
    parental_responsibility: bool
    lives_with: bool
    calling_order: int | None
    may_collect: bool
    restriction: str
    numbers: tuple[tuple[str, str], ...]
    email: str
    address: str


class Entered(NamedTuple):
    """An entry in the admission register."""

    field: str
    original: str
    amended: str
    reason: str
    at: object
    by_name: str
    by_position: str


@dataclass(frozen=True)
class PupilRecord:
    """One pupil's record. Restricted facts are left out, not hidden, for those who may not know them."""

    pupil: Pupil
    enrolments: tuple[Enrolment, ...]
    groups: tuple[Spell, ...]
    expected: tuple[Spell, ...]
    contacts: tuple[Adult, ...]
    workers: tuple[Worker, ...]
    characteristics: tuple[Spell, ...]
    placements: tuple[Commissioner, ...]
    entries: tuple[Entered, ...]

    @property
    def restrictions(self) -> tuple[Adult, ...]:
        return tuple(adult for adult in self.contacts if adult.restriction)

    @property
    def enrolment(self) -> Enrolment | None:
        """The newest stretch on the register."""
        return self.enrolments[-1] if self.enrolments else None

    def group_on(self, day: date) -> Spell | None:
        return next((spell for spell in self.groups if spell.on(day)), None)

    def on_roll(self, day: date) -> bool:
        return any(row.begins <= day and (row.ends is None or row.ends >= day) for row in self.enrolments)

    def age_in_words(self, day: date) -> str:
        """'7 years old', and whether that is out of compulsory school age."""
        born = self.pupil.born
        of_age = "" if is_compulsory_age(born, day) else ", not of compulsory school age"
        return f"{age_on(born, day)} years old{of_age}"


def record_of(pupil: Pupil, *, restricted: bool) -> PupilRecord:
    """One pupil's record: eight queries, seven without the restricted facts."""
    return PupilRecord(
        pupil=pupil,
        enrolments=tuple(Enrolment.objects.filter(pupil=pupil).order_by("begins")),
        groups=tuple(_groups(pupil)),
        expected=tuple(_expected(pupil)),
        contacts=tuple(contacts_of(pupil.id)),
        workers=tuple(_workers(pupil)) if restricted else (),
        characteristics=tuple(_characteristics(pupil, restricted)),
        placements=tuple(_placements(pupil)),
        entries=tuple(_entries(pupil)),
    )


def _groups(pupil: Pupil):
    for row in GroupMembership.objects.filter(pupil=pupil).select_related("group").order_by("begins"):
        yield Spell(row.id, row.group.name, row.begins, row.ends, row.group_id)


def _expected(pupil: Pupil):
    for row in ExpectedSessions.objects.filter(pupil=pupil).order_by("begins"):
        yield Spell(row.id, row.pattern, row.begins, row.ends)


def contacts_of(pupil_id: int) -> Iterator[Adult]:
    """In calling order; those with no place in it after the others."""
    links = PupilContact.objects.filter(pupil_id=pupil_id).select_related("contact")
    for link in sorted(links, key=lambda link: (link.calling_order or 999, link.id)):
        adult = link.contact
        numbers = (("Mobile", adult.mobile), ("Home", adult.home_phone), ("Work", adult.work_phone))
        yield Adult(
            link.id,
            adult.name,
            link.relation,
            link.is_parent,
            link.parental_responsibility,
            link.lives_with,
            link.calling_order,
            link.may_collect,
            link.restriction,
            tuple((label, number) for label, number in numbers if number),
            adult.email,
            adult.address,
        )


def _workers(pupil: Pupil):
    for row in Professional.objects.filter(pupil=pupil).order_by("begins"):
        yield Worker(Spell(row.id, row.name, row.begins, row.ends), row.get_kind_display(), row.phone, row.email)


def _characteristics(pupil: Pupil, restricted: bool):
    for row in Characteristic.objects.filter(pupil=pupil).order_by("begins"):
        if restricted or not row.is_restricted:
            yield Spell(row.id, row.get_kind_display(), row.begins, row.ends)


def _placements(pupil: Pupil):
    for row in Placement.objects.filter(pupil=pupil).order_by("begins"):
        spell = Spell(row.id, row.commissioner, row.begins, row.ends)
        yield Commissioner(spell, row.get_kind_display(), row.contact_name, row.phone, row.email)


def _entries(pupil: Pupil):
    rows = RollEntry.objects.filter(pupil=pupil).order_by("-at", "-id")
    return map(Entered._make, rows.values_list(*Entered._fields))
