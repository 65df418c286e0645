"""Who works at the demonstration trust: how they sign in, and who signs what in its registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.roles import Role
from allpresent.demo.places import places
from allpresent.demo.reading import read
from allpresent.demo.trust import set_up_at
from allpresent.schools.models import Group, School
from allpresent.shared.signer import Signer


class LogIn(NamedTuple):
    """One line of what is printed at the start."""

    email: str
    position: str
    place: str


def password() -> str:
    return read("staff")["password"]


def log_ins() -> tuple[LogIn, ...]:
    names = {place.id: place.name for place in places()}
    trust = read("year")["trust"]["name"]
    rows = read("staff")["staff"]
    return tuple(LogIn(row["email"], row["position"], names.get(row.get("school"), trust)) for row in rows)


def make_staff(schools: dict[str, School]) -> None:
    """A user and an appointment for everybody in staff.toml. One password, hashed once."""
    hashed = make_password(password())
    groups = {(group.school_id, group.name): group for group in Group.objects.all()}
    begins = set_up_at().date()
    for row in read("staff")["staff"]:
        school = schools.get(row.get("school", ""))
        trust = None if school else next(iter(schools.values())).trust
        user = User.objects.create(email=row["email"], name=row["name"], password=hashed)
        held = Appointment.objects.create(
            user=user, school=school, trust=trust, role=row["role"], position=row["position"], begins=begins
        )
        held.groups.set(groups[school.id, name] for name in row.get("groups", ()))


@dataclass(frozen=True)
class Signers:
    """Who takes which register at one school, and who writes what the office writes."""

    office: Signer
    head: Signer
    takers: dict[int, Signer]


def signers(school: School) -> Signers:
    held = Appointment.objects.filter(school=school).select_related("user").prefetch_related("groups")
    by_role = {row.role: _signer(row) for row in held}
    takers = {group.id: _signer(row) for row in held if row.role == Role.TEACHER for group in row.groups.all()}
    return Signers(by_role[Role.OFFICE], by_role[Role.HEAD], takers)


def _signer(row: Appointment) -> Signer:
    return Signer(row.user_id, row.user.name, row.position)
