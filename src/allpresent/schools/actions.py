"""Writing a school's calendar, groups and policy."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from allpresent.core.calendar.sessions import Half
from allpresent.core.policy.document import read_policy
from allpresent.schools.models import Closure, Group, PolicyVersion, School, Term, Trust
from allpresent.schools.queries import setting_of
from allpresent.shared.events import Kind, record_event
from allpresent.shared.signer import Signer


def _new_edition(schools: QuerySet[School]) -> None:
    """A number never used before: what was worked out inside a transaction that is undone can then never be found."""
    schools.update(edition=secrets.randbits(62))


def open_school(
    *,
    name: str,
    slug: str,
    kind: School.Kind,
    authority: str = "",
    la_code: str = "",
    estab: str = "",
    urn: str = "",
    trust_name: str = "",
) -> School:
    """A new school, in the trust of that name, which is opened if there is none."""
    with transaction.atomic():
        trust = None
        if trust_name:
            trust, _ = Trust.objects.get_or_create(slug=slugify(trust_name), defaults={"name": trust_name})
        return School.objects.create(
            name=name, slug=slug, kind=kind, authority=authority, la_code=la_code, estab=estab, urn=urn, trust=trust
        )


def add_term(*, school: School, name: str, starts: date, ends: date, by: Signer, now: datetime) -> Term:
    """Add a block of term."""
    with transaction.atomic():
        term = Term.objects.create(school=school, name=name, starts=starts, ends=ends)
        _calendar_changed(school, by, now, f"{name}: {starts} to {ends}")
    return term


def add_closure(
    *,
    school: School,
    starts: date,
    ends: date,
    half: Half | None,
    kind: Closure.Kind,
    reason: str,
    by: Signer,
    now: datetime,
    year_groups: str = "",
) -> Closure:
    """Add a closure to the calendar. Marks, where there are any, are for the register's actions to change."""
    with transaction.atomic():
        closure = Closure.objects.create(
            school=school,
            starts=starts,
            ends=ends,
            half=half or "",
            kind=kind,
            reason=reason,
            year_groups=year_groups,
            recorded_at=now,
            recorded_by=f"{by.name}, {by.position}",
        )
        _calendar_changed(school, by, now, f"{kind}: {starts} to {ends}, {reason}")
    return closure


def _calendar_changed(school: School, by: Signer, now: datetime, what: str) -> None:
    """Begin a new edition and work the calendar out once, so that what cannot stand is refused and rolled back."""
    _new_edition(School.objects.filter(id=school.id))
    school.refresh_from_db(fields=["edition"])
    setting_of(school)
    record_event(Kind.CALENDAR_CHANGED, by=by, at=now, school_id=school.id, what=what)


def open_group(*, school: School, name: str, year_group: str = "") -> Group:
    """The group of this name, opened if there is none."""
    group, _ = Group.objects.get_or_create(
        school=school, slug=slugify(name), defaults={"name": name, "year_group": year_group}
    )
    return group


def load_policy(
    *, text: str, name: str, by: Signer, now: datetime, school: School | None = None, trust: Trust | None = None
) -> PolicyVersion:
    """Keep a policy file for a school, or for every school of a trust.

    Raises PolicyProblem, and keeps nothing, when it cannot be read or does not hold together with what it follows.
    """
    document = read_policy(text, name)
    with transaction.atomic():
        version = PolicyVersion.objects.create(
            school=school,
            trust=trust,
            name=name,
            in_force_from=document.file.in_force.from_,
            text=text,
            loaded_at=now,
            loaded_by=f"{by.name}, {by.position}",
        )
        under_it = School.objects.filter(trust=trust) if trust else School.objects.filter(id=school.id)
        _new_edition(under_it)
        for one in under_it:
            setting_of(one).policy_on(version.in_force_from)
        record_event(
            Kind.POLICY_LOADED, by=by, at=now, school_id=school.id if school else None, subject=name,
            trust=trust.slug if trust else "",
        )  # fmt: skip
    if school:
        school.refresh_from_db(fields=["edition"])
    return version
