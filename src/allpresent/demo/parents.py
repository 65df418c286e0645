"""Parents of the demonstration to sign in as: at each place one who has an e-mail address, with most children first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Count, Q

from allpresent.people.models import Contact
from allpresent.schools.models import School


class DemoParent(NamedTuple):
    """An address that a code can be asked for, and the school."""

    email: str
    school: str


def demo_parents() -> Iterator[DemoParent]:
    """One for each school, with an unrestricted child still on the roll: one query a school."""
    for school in School.objects.order_by("name"):
        own = Q(pupil_links__is_parent=True, pupil_links__pupil__enrolments__ends__isnull=True)
        known = Contact.objects.filter(school=school).exclude(email="").exclude(pupil_links__restriction__gt="")
        most = known.annotate(children=Count("pupil_links", filter=own)).filter(children__gt=0)
        if found := most.order_by("-children", "id").first():
            yield DemoParent(found.email, school.name)
