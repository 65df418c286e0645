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
