"""The children and the adults around them, written into the admission register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from allpresent.core.calendar.london import at
from allpresent.demo.before import first_day, group_before, has_gone, last_day, was_here
from allpresent.demo.children import Child
from allpresent.demo.families import Adult
from allpresent.demo.places import terms
from allpresent.demo.reading import read
from allpresent.demo.trust import SET_UP
from allpresent.people.models import (
    Characteristic,
    Contact,
    Enrolment,
    ExpectedSessions,
    GroupMembership,
    Placement,
    Professional,
    Pupil,
    PupilContact,
    RollEntry,
)
from allpresent.schools.models import Group, School


def make_roll(schools: dict[str, School], children: Iterable[Child]) -> dict[str, Pupil]:
    """Every child with all that is known of them. Gives the pupils by the child's key."""
    everybody = list(children)
    pupils = Pupil.objects.bulk_create(
        _pupil(schools[child.place], number, child) for number, child in enumerate(everybody)
    )
    known = list(zip(everybody, pupils, strict=True))
    groups = {(group.school_id, group.name): group for group in Group.objects.all()}
    Enrolment.objects.bulk_create(_enrolment(child, pupil) for child, pupil in known)
    GroupMembership.objects.bulk_create(_memberships(known, groups))
    ExpectedSessions.objects.bulk_create(
        ExpectedSessions(pupil=pupil, begins=_begun(child), pattern=child.pattern)
        for child, pupil in known
        if child.pattern
    )
    Characteristic.objects.bulk_create(
        Characteristic(pupil=pupil, kind=kind, begins=_begun(child)) for child, pupil in known for kind in child.kinds
    )
    Professional.objects.bulk_create(
        Professional(pupil=pupil, begins=_begun(child), **worker)
        for child, pupil in known
        for worker in child.professionals
    )
    Placement.objects.bulk_create(_placements(schools, known))
    _make_contacts(known)
    RollEntry.objects.bulk_create(_roll_entries(known))
    return {child.key: pupil for child, pupil in known}


def _pupil(school: School, number: int, child: Child) -> Pupil:
    return Pupil(
        school=school, surname=child.surname, forename=child.forename, middle_names=child.middle_names,
        known_as=child.known_as, sex=child.sex, born=child.born, year_group=child.year_group, upn=child.upn,
        admission_number=f"{number + 1001:05}", address=child.family.address, last_school=child.last_school,
    )  # fmt: skip


def _memberships(
    known: Iterable[tuple[Child, Pupil]], groups: Mapping[tuple[int, str], Group]
) -> Iterator[GroupMembership]:
    """The class of last year, and the one of this."""
    for child, pupil in known:
        if was_here(child):
            before = groups[pupil.school_id, group_before(child)]
            yield GroupMembership(pupil=pupil, group=before, begins=first_day(), ends=last_day())
        if not has_gone(child):
            group = groups[pupil.school_id, child.group]
            yield GroupMembership(pupil=pupil, group=group, begins=_this_year(child), ends=_left(child))


def _enrolment(child: Child, pupil: Pupil) -> Enrolment:
    begins = _begun(child)
    if not child.left:
        return Enrolment(pupil=pupil, begins=begins)
    return Enrolment(
        pupil=pupil, begins=begins, ends=child.left["on"], ground=child.left["ground"],
        ground_facts={"answers": child.left["answers"]}, destination=child.left["to"],
    )  # fmt: skip


def _roll_entries(known: Iterable[tuple[Child, Pupil]]) -> Iterator[RollEntry]:
    """How each name came into the admission register, and how one left it (reg 6)."""
    for child, pupil in known:
        begun = _begun(child)
        yield _roll_entry(pupil, "begins", begun.isoformat(), "Name entered", begun)
        if child.left:
            reason = f"Regulation {child.left['ground']}: {child.left['title']}"
            yield _roll_entry(pupil, "last day on the register", child.left["on"].isoformat(), reason, child.left["on"])


def _roll_entry(pupil: Pupil, field: str, amended: str, reason: str, day: date) -> RollEntry:
    return RollEntry(
        pupil=pupil, field=field, amended=amended, reason=reason, at=at(day, time(8, 15)), by_name=SET_UP.name,
        by_position=SET_UP.position,
    )  # fmt: skip


def _begun(child: Child) -> date:
    """The starting day: the September of reception, or at the provision of last year or this, or the day of joining."""
    if child.joined or child.year_group == "R":
        return _this_year(child)
    if child.place == "provision":
        return first_day() if was_here(child) else _this_year(child)
    return date(terms()[0].starts.year - int(child.year_group), 9, 3)


def _this_year(child: Child) -> date:
    return child.joined or date(terms()[0].starts.year, 9, 3)


def _left(child: Child) -> date | None:
    return child.left["on"] if child.left else None


def _placements(schools: dict[str, School], known: Iterable[tuple[Child, Pupil]]) -> Iterator[Placement]:
    for child, pupil in known:
        if child.commissioner:
            yield _placement(schools, child, pupil, read("children")["commissioners"][child.commissioner])


def _placement(schools: dict[str, School], child: Child, pupil: Pupil, who: dict[str, Any]) -> Placement:
    return Placement(
        pupil=pupil, kind=who["kind"], commissioner=who["name"], commissioning_school=schools.get(child.commissioner),
        contact_name=who["contact"], phone=who["phone"], email=who["email"], begins=_begun(child),
    )  # fmt: skip


def _make_contacts(known: Iterable[tuple[Child, Pupil]]) -> None:
    """One row a person at each school, however many children they have there."""
    adults: dict[tuple[int, str], Contact] = {}
    links: list[PupilContact] = []
    for child, pupil in known:
        for place, adult in enumerate(child.family.adults, start=1):
            contact = adults.setdefault((pupil.school_id, adult.mobile), _contact(pupil, child, adult))
            links.append(_link(pupil, contact, adult, place))
    Contact.objects.bulk_create(adults.values())
    PupilContact.objects.bulk_create(links)


def _contact(pupil: Pupil, child: Child, adult: Adult) -> Contact:
    address = adult.address or (child.family.address if adult.lives_with else "")
    return Contact(
        school_id=pupil.school_id, name=adult.name, address=address, email=adult.email, mobile=adult.mobile,
        home_phone=adult.home_phone,
    )  # fmt: skip


def _link(pupil: Pupil, contact: Contact, adult: Adult, place: int) -> PupilContact:
    return PupilContact(
        pupil=pupil, contact=contact, relation=adult.relation, is_parent=adult.is_parent,
        parental_responsibility=adult.responsibility, lives_with=adult.lives_with, calling_order=place,
        may_collect=not adult.restriction, restriction=adult.restriction,
    )  # fmt: skip
