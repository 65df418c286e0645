"""The trust, its two places, their year and their groups, written into the database."""

from __future__ import annotations

from datetime import datetime, time

from allpresent.core.calendar.london import at
from allpresent.demo.places import BEFORE, Place, places, staff_days, terms
from allpresent.demo.policies import load_policies
from allpresent.demo.reading import read
from allpresent.schools.actions import add_closure, add_term, open_group
from allpresent.schools.models import Closure, School, Trust
from allpresent.shared.signer import Signer

SET_UP = Signer(None, "Allpresent", "the demonstration")


def set_up_at() -> datetime:
    """When everything was set up: a July morning before the year."""
    first = terms()[0].starts
    return at(first.replace(month=7, day=14), time(10))


def make_trust() -> dict[str, School]:
    """The trust and its schools, by place."""
    trust = Trust.objects.create(**read("year")["trust"])
    return {place.id: _make_school(trust, place) for place in places()}


def _make_school(trust: Trust, place: Place) -> School:
    school = School.objects.create(
        trust=trust, name=place.name, slug=place.slug, kind=place.kind, authority=place.authority,
        la_code=place.la_code, estab=place.estab,
    )  # fmt: skip
    now = set_up_at()
    for term in (*terms(BEFORE), *terms()):
        add_term(school=school, name=term.name, starts=term.starts, ends=term.ends, by=SET_UP, now=now)
    for closure in (*staff_days(BEFORE), *staff_days()):
        add_closure(
            school=school, starts=closure.starts, ends=closure.ends, half=None, kind=Closure.Kind.STAFF_DAY,
            reason=closure.reason, by=SET_UP, now=now,
        )  # fmt: skip
    for group in place.groups:
        open_group(school=school, name=group.name, year_group=group.year_group)
    load_policies(school, place.policies, by=SET_UP, now=now)
    return school
