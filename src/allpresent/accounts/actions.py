"""Appointing staff: who holds which role, with which groups, from when to when. Each change is an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction

from allpresent.accounts.models import Appointment, User
from allpresent.accounts.passwords import made_password
from allpresent.accounts.queries import is_kept_without, not_ended
from allpresent.accounts.reach import OVER_TRUSTS, Reach
from allpresent.accounts.roles import Role
from allpresent.core.calendar.london import wall_clock
from allpresent.schools.models import Group, School, Trust
from allpresent.shared.events import Kind, record_event
from allpresent.shared.problems import Refused, refused
from allpresent.shared.signer import Signer
from allpresent.shared.words import plain_day


class Post(NamedTuple):
    """What somebody is appointed to. Both days are included; without a last day it goes on."""

    role: Role
    position: str
    begins: date
    ends: date | None = None
    groups: tuple[Group, ...] = ()


class Appointed(NamedTuple):
    """The appointment, and the made password of a new account ('' where there was one). It is kept nowhere."""

    appointment: Appointment
    password: str


@transaction.atomic
def appoint(
    *, email: str, name: str, post: Post, place: School | Trust, reach: Reach, by: Signer, now: datetime
) -> Appointed | Refused:
    """Appoint somebody at a school or over a trust. An address without an account is given one.

    Raises PermissionDenied for what is beyond the reach of whoever appoints.
    """
    over_trust = isinstance(place, Trust)
    if (over_trust and not reach.over_trusts) or not reach.holds(post.role):
        raise PermissionDenied(f"You cannot appoint to this role: {post.role.label}.")
    if post.role in OVER_TRUSTS and not over_trust:
        return refused("role", f"{post.role.label} is held over a trust. Choose a role at this school.")
    user, password = _account(email, name)
    scope = {"trust": place} if over_trust else {"school": place}
    if held := not_ended(post.begins).filter(user=user, role=post.role, **scope).first():
        return refused("email", f"{user.name} is appointed to this role already, from {plain_day(held.begins)}.")
    return Appointed(_enter(user, post, scope, by, now), password)


@transaction.atomic
def family_account(*, email: str, name: str, now: datetime) -> User:
    """The account of an address that a school holds for a parent, made when a code is first asked for.

    It has no password and no appointment: it opens the parents' pages, by a code, and nothing else.
    """
    email = email.strip().lower()
    if user := User.objects.filter(email=email).first():
        return user
    user = User.objects.create_user(email, name=name)
    by = Signer(user.id, name, "by the parents' pages")
    record_event(Kind.FAMILY_ACCOUNT, by=by, at=now, subject=f"user:{user.id}")
    return user


@transaction.atomic
def cover(
    *,
    appointment: Appointment,
    groups: Iterable[Group],
    begins: date,
    ends: date,
    reach: Reach,
    by: Signer,
    now: datetime,
) -> Appointment:
    """Give a class teacher other groups for some days, beside her own."""
    check_reach(appointment, reach)
    post = Post(Role.TEACHER, f"{appointment.position}, covering", begins, ends, tuple(groups))
    return _enter(appointment.user, post, {"school": appointment.school}, by, now)


@transaction.atomic
def change_groups(
    *, appointment: Appointment, groups: Iterable[Group], reach: Reach, by: Signer, now: datetime
) -> None:
    """Set the groups of an appointment, from now on."""
    check_reach(appointment, reach)
    before = _names(appointment)
    appointment.groups.set(groups)
    _record("groups changed", appointment, by, now, before=before)


@transaction.atomic
def end_appointment(
    *, appointment: Appointment, last_day: date, reach: Reach, by: Signer, now: datetime
) -> Refused | None:
    """Set the last day; yesterday ends it at once. An appointment that would end before it began is taken out.

    Refused where nobody would be left who may keep the staff list without a last day of their own.
    """
    check_reach(appointment, reach)
    if last_day < wall_clock(now)[0] - timedelta(days=1):
        return refused("ends", "The last day is over already. Choose Now, or give today or a day to come.")
    School.objects.select_for_update().get(id=appointment.school_id)
    if not is_kept_without(appointment, last_day + timedelta(days=1)):
        return refused(
            "when", "Nobody would be left who may keep the staff list. Appoint somebody else to this role first."
        )
    appointment.ends = last_day
    _record("ended", appointment, by, now)
    if last_day < appointment.begins:
        appointment.delete()
    else:
        appointment.save(update_fields=["ends"])
    return None


@transaction.atomic
def renew_password(*, user: User, school: School, reach: Reach, by: Signer, now: datetime) -> str:
    """Make a password for somebody who has lost theirs. It signs them out wherever they are signed in.

    Raises PermissionDenied where it would open more than the reach of whoever asks, here or elsewhere.
    """
    held = not_ended(wall_clock(now)[0]).filter(user=user)
    if any(one.school_id != school.id or not reach.holds(Role(one.role)) for one in held):
        raise PermissionDenied(
            f"{user.name} holds a role beyond yours, or at another school. Whoever looks after the server can help."
        )
    password = made_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    facts = {"school_id": school.id, "subject": f"user:{user.id}"}
    record_event(Kind.STAFF_CHANGED, by=by, at=now, what="password made anew", **facts)
    return password


def check_reach(appointment: Appointment, reach: Reach) -> None:
    """Raises PermissionDenied for an appointment to more than one's own role, or over a trust."""
    if appointment.school_id is None or not reach.holds(Role(appointment.role)):
        raise PermissionDenied(f"You cannot change this appointment: {Role(appointment.role).label}.")


def _account(email: str, name: str) -> tuple[User, str]:
    """The account of an address, and its password where it is made here. A parent's account has had none."""
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    if user and user.has_usable_password():
        return user, ""
    password = made_password()
    if user:
        user.set_password(password)
        user.name, user.must_change_password = name, True
        user.save(update_fields=["password", "name", "must_change_password"])
        return user, password
    return User.objects.create_user(email, password, name=name, must_change_password=True), password


def _enter(user: User, post: Post, scope: dict, by: Signer, now: datetime) -> Appointment:
    appointment = Appointment.objects.create(
        user=user, role=post.role, position=post.position, begins=post.begins, ends=post.ends, **scope
    )
    appointment.groups.set(post.groups)
    _record("appointed", appointment, by, now)
    return appointment


def _record(what: str, appointment: Appointment, by: Signer, now: datetime, **more: object) -> None:
    record_event(
        Kind.STAFF_CHANGED,
        by=by,
        at=now,
        school_id=appointment.school_id,
        subject=f"user:{appointment.user_id}",
        what=what,
        name=appointment.user.name,
        role=appointment.role,
        position=appointment.position,
        begins=str(appointment.begins),
        ends=str(appointment.ends or ""),
        groups=_names(appointment),
        **more,
    )


def _names(appointment: Appointment) -> list[str]:
    return [group.name for group in appointment.groups.all()]
