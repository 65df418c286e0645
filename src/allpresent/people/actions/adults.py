"""The adults around a child: parents, carers and others to ring, each with how they stand to the child (M-3.5a)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from allpresent.core.roll.contacts import plain_number
from allpresent.people.actions.entering import enter, held
from allpresent.people.models import Contact, Pupil, PupilContact
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Problem, Refused
from allpresent.shared.signer import Signer


@dataclass(frozen=True)
class AdultDetails:
    """An adult, the same for every child of theirs at the school."""

    name: str
    address: str = ""
    email: str = ""
    mobile: str = ""
    home_phone: str = ""
    work_phone: str = ""


@dataclass(frozen=True)
class ContactDetails:
    """How an adult stands to one child."""

    relation: str
    is_parent: bool = False
    parental_responsibility: bool = False
    lives_with: bool = False
    calling_order: int | None = None
    may_collect: bool = False
    restriction: str = ""


def add_contact(
    *, pupil: Pupil, adult: AdultDetails, details: ContactDetails, reason: str, by: Signer, now: datetime
) -> PupilContact | Refused:
    """Put an adult beside a child. An adult the school knows by name and a number or e-mail is not entered twice."""
    with transaction.atomic():
        pupil = held(pupil)
        known = _known(pupil, adult)
        problems = [*_problems(details, reason)]
        if known and PupilContact.objects.filter(pupil=pupil, contact=known).exists():
            problems.append(Problem("name", f"{known.name} is already a contact of this pupil. Change that one."))
        if problems:
            return Refused(tuple(problems))
        contact = known or Contact.objects.create(school=pupil.school, **asdict(adult))
        if known:
            _change_adult(known, _given(adult), reason=reason, by=by, now=now)
        link = PupilContact.objects.create(pupil=pupil, contact=contact, **asdict(details))
        enter(pupil, f"contact: {contact.name}", "", describe(link), reason=reason, by=by, now=now)
        _tell(pupil, contact, by, now)
    return link


def change_contact(
    *,
    link: PupilContact,
    adult: AdultDetails,
    details: ContactDetails,
    reason: str,
    by: Signer,
    now: datetime,
) -> PupilContact | Refused:
    """Change an adult, for each of their children here, and how they stand to this child."""
    with transaction.atomic():
        pupil = held(link.pupil)
        link = PupilContact.objects.select_related("contact").get(id=link.id)
        if problems := tuple(_problems(details, reason)):
            return Refused(problems)
        _change_adult(link.contact, asdict(adult), reason=reason, by=by, now=now)
        before = describe(link)
        for field, value in asdict(details).items():
            setattr(link, field, value)
        link.save()
        if (after := describe(link)) != before:
            enter(pupil, f"contact: {link.contact.name}", before, after, reason=reason, by=by, now=now)
        _tell(pupil, link.contact, by, now)
    return link


def remove_contact(*, link: PupilContact, reason: str, by: Signer, now: datetime) -> Refused | None:
    """Take an adult from a child's contacts. What stood there stays in the admission register's entries."""
    if not reason.strip():
        return Refused((Problem("reason", "Give the reason."),))
    with transaction.atomic():
        pupil = held(link.pupil)
        enter(pupil, f"contact: {link.contact.name}", describe(link), "", reason=reason, by=by, now=now)
        _tell(pupil, link.contact, by, now)
        link.delete()
    return None


def describe(link: PupilContact) -> str:
    """One line that keeps all of how an adult stands to a child, and their numbers."""
    flags = {
        "parent": link.is_parent,
        "parental responsibility": link.parental_responsibility,
        "lives with": link.lives_with,
        "may collect": link.may_collect,
    }
    parts = [link.relation, *(name for name, held in flags.items() if held)]
    if link.calling_order:
        parts.append(f"call {link.calling_order}")
    if link.restriction:
        parts.append(f"restriction: {link.restriction}")
    return "; ".join([*parts, *link.contact.numbers])


def _problems(details: ContactDetails, reason: str) -> Iterator[Problem]:
    if not reason.strip():
        yield Problem("reason", "Give the reason for the change.")
    if details.restriction and details.may_collect:
        yield Problem(
            "may_collect",
            "A restriction is written here, so this adult cannot also be marked as one who may collect. "
            "Clear one of the two.",
        )


def _known(pupil: Pupil, adult: AdultDetails) -> Contact | None:
    """The adult of that name at the school who shares a number or the e-mail address."""
    numbers = {plain_number(number) for number in (adult.mobile, adult.home_phone, adult.work_phone)} - {""}
    for contact in Contact.objects.filter(school=pupil.school, name__iexact=adult.name):
        same_number = numbers & {plain_number(number) for number in contact.numbers}
        if same_number or (adult.email and contact.email.lower() == adult.email.lower()):
            return contact
    return None


def _given(adult: AdultDetails) -> dict[str, str]:
    return {field: value for field, value in asdict(adult).items() if value}


def _change_adult(contact: Contact, new: dict[str, str], *, reason: str, by: Signer, now: datetime) -> None:
    """Change an adult's own facts, with an entry beside every child of theirs at the school."""
    before = {field: getattr(contact, field) for field, value in new.items() if getattr(contact, field) != value}
    if not before:
        return
    for field in before:
        setattr(contact, field, new[field])
    contact.save(update_fields=list(before))
    for link in contact.pupil_links.select_related("pupil"):
        for field, original in before.items():
            about = f"contact: {contact.name[:36]}, {field.replace('_', ' ')}"
            enter(link.pupil, about, original, new[field], reason=reason, by=by, now=now)


def _tell(pupil: Pupil, contact: Contact, by: Signer, now: datetime) -> None:
    record_event(
        Kind.CONTACT_CHANGED,
        by=by,
        at=now,
        school_id=pupil.school_id,
        subject=f"pupil:{pupil.id}",
        contact=contact.id,
    )
