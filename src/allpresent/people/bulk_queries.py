"""A school's whole roll as it is held, for comparing with a file: a dozen queries, however many pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from allpresent.people.models import (
    Characteristic,
    Contact,
    Enrolment,
    ExpectedSessions,
    GroupMembership,
    Placement,
    Pupil,
    PupilContact,
)
from allpresent.schools.models import Group, School

TEXTS = (
    "surname", "forename", "middle_names", "known_as", "sex", "year_group", "upn", "admission_number", "address",
    "last_school",
)  # fmt: skip
STANDING = ("relation", "is_parent", "lives_with", "parental_responsibility", "calling_order")
DETAILS = ("mobile", "home_phone", "work_phone", "email", "address")


class HeldLink(NamedTuple):
    """How an adult stands to a pupil."""

    id: int
    contact_id: int
    standing: Mapping[str, Any]


class HeldAdult(NamedTuple):
    id: int
    name: str
    details: Mapping[str, str]


class HeldGroup(NamedTuple):
    name: str
    closed: bool


@dataclass(frozen=True)
class HeldPupil:
    """A pupil who is or was on the roll. `begins` is None when the name is not on the admission register now."""

    id: int
    born: date
    texts: Mapping[str, str]
    begins: date | None
    ended: date | None
    group: str
    pattern: str
    characteristics: frozenset[str]
    placement: tuple[str, str] | None
    links: tuple[HeldLink, ...]

    @property
    def name(self) -> str:
        return f"{self.texts['surname']}, {self.texts['forename']}"


@dataclass(frozen=True)
class HeldRoll:
    """Two readings are equal when nothing that an import looks at has changed between them."""

    pupils: tuple[HeldPupil, ...]
    adults: tuple[HeldAdult, ...]
    groups: tuple[HeldGroup, ...]


def held_roll(school: School) -> HeldRoll:
    """Every pupil the school has ever had on its roll, every adult around them, every group."""
    adults = Contact.objects.filter(school=school).order_by("id").values_list("id", "name", *DETAILS)
    groups = Group.objects.filter(school=school).order_by("id").values_list("name", "closed_on")
    return HeldRoll(
        pupils=_pupils(school),
        adults=tuple(HeldAdult(pk, name, dict(zip(DETAILS, details, strict=True))) for pk, name, *details in adults),
        groups=tuple(HeldGroup(name, closed is not None) for name, closed in groups),
    )


def _pupils(school: School) -> tuple[HeldPupil, ...]:
    begun = dict(Enrolment.objects.filter(pupil__school=school, ends=None).values_list("pupil_id", "begins"))
    ended = Enrolment.objects.filter(pupil__school=school, ends__isnull=False).order_by("ends")
    left = dict(ended.values_list("pupil_id", "ends"))
    groups = dict(_open(GroupMembership, school, "group__name"))
    patterns = dict(_open(ExpectedSessions, school, "pattern"))
    kinds = _gathered(_open(Characteristic, school, "kind"))
    placements = {pk: (kind, name) for pk, kind, name in _open(Placement, school, "kind", "commissioner")}
    links = _links(school)
    return tuple(
        HeldPupil(
            id=pk,
            born=born,
            texts=dict(zip(TEXTS, texts, strict=True)),
            begins=begun.get(pk),
            ended=left.get(pk),
            group=groups.get(pk, ""),
            pattern=patterns.get(pk, ""),
            characteristics=frozenset(kinds.get(pk, ())),
            placement=placements.get(pk),
            links=tuple(links.get(pk, ())),
        )
        for pk, born, *texts in Pupil.objects.filter(school=school).order_by("id").values_list("id", "born", *TEXTS)
    )


def _open(model: Any, school: School, *fields: str) -> Iterable[tuple]:
    """Rows of a dated fact that have no end."""
    return model.objects.filter(pupil__school=school, ends=None).order_by("id").values_list("pupil_id", *fields)


def _gathered(rows: Iterable[tuple]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for pupil_id, value in rows:
        found[pupil_id].append(value)
    return found


def _links(school: School) -> dict[int, list[HeldLink]]:
    rows = PupilContact.objects.filter(pupil__school=school).order_by("id")
    return _gathered(
        (pupil_id, HeldLink(pk, contact_id, dict(zip(STANDING, standing, strict=True))))
        for pupil_id, pk, contact_id, *standing in rows.values_list("pupil_id", "id", "contact_id", *STANDING)
    )
