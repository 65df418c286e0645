"""Dated facts around a child: characteristics, professionals, and who commissioned the place."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from allpresent.core.calendar.words import day_words
from allpresent.people.actions.entering import held
from allpresent.people.models import Characteristic, Placement, Professional, Pupil
from allpresent.schools.models import School
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer

DatedFact = Characteristic | Professional | Placement


def add_characteristic(
    *, pupil: Pupil, kind: str, begins: date, ends: date | None = None, by: Signer, now: datetime
) -> Characteristic | Refused:
    """Record a characteristic from a day on. One kind is not held twice at once."""
    with transaction.atomic():
        pupil = held(pupil)
        alike = Characteristic.objects.filter(_overlaps(begins, ends), pupil=pupil, kind=kind).first()
        if alike:
            return refused("kind", f"{alike.get_kind_display()} is recorded since {day_words(alike.begins)}.")
        return _add(Characteristic(pupil=pupil, kind=kind, begins=begins, ends=ends), by, now)


def add_professional(
    *,
    pupil: Pupil,
    kind: str,
    name: str,
    begins: date,
    phone: str = "",
    email: str = "",
    ends: date | None = None,
    by: Signer,
    now: datetime,
) -> Professional | Refused:
    """Record a worker around the child from a day on (M-4.7e: who hears of unexplained absence)."""
    with transaction.atomic():
        pupil = held(pupil)
        worker = Professional(pupil=pupil, kind=kind, name=name, phone=phone, email=email, begins=begins, ends=ends)
        return _add(worker, by, now)


def add_placement(
    *,
    pupil: Pupil,
    kind: str,
    commissioner: str,
    begins: date,
    ends: date | None = None,
    commissioning_school: School | None = None,
    contact_name: str = "",
    phone: str = "",
    email: str = "",
    by: Signer,
    now: datetime,
) -> Placement | Refused:
    """Record who commissioned the pupil's place from a day on: one commissioner at a time (M-3.3b)."""
    with transaction.atomic():
        pupil = held(pupil)
        standing = Placement.objects.filter(_overlaps(begins, ends), pupil=pupil).first()
        if standing:
            return refused(
                "begins",
                f"The place is commissioned by {standing.commissioner} since {day_words(standing.begins)}. "
                "End that first.",
            )
        placement = Placement(
            pupil=pupil,
            kind=kind,
            commissioner=commissioner,
            commissioning_school=commissioning_school,
            contact_name=contact_name,
            phone=phone,
            email=email,
            begins=begins,
            ends=ends,
        )
        return _add(placement, by, now)


def end_fact(*, fact: DatedFact, ends: date, by: Signer, now: datetime) -> DatedFact | Refused:
    """Give a dated fact its last day. What it was until then stays on record."""
    if ends < fact.begins:
        return refused("ends", f"It began on {day_words(fact.begins)}, so it cannot end before that day.")
    with transaction.atomic():
        fact.ends = ends
        fact.save(update_fields=["ends"])
        _tell(fact, by, now)
    return fact


def _overlaps(begins: date, ends: date | None) -> Q:
    reaches = Q(ends__isnull=True) | Q(ends__gte=begins)
    return reaches & Q(begins__lte=ends) if ends else reaches


def _add(fact: DatedFact, by: Signer, now: datetime) -> DatedFact | Refused:
    if fact.ends and fact.ends < fact.begins:
        return refused("ends", "The last day is before the first.")
    fact.save()
    _tell(fact, by, now)
    return fact


def _tell(fact: DatedFact, by: Signer, now: datetime) -> None:
    """An event that says what sort of fact was written and when it holds, and leaves its content where it is."""
    record_event(
        Kind.ROLL_AMENDED,
        by=by,
        at=now,
        school_id=fact.pupil.school_id,
        subject=f"pupil:{fact.pupil_id}",
        what=fact._meta.model_name,
        row=fact.id,
        begins=str(fact.begins),
        ends=str(fact.ends or ""),
    )
