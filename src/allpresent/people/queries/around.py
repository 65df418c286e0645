"""The people around many pupils at once, as whoever looks for a missing child needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from allpresent.core.policy.model.words import Circumstance, Party
from allpresent.core.response import Person
from allpresent.people.models import Characteristic, Placement, Professional, PupilContact
from allpresent.schools.models import School

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
_PARENT, _EMERGENCY = "parent", "emergency"
_PARTIES = {
    _PARENT: Party.PARENT,
    _EMERGENCY: Party.EMERGENCY,
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
    """The people around each pupil on a day: one query, however many pupils."""
    wanted = tuple(pupil_ids)
    found = {pupil_id: Around() for pupil_id in wanted}
    rows = sorted(map(Fact._make, _facts(wanted, day)), key=lambda fact: (fact.order, fact.ref))
    for fact in rows:
        found[fact.pupil_id].circumstances.update(_CIRCUMSTANCES.get(fact.kind, ()))
        if fact.source != "characteristic":
            found[fact.pupil_id].people.append(fact.person)
    return found


class Fact(NamedTuple):
    """A contact, a worker, a place or a characteristic, as a row of one shape. `order`: contacts first, as called."""

    pupil_id: int
    source: str
    kind: str
    ref: int
    name: str
    relation: str
    mobile: str
    home: str
    work: str
    email: str
    restriction: str
    lives_with: bool
    order: int

    @property
    def person(self) -> Person:
        name = f"{self.relation}, {self.name}" if self.source == "placement" and self.relation else self.name
        numbers = tuple(number for number in (self.mobile, self.home, self.work) if number)
        relation = self.relation if self.source == "contact" else ""
        return Person(
            f"{self.source}:{self.ref}", _PARTIES[self.kind], name, numbers, self.email, relation,
            bool(self.lives_with), self.restriction,
        )  # fmt: skip


_LAST = 1_000_000
"""Contacts without a place in the calling order come after those who have one, workers and places after them."""


def _facts(pupil_ids: tuple[int, ...], day: date) -> QuerySet:
    """Contacts, and the characteristics, workers and places in force on a day."""
    in_force = Q(pupil__in=pupil_ids, begins__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
    worker = {"name": F("name"), "mobile": F("phone"), "email": F("email")}
    place = {"name": F("commissioner"), "relation": F("contact_name"), "mobile": F("phone"), "email": F("email")}
    return _contacts(pupil_ids).union(
        _shaped(Characteristic.objects.filter(in_force), "characteristic", {}),
        _shaped(Professional.objects.filter(in_force), "professional", worker),
        _shaped(Placement.objects.filter(in_force), "placement", place),
        all=True,
    )


def _contacts(pupil_ids: tuple[int, ...]) -> QuerySet:
    adult = ("mobile", "home_phone", "work_phone", "email", "name")
    mobile, home, work, email, name = (F(f"contact__{field}") for field in adult)
    given = {"name": name, "relation": F("relation"), "mobile": mobile, "home": home, "work": work, "email": email}
    party = Case(When(is_parent=True, then=Value(_PARENT)), default=Value(_EMERGENCY), output_field=CharField())
    return _shaped(
        PupilContact.objects.filter(pupil__in=pupil_ids), "contact", given | {"restriction": F("restriction")},
        kind=party, lives_with=F("lives_with"), order=Coalesce(F("calling_order"), Value(_LAST - 1)),
    )  # fmt: skip


_WORDS = ("name", "relation", "mobile", "home", "work", "email", "restriction")


def _shaped(rows: QuerySet, source: str, given: dict[str, Any], *, kind: Any = None, lives_with: Any = None,
            order: Any = None) -> QuerySet:  # fmt: skip
    blank = Value("", output_field=CharField())
    words = {f"the_{word}": Cast(given.get(word, blank), CharField()) for word in _WORDS}
    made = rows.order_by().annotate(
        source=Value(source, output_field=CharField()),
        the_kind=Cast(kind or F("kind"), CharField()),
        the_ref=F("id"),
        **words,
        home_with=lives_with or Value(False, output_field=BooleanField()),
        the_order=order or Value(_LAST, output_field=IntegerField()),
    )
    return made.values_list("pupil_id", "source", "the_kind", "the_ref", *words, "home_with", "the_order")


def circumstances_of(school: School, day: date) -> dict[int, frozenset[Circumstance]]:
    """What policies call the circumstances of a school's pupils on a day, of those who have any: two queries."""
    found: dict[int, set[Circumstance]] = {}
    for facts in (Characteristic, Professional):
        in_force = Q(begins__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))
        rows = facts.objects.filter(in_force, pupil__school=school).order_by().values_list("pupil_id", "kind")
        for pupil_id, kind in rows:
            found.setdefault(pupil_id, set()).update(_CIRCUMSTANCES.get(kind, ()))
    return {pupil_id: frozenset(those) for pupil_id, those in found.items()}
