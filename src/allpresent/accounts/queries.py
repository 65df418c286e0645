"""What is read of appointments: who holds which role at a school, and whether its staff list is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from allpresent.accounts.models import Appointment
from allpresent.accounts.rights import Right
from allpresent.accounts.roles import Role
from allpresent.schools.models import School

KEEPERS = tuple(role for role in Role if Right.KEEP_STAFF in role.rights)


@dataclass(frozen=True)
class Holding:
    """One appointment, as the staff list has it. `over_trust`: it reaches the school through its trust."""

    id: int
    user_id: int
    name: str
    email: str
    role: Role
    position: str
    groups: tuple[str, ...]
    begins: date
    ends: date | None
    over_trust: bool
    has_signed_in: bool


def not_ended(day: date) -> QuerySet[Appointment]:
    """Appointments in force on a day, or still to begin."""
    return Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day))


def staff_of(school: School, day: date) -> tuple[Holding, ...]:
    """Every appointment that reaches the school and has not ended by the day, by name."""
    return _holdings(not_ended(day).filter(_reaching(school)))


def former_staff_of(school: School, day: date) -> tuple[Holding, ...]:
    """Appointments that ended before the day, by name."""
    return _holdings(Appointment.objects.filter(_reaching(school), ends__lt=day))


def appointment_of(school: School, id: int, day: date) -> Appointment | None:
    """An appointment at this school that has not ended; one over its trust is not the school's to change."""
    return not_ended(day).filter(school=school, id=id).select_related("user", "school").first()


def is_kept_without(appointment: Appointment, day: date) -> bool:
    """Whether the school's staff list has, on the day and without end, another keeper than this appointment."""
    if Role(appointment.role) not in KEEPERS:
        return True
    others = Appointment.objects.filter(_reaching(appointment.school), role__in=KEEPERS, user__is_active=True)
    return others.filter(begins__lte=day, ends__isnull=True).exclude(id=appointment.id).exists()


def _reaching(school: School) -> Q:
    return Q(school=school) | Q(trust__isnull=False, trust_id=school.trust_id)


def _holdings(rows: QuerySet[Appointment]) -> tuple[Holding, ...]:
    found: Iterable[Appointment] = (
        rows.select_related("user").prefetch_related("groups").order_by("user__name", "user_id", "id")
    )
    return tuple(_holding(row) for row in found)


def _holding(row: Appointment) -> Holding:
    return Holding(
        id=row.id,
        user_id=row.user_id,
        name=row.user.name,
        email=row.user.email,
        role=Role(row.role),
        position=row.position,
        groups=tuple(group.name for group in row.groups.all()),
        begins=row.begins,
        ends=row.ends,
        over_trust=row.trust_id is not None,
        has_signed_in=row.user.last_login is not None,
    )
