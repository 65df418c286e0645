"""Who was on the roll, and what of them lists of pupils ask for. A few queries for a whole school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.core.calendar.sessions import Half, Session
from allpresent.core.policy.model.words import Circumstance
from allpresent.people.models import Enrolment, GroupMembership, PupilContact
from allpresent.people.queries.around import circumstances_of
from allpresent.registers.models import CurrentMark
from allpresent.schools.models import School


class Listed(NamedTuple):
    """A pupil with one stretch on the roll. `group_id`: of the day asked about."""

    id: int
    begins: date
    ends: date | None
    surname: str
    forename: str
    known_as: str
    year_group: str
    born: date
    group_id: int | None = None

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.known_as or self.forename}"

    def on_roll(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


_FIELDS = ("surname", "forename", "known_as", "year_group", "born")


def listed(
    school: School, first: date, last: date, group_ids: Iterable[int] | None = None, only: int | None = None
) -> tuple[Listed, ...]:
    """The pupils on the roll at any time between two days, by name; of some groups of the last day only, or one pupil.

    Two queries. A pupil who left and came back between them is there once for each stretch.
    """
    member = _in_force(last) if group_ids is None else _in_force(last) & Q(group_id__in=list(group_ids))
    groups = dict(
        GroupMembership.objects.filter(member, pupil__school=school).order_by().values_list("pupil_id", "group_id")
    )
    rows = Enrolment.objects.filter(_in_force(last, first), pupil__school=school)
    rows = rows if only is None else rows.filter(pupil_id=only)
    found = rows.order_by().values_list("pupil_id", "begins", "ends", *(f"pupil__{field}" for field in _FIELDS))
    pupils = (Listed(*row, groups.get(row[0])) for row in found if group_ids is None or row[0] in groups)
    return tuple(sorted(pupils, key=lambda pupil: (pupil.surname, pupil.known_as or pupil.forename, pupil.id)))


def _in_force(last: date, first: date | None = None) -> Q:
    return Q(begins__lte=last) & (Q(ends__isnull=True) | Q(ends__gte=first or last))


def circumstances(school: School, day: date, pupils: Iterable[Listed]) -> dict[int, frozenset[Circumstance]]:
    """What policies call the circumstances of pupils on a day, their age among them: two queries."""
    held = circumstances_of(school, day)
    return {pupil.id: held.get(pupil.id, frozenset()) | {_age(pupil, day)} for pupil in pupils}


def _age(pupil: Listed, day: date) -> Circumstance:
    compulsory = is_compulsory_age(pupil.born, day)
    return Circumstance.COMPULSORY_AGE if compulsory else Circumstance.NOT_COMPULSORY_AGE


def restrictions(school: School) -> dict[int, str]:
    """Who has an adult with a restriction, and one such restriction of each: one query."""
    held = PupilContact.objects.filter(pupil__school=school).exclude(restriction="")
    return dict(held.order_by("-calling_order", "-id").values_list("pupil_id", "restriction"))


def minutes_late(school: School, first: date, last: date, only: int | None = None) -> dict[int, dict[Session, int]]:
    """How late pupils were, or one pupil, where it was written down: one query."""
    whose = {"school": school} if only is None else {"pupil_id": only}
    rows = CurrentMark.objects.filter(**whose, day__gte=first, day__lte=last, minutes_late__isnull=False)
    found: dict[int, dict[Session, int]] = defaultdict(dict)
    for pupil_id, day, half, minutes in rows.order_by().values_list("pupil_id", "day", "half", "minutes_late"):
        found[pupil_id][Session(day, Half(half))] = minutes
    return found


def families(school: School) -> tuple[frozenset[int], ...]:
    """Children with a parent in common, parents with a restriction left out: one query."""
    ties = PupilContact.objects.filter(pupil__school=school, is_parent=True, restriction="")
    children: dict[int, set[int]] = defaultdict(set)
    for contact_id, pupil_id in ties.order_by().values_list("contact_id", "pupil_id"):
        children[contact_id].add(pupil_id)
    return tuple({frozenset(those) for those in children.values() if len(those) > 1})
