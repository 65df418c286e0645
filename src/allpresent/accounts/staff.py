"""A member of staff as one request sees them: their appointments in force today, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from allpresent.accounts.models import Appointment
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.core.codes import EnteredBy
from allpresent.schools.models import School
from allpresent.shared.prepared import Prepared
from allpresent.shared.signer import Signer

_LEVELS = (EnteredBy.HEAD, EnteredBy.OFFICE, EnteredBy.TEACHER, None)
"""Levels of entry, widest first. A person signs with the position that lets them do most."""


@dataclass(frozen=True)
class Held:
    """One appointment in force: a role at a school, or over a trust (`school_id` None)."""

    role: Role
    position: str
    school_id: int | None
    trust_id: int | None
    group_ids: frozenset[int]

    def covers(self, school: School) -> bool:
        return self.school_id == school.id or (self.trust_id is not None and self.trust_id == school.trust_id)


@dataclass(frozen=True)
class Staff:
    """Who is asking, and what they hold."""

    user_id: int
    name: str
    held: tuple[Held, ...]

    def at(self, school: School) -> Iterator[Held]:
        return (held for held in self.held if held.covers(school))

    def may(self, right: Right, school: School) -> bool:
        return any(right in held.role.rights for held in self.at(school))

    def may_with_group(self, right: Right, school: School, group_id: int) -> bool:
        """A class teacher's rights reach her own groups; everyone else's reach the whole school."""
        return any(
            right in held.role.rights and (held.role is not Role.TEACHER or group_id in held.group_ids)
            for held in self.at(school)
        )

    def own_groups(self, school: School) -> frozenset[int]:
        return frozenset().union(*(held.group_ids for held in self.at(school)))

    def reaches_all(self, right: Right, school: School) -> bool:
        """Whether the right is held by a role that reaches the whole school, not a class teacher's groups alone."""
        return any(right in held.role.rights and held.role is not Role.TEACHER for held in self.at(school))

    def level(self, school: School) -> EnteredBy | None:
        """The widest entry level held at the school; None when they enter no marks."""
        levels = {held.role.level for held in self.at(school)}
        return next((level for level in _LEVELS if level in levels), None)

    def signer(self, school: School) -> Signer:
        """The name and position written beside what they do at this school."""
        held = sorted(self.at(school), key=lambda held: _LEVELS.index(held.role.level))
        return Signer(self.user_id, self.name, held[0].position if held else "")


_APPOINTMENTS = Prepared(
    lambda user, day: (
        Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), user_id=user, begins__lte=day)
        .order_by("id")
        .values_list("id", "role", "position", "school_id", "trust_id", "groups")
    ),
    int,
    date,
)


def staff_on(user_id: int, name: str, day: date) -> Staff:
    """The appointments of a user in force on a day: one query."""
    groups: dict[int, set[int]] = {}
    seen: dict[int, tuple] = {}
    for pk, role, position, school_id, trust_id, group_id in _APPOINTMENTS.rows(user_id, day):
        seen[pk] = (Role(role), position, school_id, trust_id)
        groups.setdefault(pk, set()).update(() if group_id is None else (group_id,))
    return Staff(user_id, name, tuple(Held(*facts, frozenset(groups[pk])) for pk, facts in seen.items()))
