"""The alphabetical index of the admission register: who is on the roll, who left and on what ground."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q

from allpresent.people.models import Enrolment
from allpresent.schools.models import School


class IndexLine(NamedTuple):
    """One stretch of one pupil on the register."""

    pupil_id: int
    surname: str
    forename: str
    known_as: str
    born: date
    year_group: str
    begins: date
    ends: date | None
    ground: str
    destination: str
    group: str | None

    @property
    def name(self) -> str:
        known = f" ({self.known_as})" if self.known_as and self.known_as != self.forename else ""
        return f"{self.surname}, {self.forename}{known}"

    def on_roll(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or self.ends >= day)

    def left(self, day: date) -> bool:
        return self.ends is not None and self.ends < day


_FIELDS = ("surname", "forename", "known_as", "born", "year_group")


def roll_index(school: School, day: date) -> tuple[IndexLine, ...]:
    """Every stretch on the register of a school, by name; groups as of `day`: one query."""
    held = Q(pupil__memberships__begins__lte=day) & (
        Q(pupil__memberships__ends__isnull=True) | Q(pupil__memberships__ends__gte=day)
    )
    rows = (
        Enrolment.objects.filter(pupil__school=school)
        .annotate(held=FilteredRelation("pupil__memberships", condition=held))
        .annotate(group_name=F("held__group__name"))
        .order_by("pupil__surname", "pupil__forename", "pupil_id", "begins")
    )
    fields = ("pupil_id", *(f"pupil__{field}" for field in _FIELDS))
    return tuple(
        map(IndexLine._make, rows.values_list(*fields, "begins", "ends", "ground", "destination", "group_name"))
    )
