"""A group as its register's page asks for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.db.models import F, FilteredRelation, Q, QuerySet

from allpresent.core.calendar.sessions import Session
from allpresent.registers.queries.sheets import Taken
from allpresent.schools.models import Group, School
from allpresent.shared.prepared import Prepared, columns


def group_and_taken(school: School, slug: str, session: Session, now: datetime) -> tuple[Group, Taken | None] | None:
    """A group of the school with the last sending of its register up to a moment: one query. None: no such group."""
    row = _GROUP_AND_TAKEN.first(session.day, session.half, now, school.id, slug)
    if row is None:
        return None
    *facts, at, by_name, key = row
    group = Group.from_db(connection.alias, columns(Group), facts)
    return group, Taken(group.id, session.half.value, at, by_name, key) if at else None


def _sent(day: date, half: str, now: datetime, school: int, slug: str) -> QuerySet:
    sending = Q(submissions__day=day, submissions__half=half, submissions__at__lte=now)
    groups = Group.objects.filter(school_id=school, slug=slug)
    return (
        groups.annotate(sent=FilteredRelation("submissions", condition=sending))
        .order_by(F("sent__at").desc(nulls_last=True), "-sent__id")
        .values_list(*columns(Group), "sent__at", "sent__by_name", "sent__key")[:1]
    )


def groups_and_taken(school: School, day: date, now: datetime) -> tuple[tuple[Group, dict[str, Taken]], ...]:
    """Every group of the school, by name, with when each of its registers was *first* sent in, by half: one query."""
    found: dict[int, tuple[Group, dict[str, Taken]]] = {}
    for *facts, half, at, by_name, key in _GROUPS_AND_TAKEN.rows(day, now, school.id):
        group, taken = found.setdefault(facts[_ID], (Group.from_db(connection.alias, columns(Group), facts), {}))
        if half:
            taken[half] = Taken(group.id, half, at, by_name, key)
    return tuple(found.values())


_ID = columns(Group).index("id")


def _first_sent(day: date, now: datetime, school: int) -> QuerySet:
    sending = Q(submissions__day=day, submissions__at__lte=now)
    return (
        Group.objects.filter(school_id=school)
        .annotate(sent=FilteredRelation("submissions", condition=sending))
        .order_by("name", "id", F("sent__at").desc(nulls_last=True), "-sent__id")
        .values_list(*columns(Group), "sent__half", "sent__at", "sent__by_name", "sent__key")
    )


_GROUPS_AND_TAKEN = Prepared(_first_sent, date, datetime, int)
_GROUP_AND_TAKEN = Prepared(_sent, date, str, datetime, int, str)
