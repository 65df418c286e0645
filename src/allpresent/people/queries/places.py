"""Who commissioned the places of an alternative provision's pupils."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from allpresent.people.models import Placement
from allpresent.schools.models import School


class Place(NamedTuple):
    """One pupil's place in force on a day, and whom at the commissioner to tell."""

    commissioner: str
    pupil_id: int
    contact_name: str
    phone: str
    email: str


def places_on(school: School, day: date) -> tuple[Place, ...]:
    """The places in force on a day, by commissioner: one query."""
    rows = Placement.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), pupil__school=school, begins__lte=day
    ).order_by("commissioner", "pupil__surname", "pupil__forename", "id")
    return tuple(Place(*row) for row in rows.values_list(*Place._fields))


class PlacedAt(NamedTuple):
    """A pupil of this school whom another setting here teaches for us: the same child by pupil number, in two rows."""

    pupil_id: int
    pupil_id_there: int
    school_id_there: int
    school_name_there: str


def placed_by(school: School, day: date) -> tuple[PlacedAt, ...]:
    """The pupils whom a school has placed at settings of this installation, matched by pupil number: two queries."""
    rows = Placement.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), commissioning_school=school, begins__lte=day
    ).exclude(pupil__upn="")
    there = list(rows.values_list("pupil__upn", "pupil_id", "pupil__school_id", "pupil__school__name"))
    mine = dict(school.pupils.filter(upn__in=[upn for upn, *_ in there]).values_list("upn", "id"))
    return tuple(PlacedAt(mine[upn], *rest) for upn, *rest in there if upn in mine)
