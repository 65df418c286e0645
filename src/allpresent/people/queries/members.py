"""Who was in a group over a stretch of days, and on which of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from allpresent.core.calendar.sessions import Session
from allpresent.core.roll.expected import WeekdayHalf, parse_halves
from allpresent.people.models import Enrolment, ExpectedSessions, GroupMembership, Pupil, PupilContact
from allpresent.schools.models import School


class Span(NamedTuple):
    """From one day to another, both included; `ends` None: still going on."""

    begins: date
    ends: date | None

    def holds(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


class Member(NamedTuple):
    """A pupil who was in a group on some day of a stretch. `patterns`: where not every session is expected."""

    id: int
    name: str
    restriction: str
    in_group: tuple[Span, ...]
    on_roll: tuple[Span, ...]
    patterns: tuple[tuple[Span, frozenset[WeekdayHalf]], ...]

    def belongs_on(self, day: date) -> bool:
        """Whether the pupil was on the roll and in the group on a day."""
        return _any_holds(self.in_group, day) and _any_holds(self.on_roll, day)

    def expected_at(self, session: Session) -> bool:
        """Whether the pupil is expected at a session that the school meets (M-3.6a)."""
        halves = [halves for span, halves in self.patterns if span.holds(session.day)]
        return not halves or any((session.day.weekday(), session.half) in given for given in halves)


def _any_holds(spans: Iterable[Span], day: date) -> bool:
    return any(span.holds(day) for span in spans)


def members_between(school: School, group_id: int, first: date, last: date) -> tuple[Member, ...]:
    """The pupils of a group at any time from `first` to `last`, by name: five queries."""
    places = _spans(_overlapping(GroupMembership.objects.filter(group_id=group_id), first, last))
    pupils = Pupil.objects.filter(school=school, id__in=places)
    on_roll = _spans(_overlapping(Enrolment.objects.filter(pupil_id__in=places), first, last))
    patterns = _patterns(_overlapping(ExpectedSessions.objects.filter(pupil_id__in=places), first, last))
    stops = dict(_restrictions(places))
    return tuple(
        Member(
            pupil.id,
            str(pupil),
            stops.get(pupil.id, ""),
            tuple(places[pupil.id]),
            tuple(on_roll[pupil.id]),
            tuple(patterns.get(pupil.id, ())),
        )
        for pupil in sorted(pupils, key=lambda pupil: (pupil.surname, pupil.called, pupil.id))
        if pupil.id in on_roll
    )


def _overlapping(rows: QuerySet, first: date, last: date) -> QuerySet:
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=first), begins__lte=last)


def _spans(rows: QuerySet) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for pupil_id, *span in rows.values_list("pupil_id", "begins", "ends"):
        found.setdefault(pupil_id, []).append(Span(*span))
    return found


def _patterns(rows: QuerySet) -> dict[int, list[tuple[Span, frozenset[WeekdayHalf]]]]:
    found: dict[int, list[tuple[Span, frozenset[WeekdayHalf]]]] = {}
    for pupil_id, begins, ends, pattern in rows.values_list("pupil_id", "begins", "ends", "pattern"):
        found.setdefault(pupil_id, []).append((Span(begins, ends), parse_halves(pattern)))
    return found


def _restrictions(pupil_ids: Iterable[int]) -> QuerySet:
    held = PupilContact.objects.filter(pupil_id__in=pupil_ids).exclude(restriction="")
    return held.order_by("-calling_order", "-id").values_list("pupil_id", "restriction")
