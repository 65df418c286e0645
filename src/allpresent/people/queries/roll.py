"""Pupils on the roll on a day, as registers need them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from allpresent.core.calendar.compulsory_age import is_compulsory_age
from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.expected import WeekdayHalf, parse_halves
from allpresent.people.models import Pupil, PupilContact
from allpresent.schools.models import School
from allpresent.shared.prepared import Prepared


class RollPupil(NamedTuple):
    """A pupil on the roll on a day, as a register needs them. `restriction` is the first one held, or ''."""

    id: int
    surname: str
    called: str
    born: date
    year_group: str
    pattern: str
    restriction: str
    group_id: int | None

    @property
    def name(self) -> str:
        return f"{self.surname}, {self.called}"

    def expected_at(self, session: Session) -> bool:
        """Whether the pupil is expected at a session that the school meets (M-3.6a)."""
        return not self.pattern or (session.day.weekday(), session.half) in _halves(self.pattern)

    def is_compulsory_age(self, day: date) -> bool:
        return is_compulsory_age(self.born, day)


_halves: Callable[[str], frozenset[WeekdayHalf]] = cache(parse_halves)

_FIELDS = ("id", "surname", "called", "born", "year_group", "pattern", "restriction_held", "group_id")


def _in_force(prefix: str, day: date) -> Q:
    begun = Q(**{f"{prefix}begins__lte": day})
    return begun & (Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": day}))


def _on_roll(school: School | int, day: date) -> QuerySet[Pupil]:
    """Pupils on the admission register on a day, with what a register needs of that day but for their group."""
    restriction = PupilContact.objects.filter(pupil=OuterRef("pk")).exclude(restriction="").values("restriction")[:1]
    return (
        Pupil.objects.filter(_in_force("enrolments__", day), school=school)
        .annotate(expecting=FilteredRelation("expected_sessions", condition=_in_force("expected_sessions__", day)))
        .annotate(
            called=Coalesce(_unless_blank("known_as"), F("forename")),
            pattern=Coalesce(F("expecting__pattern"), Value("")),
            restriction_held=Coalesce(Subquery(restriction), Value("")),
        )
        .order_by("surname", "called", "id")
    )


def _with_any_group(pupils: QuerySet[Pupil], day: date) -> QuerySet[Pupil]:
    in_force = FilteredRelation("memberships", condition=_in_force("memberships__", day))
    return pupils.annotate(membership=in_force).annotate(group_id=F("membership__group_id"))


def _in_group(pupils: QuerySet[Pupil], group_id: int, day: date) -> QuerySet[Pupil]:
    members = pupils.filter(_in_force("memberships__", day), memberships__group_id=group_id)
    return members.annotate(group_id=F("memberships__group_id"))


def _unless_blank(field: str):
    return NullIf(F(field), Value("", output_field=CharField()))


_OF_GROUP = Prepared(
    lambda school, group, day: _in_group(_on_roll(school, day), group, day).values_list(*_FIELDS), int, int, date
)


def pupils_of_group(school: School, group_id: int, day: date) -> tuple[RollPupil, ...]:
    """The pupils of a group on a day, by name: one query."""
    return tuple(map(RollPupil._make, _OF_GROUP.rows(school.id, group_id, day)))


def pupils_on_roll(school: School, day: date) -> tuple[RollPupil, ...]:
    """Every pupil on the roll on a day, by name: one query."""
    return _records(_with_any_group(_on_roll(school, day), day))


def pupil_on_roll(school: School, pupil_id: int, day: date) -> RollPupil | None:
    return next(iter(_records(_with_any_group(_on_roll(school, day), day).filter(id=pupil_id))), None)


def pupil_of(school: School, pupil_id: int) -> Pupil | None:
    """A pupil of the school, whether on the roll today or not."""
    return Pupil.objects.filter(school=school, id=pupil_id).first()


def group_on(pupil: Pupil, day: date) -> int | None:
    """The group a pupil belongs to on a day, on the roll or not."""
    return pupil.memberships.filter(_in_force("", day)).values_list("group_id", flat=True).first()


def _records(pupils: QuerySet[Pupil]) -> tuple[RollPupil, ...]:
    return tuple(RollPupil(*row) for row in pupils.values_list(*_FIELDS))
