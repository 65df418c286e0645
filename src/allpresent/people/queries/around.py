"""The people around many pupils at once, as whoever looks for a missing child needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from allpresent.core.policy.model.words import Circumstance, Party
from allpresent.core.response import Person
from allpresent.people.models import Characteristic, Placement, Professional, PupilContact

_KINDS, _WORKERS = Characteristic.Kind, Professional.Kind
_CIRCUMSTANCES = {
    _KINDS.SEN_SUPPORT: (Circumstance.SEND_SUPPORT,),
    _KINDS.EHC_PLAN: (Circumstance.EHC_PLAN,),
    _KINDS.FREE_MEALS: (Circumstance.DISADVANTAGED,),
    _KINDS.LOOKED_AFTER: (Circumstance.IN_CARE, Circumstance.SOCIAL_WORKER),
    _KINDS.PREVIOUSLY_LOOKED_AFTER: (Circumstance.PREVIOUSLY_IN_CARE,),
    _KINDS.CHILD_IN_NEED: (Circumstance.SOCIAL_WORKER,),
    _KINDS.CHILD_PROTECTION: (Circumstance.AT_RISK, Circumstance.SOCIAL_WORKER),
    _KINDS.YOUNG_CARER: (Circumstance.YOUNG_CARER,),
    _KINDS.SERVICE_FAMILY: (Circumstance.SERVICE_FAMILY,),
    _KINDS.TRAVELLER: (Circumstance.TRAVELLER,),
    _KINDS.NEW_MIGRANT: (Circumstance.NEW_MIGRANT,),
    _KINDS.YOUTH_JUSTICE: (Circumstance.YOUTH_JUSTICE,),
    _KINDS.MEDICAL: (Circumstance.MEDICAL,),
    _WORKERS.SOCIAL_WORKER: (Circumstance.SOCIAL_WORKER,),
}
"""What a characteristic, or having such a worker, is called in a policy."""
_PARTIES = {
    _WORKERS.SOCIAL_WORKER: Party.SOCIAL_WORKER,
    _WORKERS.YOUTH_JUSTICE: Party.YOUTH_JUSTICE,
    _WORKERS.VIRTUAL_SCHOOL: Party.VIRTUAL_SCHOOL,
    _WORKERS.OTHER: Party.PROFESSIONALS,
    Placement.Kind.SCHOOL: Party.COMMISSIONER,
    Placement.Kind.AUTHORITY: Party.AUTHORITY,
}


@dataclass
class Around:
    """Everybody who may be told about one pupil on a day, in calling order, and the circumstances that rules ask for.

    The restricted are among the people, with their restriction: nobody may contact them.
    """

    people: list[Person] = field(default_factory=list)
    circumstances: set[Circumstance] = field(default_factory=set)


def around(pupil_ids: Iterable[int], day: date) -> dict[int, Around]:
    """The people around each pupil on a day: two queries, however many pupils."""
    wanted = tuple(pupil_ids)
    found = {pupil_id: Around() for pupil_id in wanted}
    for pupil_id, person in _contacts(wanted):
        found[pupil_id].people.append(person)
    for pupil_id, source, kind, name, contact, phone, email, ref in _facts(wanted, day):
        found[pupil_id].circumstances.update(_CIRCUMSTANCES.get(kind, ()))
        if source != "characteristic":
            known = f"{contact}, {name}" if contact else name
            numbers = (phone,) if phone else ()
            found[pupil_id].people.append(Person(f"{source}:{ref}", _PARTIES[kind], known, numbers, email))
    return found


def _contacts(pupil_ids: tuple[int, ...]) -> Iterator[tuple[int, Person]]:
    """In calling order; those with no place in it after the others."""
    links = PupilContact.objects.filter(pupil__in=pupil_ids).select_related("contact")
    for link in links.order_by(F("calling_order").asc(nulls_last=True), "id"):
        party = Party.PARENT if link.is_parent else Party.EMERGENCY
        adult = link.contact
        yield (
            link.pupil_id,
            Person(
                f"contact:{link.id}", party, adult.name, adult.numbers, adult.email, link.relation, link.lives_with,
                link.restriction,
            ),
        )  # fmt: skip


def _facts(pupil_ids: tuple[int, ...], day: date) -> QuerySet:
    """Characteristics, workers and places in force on a day, as rows of one shape."""
    in_force = Q(pupil__in=pupil_ids, begins__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
    held = Characteristic.objects.filter(in_force)
    workers = Professional.objects.filter(in_force)
    places = Placement.objects.filter(in_force)
    return _shaped(held, "characteristic").union(
        _shaped(workers, "professional", name=F("name"), phone=F("phone"), email=F("email")),
        _shaped(
            places, "placement", name=F("commissioner"), contact=F("contact_name"), phone=F("phone"), email=F("email")
        ),
        all=True,
    )


def _shaped(rows: QuerySet, source: str, **given: Any) -> QuerySet:
    blank = Value("", output_field=CharField())
    columns = {name: given.get(name, blank) for name in ("name", "contact", "phone", "email")}
    shaped = {f"the_{name}": Cast(column, CharField()) for name, column in columns.items()}
    made = rows.order_by().annotate(source=Value(source, output_field=CharField()), the_ref=F("id"), **shaped)
    return made.values_list(
        "pupil_id", "source", "kind", "the_name", "the_contact", "the_phone", "the_email", "the_ref"
    )
